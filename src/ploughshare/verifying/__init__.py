"""Verification at the level of protocols: declarations, sampling, custody, barrier, audit. No physics, no verdicts."""
