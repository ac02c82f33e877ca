"""The key inside a form that was filled in (khóa của biểu đã điền): whose it is, and every reason not to take it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.forms import Form
from documents.writing.blank_key import KEY_SHEET, LAYOUT, TEXTS_SHEET, BlankKey
from states.errors import Invalid

Cells = Mapping[str, Sequence[Sequence[Any]]]
"""Every sheet's cells (see `documents.reading.formats.sheets.cells`)."""


class NotOurForm(Invalid):
    """Tệp này không phải biểu tải từ chương trình (not a blank form of ours): tải biểu ở trang Soạn rồi điền, hoặc đưa
    tệp vào trang Nhận văn bản."""


class KeyChanged(Invalid):
    """Khóa trong tệp đã bị sửa hoặc mất một phần (its key was changed): tải biểu mới rồi chép số liệu sang."""


class OtherDocument(Invalid):
    """Biểu này là của {unit} (văn bản {document}), không phải của báo cáo đang mở (another report's form): mở đúng báo
    cáo, hoặc tải biểu của báo cáo này."""


class OtherVersion(Invalid):
    """Biểu theo mẫu {form}, còn báo cáo theo mẫu {expected} (another version of the form): tải biểu mới rồi chép số
    liệu sang."""


class SheetsRemoved(Invalid):
    """Thiếu trang tính {sheets} (sheets were removed or renamed): trả lại tên cũ, hoặc tải biểu mới rồi chép sang."""


class CodesRemoved(Invalid):
    """Trang «{sheet}» mất dòng hoặc cột ẩn để nhận ra các ô (its hidden codes are gone): tải biểu mới rồi chép sang."""


@dataclass(frozen=True)
class Expected:
    """The report that the file is read for."""

    document_id: int
    unit_id: int
    form: Form


def key_of(cells: Cells, expected: Expected) -> BlankKey:
    """The key of a file, once it fits the report. Raises `NotOurForm`, `KeyChanged`, `OtherDocument`, `OtherVersion`,
    `SheetsRemoved`.
    """
    key = _read(cells)
    if (key.document_id, key.unit_id) != (expected.document_id, expected.unit_id):
        raise OtherDocument(unit=key.unit, document=key.document_id)
    if key.form != expected.form.key:
        raise OtherVersion(form=key.form, expected=expected.form.key)
    if not (_is_content(key.base) and _are_lines(key.rows, expected.form)):
        raise KeyChanged()
    wanted = [f"Biểu {table.number}" for table in expected.form.tables]
    wanted += [TEXTS_SHEET] if expected.form.sections else []
    if gone := [name for name in wanted if name not in cells]:
        raise SheetsRemoved(sheets=", ".join(f"«{name}»" for name in gone))
    return key


def _is_content(base: Any) -> bool:
    """Whether it has the parts of a draft's content; whoever can reckon a digest can write anything under it."""
    if not isinstance(base, dict):
        return False
    parts = {"figures": dict, "rows": list, "nil": list, "texts": dict}
    if any(not isinstance(base[name], kind) for name, kind in parts.items() if name in base):
        return False
    texts = (*base.get("figures", {}).values(), *base.get("texts", {}).values())
    return all(isinstance(one, str | None) for one in texts) and all(map(_is_row, base.get("rows", [])))


def _is_row(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and all(isinstance(row.get(name, 0), int) for name in ("table", "row"))
        and all(isinstance(row.get(name, ""), str) for name in ("label", "level"))
        and isinstance(values := row.get("values", {}), dict)
        and all(isinstance(one, str | None) for one in values.values())
    )


def _are_lines(rows: Any, form: Form) -> bool:
    """Whether each table has lines of its own categories."""
    if not isinstance(rows, dict) or rows.keys() != {str(table.number) for table in form.tables}:
        return False
    for table in form.tables:
        known, lines = {one.number for one in table.categories}, rows[str(table.number)]
        free = {0} if table.layout == "rows" else set()
        if not isinstance(lines, list) or not all(type(one) is int and one in known | free for one in lines):
            return False
    return True


def _read(cells: Cells) -> BlankKey:
    if KEY_SHEET not in cells:
        raise NotOurForm()
    said: dict[str, str] = {}
    for row in cells[KEY_SHEET]:
        if len(row) > 1 and row[0]:
            said[str(row[0])] = said.get(str(row[0]), "") + (row[1] if isinstance(row[1], str) else str(row[1][1]))
    try:
        plan = json.loads(said["ke-hoach"])
        rows, base = json.loads(said["dong"]), json.loads(said["goc"])
        key = BlankKey(int(said["van-ban"]), int(said["don-vi"]), said["ten-don-vi"], plan, said["bieu-mau"],
                       said["lap-luc"], int(said["ban-nhap"]), rows, base)  # fmt: skip
        sound = said["bo-cuc"] == LAYOUT and key.digest == said["bam"]
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise KeyChanged() from error
    if not sound:
        raise KeyChanged()
    return key
