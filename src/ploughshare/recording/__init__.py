"""Acts → the record: an append-only log that a stranger can check offline.

Read in this order: ``canon`` (one spelling for a value), ``merkle`` (tree and proofs), ``note`` and ``checkpoint`` (what is
signed), ``keys``, ``entry`` (what is recorded), ``tiles`` (the tree on disk), ``store`` (the log itself), ``mirror`` (a
copy of it as static files), ``proof`` and ``policy`` (what a stranger needs), ``compare``, ``witness`` and ``audit``.

What verifies (``canon`` to ``entry``, ``policy``, ``proof``) needs nothing but the standard library, msgspec and cryptography.
"""
