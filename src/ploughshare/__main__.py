"""``python -m ploughshare`` is the command line."""

from ploughshare.cli import main

if __name__ == "__main__":
    main()
