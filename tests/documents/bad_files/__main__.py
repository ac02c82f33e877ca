"""Writes the bad files into a folder: `python -m tests.documents.bad_files FOLDER`."""

import sys
from pathlib import Path

from tests.documents.bad_files.corpus import bad_files, write_all

if __name__ == "__main__":
    sys.stdout.write(f"{write_all(Path(sys.argv[1]), bad_files())} files\n")
