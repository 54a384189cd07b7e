"""The specimen: a made-up resolution in six languages, written out in the formats that readers meet."""
