"""Library → what people look for in it: full text, agreed language, comparison of texts."""
