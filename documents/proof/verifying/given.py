"""What the inspector gives beside the bundle: a key and a checkpoint, as editors save such files."""

import codecs
from pathlib import Path


def key_line(said: str) -> str:
    """The key itself, or what stands in the file of that name: a file's name may hold a plus. Raises OSError."""
    return said if said.count("+") >= 2 and not Path(said).is_file() else text(Path(said))


def text(path: Path) -> str:
    """UTF-8 with or without its mark, or UTF-16 with one. Raises OSError."""
    data = path.read_bytes()
    wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return data.decode("utf-16" if wide else "utf-8-sig", errors="replace")
