"""Where things are kept: original bytes by their digest, the record, and everything derived from both in SQLite."""
