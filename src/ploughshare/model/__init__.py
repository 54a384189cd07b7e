"""What the words mean: frozen data classes that every other folder shares. Imports nothing else of ours."""
