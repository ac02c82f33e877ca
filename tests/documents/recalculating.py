"""LibreOffice as a second reader of our workbooks: every formula reckoned again, without the values that we stored.

`python -m tests.documents.recalculating FILE…` compares a workbook's stored values with those and names each that
differs. Where no LibreOffice is installed there is nothing to compare with, and it says so.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

OFFICE = shutil.which("soffice")
_STORED = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")


def values(file: bytes) -> dict[str, list[list[object]]]:
    """The values of every sheet, as calamine reads them."""
    with CalamineWorkbook.from_filelike(io.BytesIO(file)) as book:
        return {name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
                for name in book.sheet_names}  # fmt: skip


def without_values(file: bytes) -> bytes:
    """The same file with formulas only, so that a reader must reckon."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part.startswith("xl/worksheets/sheet"):
                data = re.sub(r'(<c [^>]*?) t="str"(>\s*<f>)', r"\1\2", data.decode()).encode()
                data = _STORED.sub(r"\1", data.decode()).encode()
            new.writestr(part, data)
    return made.getvalue()


def recalculated(file: bytes) -> bytes | None:
    """The file as LibreOffice saves it after reckoning everything; None where there is no LibreOffice."""
    if OFFICE is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "a.xlsx"), Path(folder, "out")
        source.write_bytes(without_values(file))
        command = [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
                   "--outdir", str(out), str(source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (out / "a.xlsx").read_bytes()


def differences(file: bytes, other: bytes) -> Iterator[str]:
    """Where two workbooks hold different values."""
    ours, theirs = values(file), values(other)
    for sheet, rows in ours.items():
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                found = _at(theirs.get(sheet, []), number, place)
                if not _same(value, found):
                    yield f"{sheet} {number + 1}/{place + 1}: {value!r}, LibreOffice {found!r}"


def _at(rows: list[list[object]], number: int, place: int) -> object:
    return rows[number][place] if number < len(rows) and place < len(rows[number]) else ""


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < 1e-9
    return one == other


def main() -> None:
    """Compare the files that are named."""
    wrong = 0
    for name in sys.argv[1:]:
        again = recalculated(Path(name).read_bytes())
        found = list(differences(Path(name).read_bytes(), again)) if again else ["no LibreOffice here"]
        wrong += len(found)
        print(f"{name}: {len(found)} differ", *found[:20], sep="\n  ")  # noqa: T201
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
