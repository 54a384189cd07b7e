"""How fast and how much: ``python -m bench`` prints the figures that docs/performance.md keeps."""
