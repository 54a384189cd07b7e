"""Words as data: a folder a language, a file a subject; treaties, bodies and kinds of act for all. ``load`` is the only code."""
