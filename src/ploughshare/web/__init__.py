"""The library in a browser: pages in six languages, the same as JSON and CSV, and the same as a folder of files."""
