"""Bytes → Text: one module for each format; what is read is whole paragraphs and footnotes, each letter traceable to its place."""
