"""How a workbook (.xlsx) shows its numbers: 0.5435 under the format "0.0%" is read by people as 54,3%."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_NAME = re.compile(rb'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_FORMAT = re.compile(rb'<numFmt\b[^>]*?\bnumFmtId="(\d+)"[^>]*?\bformatCode="([^"]*)"')
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?\bs="(\d+)"')
_PLAIN = re.compile(r"(?:#,##)?0(?:\.(?P<decimals>0+))?(?P<percent>%)?(?:;.*)?")

Format = tuple[int, bool]
"""Digits behind the comma, and whether it is a percentage."""
Formats = Mapping[tuple[int, int], Format]


def formats(data: bytes, sheet: str) -> Formats:
    """The formats of a sheet's cells, by (row, column) from 0; cells without a plain one are left out.

    The file was looked into before (`packed.checked`); parts that are missing mean no formats.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            styles = _styles(box.read("xl/styles.xml"))
            part = _part(box.read("xl/workbook.xml"), box.read("xl/_rels/workbook.xml.rels"), sheet)
            said = box.read(part) if part and any(styles) else b""
    except (KeyError, zipfile.BadZipFile, ValueError):
        return {}
    found = ((_column(one[1]), int(one[2]) - 1, int(one[3])) for one in _CELL.finditer(said))
    return {(row, column): kind for column, row, n in found if n < len(styles) and (kind := styles[n])}


def shown(value: float, kind: Format) -> str:
    """The number as people see it in that format, with a comma."""
    decimals, percent = kind
    amount = Decimal(repr(value)) * (100 if percent else 1)
    said = f"{amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}".replace(".", ",")
    return said + ("%" if percent else "")


def _styles(said: bytes) -> list[Format | None]:
    """The format of each cell style (cellXfs), in their order."""
    codes = {int(one[1]): one[2].decode("utf-8", "replace") for one in _FORMAT.finditer(said)}
    within = re.search(rb"<cellXfs\b.*?</cellXfs>", said, re.S)
    used = re.findall(rb'<xf\b[^>]*?\bnumFmtId="(\d+)"', within[0]) if within else []
    return [_format((_BUILT_IN | codes).get(int(one), "")) for one in used]


def _format(code: str) -> Format | None:
    """Only percentages and fixed decimals: whole numbers are read as they are stored."""
    found = _PLAIN.fullmatch(code)
    if found is None or not (found["percent"] or found["decimals"]):
        return None
    return min(len(found["decimals"] or ""), 9), bool(found["percent"])


def _part(book: bytes, relations: bytes, sheet: str) -> str:
    wanted = next((one[2] for one in _NAME.finditer(book) if _unescaped(one[1]) == sheet), b"")
    for one in _RELATION.finditer(relations):
        if wanted and b'Id="' + wanted + b'"' in one[0] and (target := re.search(rb'Target="([^"]+)"', one[0])):
            path = target[1].decode("utf-8", "replace")
            return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    return ""


def _unescaped(said: bytes) -> str:
    from xml.sax.saxutils import unescape

    return unescape(said.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})


def _column(letters: bytes) -> int:
    at = 0
    for one in letters:
        at = at * 26 + one - 64
    return at - 1
