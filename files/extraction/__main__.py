"""Reads one file in a process of its own: `python -m files.extraction SECONDS MEMORY_BYTES ORDER …`."""

import sys

from .worker import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
