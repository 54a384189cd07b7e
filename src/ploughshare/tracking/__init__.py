"""Library and record → Status: where every undertaking stands on a day, computed, never stored."""
