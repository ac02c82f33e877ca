"""`dondoc read`: what a file from outside says, field by field, with place and doubt; and the measure of it."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text as Words

from api.cli.common import AsJson
from api.cli.tables import as_text, cell, console
from documents.reading.apart import Apart
from documents.reading.files import Opened, open_all
from documents.reading.incoming import Incoming, as_data
from documents.reading.measuring.fields import NOT_TRIED, Count, by_kind, count, measure
from documents.reading.measuring.marks import Mark
from documents.reading.recognising import recognise
from states.errors import Invalid, NotFound

_FIELDS = {
    "issuer": "Cơ quan ban hành", "unit": "Đơn vị", "parent_unit": "Đơn vị cấp trên", "province": "Tỉnh, thành phố",
    "parent_line": "Cơ quan chủ quản", "number": "Số", "symbol": "Ký hiệu", "place": "Địa danh", "date": "Ngày",
    "type_word": "Tên loại", "title": "Trích yếu", "period": "Kỳ", "answers": "Thực hiện",
    "references": "Căn cứ, viện dẫn", "addressees": "Kính gửi", "recipients": "Nơi nhận",
    "signer": "Người ký", "form": "Mẫu biểu", "tables": "Bảng",
    "indicators": "Chỉ tiêu", "money": "Tiền", "events": "Hoạt động", "deadlines": "Thời hạn",
    "task_groups": "Nhóm nhiệm vụ", "assignees": "Phân công",
}  # fmt: skip


class NamesNothingToMeasure(Invalid):
    """Cần một thư mục và một tệp dữ kiện (a folder and a facts file): `dondoc read --measure FOLDER facts.json`."""


class BadFacts(Invalid):
    """Không đọc được tệp dữ kiện «{file}» (facts cannot be read): {why}."""


class NothingToRead(NotFound):
    """Không có tệp nào để đọc (nothing to read): nêu tệp, thư mục, .eml hoặc .mbox."""


def register(app: typer.Typer) -> None:
    """Add `read` to the program's own commands."""
    app.command()(read)


def read(
    files: Annotated[list[Path], typer.Argument(help="Files, folders, mails (.eml) or mailboxes (.mbox).")],
    measured: Annotated[
        bool, typer.Option("--measure", help="Compare with facts: `read --measure FOLDER FACTS.json`.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read papers from outside: every field with its place and how sure it is.

    Nothing is stored. What is unsure is marked and must be confirmed. Exit code 1 where a file was refused,
    4 where --measure found a field wrong.
    """
    if measured:
        _measure(files, as_json)
        return
    found = []
    with Apart() as apart:
        for path in files:
            for opened in open_all(path):
                found.append(apart.read(opened))
                if not as_json:
                    _show(*found[-1])
    if not found:
        raise NothingToRead()
    if as_json:
        typer.echo(as_text([_plain(*one) for one in found]))
    raise typer.Exit(1 if any(one.refused for one, _ in found) else 0)


def _plain(one: Opened, incoming: Incoming | None) -> dict[str, Any]:
    if incoming is None:
        refused = {"code": one.refused.code, "message": one.refused.message} if one.refused else None
        return {"file": one.name, "sha256": one.sha256, "refused": refused}
    return {**as_data(incoming), "file": one.name}


def _show(one: Opened, incoming: Incoming | None) -> None:
    console.print(Words(one.name, style="bold"))
    if incoming is None:
        console.print(Words(one.refused.message if one.refused else "", style="red"))
        return
    about = ", ".join([f"{incoming.kind}, {incoming.pages} trang", f"SHA-256 {incoming.sha256[:16]}…", *incoming.notes])
    console.print(Words(about, style="dim"))
    console.print(_table(incoming))
    asks = len(incoming.asks())
    console.print(
        Words(
            f"Cần người xác nhận: {asks} mục." if asks else "Không có mục nào phải hỏi lại.",
            style="yellow" if asks else "green",
        )
    )


def _table(incoming: Incoming) -> Table:
    table = Table("Mục", "Nội dung", "Ở đâu", "Chắc", "Vì sao chưa chắc")
    before = ""
    for name, found in incoming.reads():
        if found.value is None and not found.asks:
            continue
        label = _FIELDS.get(name, name)
        sure = Words(f"{found.sure:.0%}", style="yellow" if found.asks else "green")
        where = found.place.words if found.raw else ""
        table.add_row(label if label != before else "", Words(cell(found.value) or "—"), where, sure, Words(found.said))
        before = label
    return table


def _measure(files: list[Path], as_json: bool) -> None:
    if len(files) != 2 or not files[0].is_dir():
        raise NamesNothingToMeasure()
    folder, facts = files
    marks = {said["file"]: _marks(folder, said) for said in _documents(facts)}
    every = [one for found in marks.values() for one in found]
    if as_json:
        typer.echo(as_text({"files": {name: _counted(found) for name, found in marks.items()}, "all": _counted(every),
                            "kinds": {kind: _said(one) for kind, one in by_kind(every).items()}}))  # fmt: skip
    else:
        _show_measure(marks, every)
    raise typer.Exit(4 if any(not one.right for one in every) else 0)


def _documents(facts: Path) -> list[dict[str, Any]]:
    try:
        documents = json.loads(facts.read_text(encoding="utf-8"))["documents"]
        return [dict(one) for one in documents if one["file"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadFacts(file=facts.name, why=str(error)) from error


def _marks(folder: Path, said: dict[str, Any]) -> list[Mark]:
    """The marks of one paper; a file that is refused has read nothing."""
    opened = next(iter(open_all(folder / Path(said["file"]).name)), None)
    if opened is None or opened.text is None:
        why = opened.refused.message if opened and opened.refused else None
        return [Mark("tệp", said["file"], "đọc được", why, True, False)]
    return measure(recognise(opened.text), said)


def _said(one: Count) -> dict[str, Any]:
    return {"right": one.right, "present": one.present, "invented": one.invented, "share": round(one.share, 4)}


def _counted(marks: list[Mark]) -> dict[str, Any]:
    missed = [
        {"kind": m.kind, "field": m.field, "expected": m.expected, "found": m.found} for m in marks if not m.right
    ]
    return {**_said(count(marks)), "missed": missed}


def _show_measure(marks: dict[str, list[Mark]], every: list[Mark]) -> None:
    rows = [("Tệp", {name: count(found) for name, found in marks.items()}), ("Loại trường", by_kind(every))]
    for title, counts in rows:
        table = Table(title, "Đúng", "Có", "Tỷ lệ", "Bịa thêm")
        for name, counted in {**counts, "Tất cả": count(every)}.items():
            table.add_row(name, str(counted.right), str(counted.present), f"{counted.share:.1%}", str(counted.invented))
        console.print(table)
    missed = Table("Tệp", "Trường", "Dữ kiện", "Đọc được")
    for name, found in marks.items():
        for one in found:
            if not one.right:
                missed.add_row(
                    Words(name[:24]),
                    Words(f"{one.kind}: {one.field}"),
                    Words(cell(one.expected)),
                    Words(cell(one.found)),
                )
    if missed.row_count:
        console.print(missed)
    console.print(Words("Không đo (không ai đọc các mục này): " + ", ".join(NOT_TRIED), style="dim"))
