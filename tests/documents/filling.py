"""Filling in a blank form as a ward's officer does: cells of the XLSX are written by its hidden names, nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NS = {"m": _MAIN}
Value = str | int | float | None
Place = tuple[str, str, str]
"""The sheet, the hidden name of the line ("§d1", "§khong", "§results") and of the column ("v1", "l", "c", "e")."""


def fill(file: bytes, values: Mapping[Place, Value]) -> bytes:
    """The file with these cells written; None empties one."""
    wanted: dict[str, dict[str, Value]] = {}
    for place, value in values.items():
        wanted.setdefault(place[0], {})[cell_of(file, place)] = value
    return put(file, wanted)


def put(file: bytes, wanted: Mapping[str, Mapping[str, Value]]) -> bytes:
    """The file with cells of sheets written, by their addresses."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        paths = {f"xl/worksheets/sheet{n}.xml": name for n, name in enumerate(_names(old), 1)}
        for part in old.namelist():
            data = old.read(part)
            cells = wanted.get(paths.get(part, ""))
            new.writestr(part, _written(data, cells) if cells else data)
    return made.getvalue()


def cell_of(file: bytes, place: Place) -> str:
    """Where a cell stands ("D14"), by its hidden names."""
    sheet, line, column = place
    rows = _rows(file, sheet)
    head = next(n for n, row in enumerate(rows) if "§cot" in row)
    anchor = rows[head].index("§cot")
    codes = {str(code): n for n, code in enumerate(rows[head]) if code}
    number = next(n for n, row in enumerate(rows) if row[anchor] == line)
    place_of_value = {"nil": min((n for code, n in codes.items() if code.startswith("v")), default=0), "text": 2}
    return str(xl_rowcol_to_cell(number, codes.get(column, place_of_value.get(column, 0))))


def without_sheet(file: bytes, name: str) -> bytes:
    """The file with a sheet renamed: to a reader it is gone."""
    return _edited(file, "xl/workbook.xml", lambda xml: xml.replace(f'name="{name}"', 'name="Trang khác"'))


def _edited(file: bytes, part: str, change: Callable[[str], str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.namelist():
            data = old.read(one)
            new.writestr(one, change(data.decode()) if one == part else data)
    return made.getvalue()


def _rows(file: bytes, sheet: str) -> list[list[object]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(file)) as book:
        return [list(row) for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]


def _names(archive: zipfile.ZipFile) -> list[str]:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    return [str(one.get("name")) for one in book.findall("m:sheets/m:sheet", _NS)]


def _written(data: bytes, cells: Mapping[str, Value]) -> bytes:
    ElementTree.register_namespace("", _MAIN)
    ElementTree.register_namespace("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
    root = ElementTree.fromstring(data)
    found = {str(one.get("r")): one for one in root.findall(".//m:c", _NS)}
    for address, value in cells.items():
        _set(found.get(address) if address in found else _new(root, address), value)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _new(root: ElementTree.Element, address: str) -> ElementTree.Element:
    """A cell that stood nowhere: at the end of its row, where its column belongs last or nowhere in particular."""
    number = re.sub(r"\D", "", address)
    data = root.find("m:sheetData", _NS)
    assert data is not None
    row = next((one for one in data if one.get("r") == number), None)
    if row is None:
        row = ElementTree.SubElement(data, f"{{{_MAIN}}}row", r=number)
    return ElementTree.SubElement(row, f"{{{_MAIN}}}c", r=address)


def _set(cell: ElementTree.Element | None, value: Value) -> None:
    assert cell is not None
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if value is None:
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = ElementTree.SubElement(ElementTree.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
        text.text = value
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        ElementTree.SubElement(cell, f"{{{_MAIN}}}v").text = repr(value)
