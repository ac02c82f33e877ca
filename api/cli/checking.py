"""`dondoc check`, `dondoc rules`: what a careful officer would say of a file, and by which rules."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text as Words

from api.cli.common import AsJson
from api.cli.reading import NothingToRead
from api.cli.tables import as_text, console, plain
from documents.checks import RULES, Finding, Severity, of_file
from documents.checks.batch import of_files
from documents.checks.measuring import Measured, measure
from documents.reading.apart import Apart
from documents.reading.files import Opened, open_all
from documents.reading.incoming import Incoming
from documents.reading.recognising import recognise
from states.errors import Invalid

_WORDS = {Severity.REFUSE: "phải sửa", Severity.EXPLAIN: "giải trình", Severity.NOTE: "lưu ý"}
_STYLES = {Severity.REFUSE: "red", Severity.EXPLAIN: "yellow", Severity.NOTE: "dim"}


class NamesNoGold(Invalid):
    """Cần một thư mục và một tệp đáp án (a folder and a gold file): `dondoc check --measure FOLDER gold.json`."""


class BadGold(Invalid):
    """Không đọc được tệp đáp án «{file}» (the gold file cannot be read): {why}."""


def register(app: typer.Typer) -> None:
    """Add `check` and `rules` to the program's own commands."""
    app.command()(check)
    app.command()(rules)


def check(
    files: Annotated[list[Path], typer.Argument(help="Files, folders, mails (.eml) or mailboxes (.mbox).")],
    measured: Annotated[
        bool, typer.Option("--measure", help="Compare with a careful reading: `check --measure FOLDER GOLD.json`.")
    ] = False,
    english: Annotated[bool, typer.Option("--en", help="Say it in English.")] = False,
    as_json: AsJson = False,
) -> None:
    """What a careful officer would say of papers from outside: where, which values disagree, how bad.

    Nothing is stored. Exit code 1 where something must be put right or a file was refused; 4 where --measure missed
    a defect or accused wrongly.
    """
    if measured:
        _measure(files, as_json)
        return
    with Apart() as apart:
        read = [apart.read(one) for path in files for one in open_all(path)]
    if not read:
        raise NothingToRead()
    opened, found = [one for one, _ in read], _checked(read)
    if as_json:
        typer.echo(as_text([_plain(one, findings) for one, findings in zip(opened, found, strict=True)]))
    else:
        for one, findings in zip(opened, found, strict=True):
            _show(one, findings, english)
    bad = any(one.text is None for one in opened) or any(f.severity is Severity.REFUSE for x in found for f in x)
    raise typer.Exit(1 if bad else 0)


def rules(
    severity: Annotated[Severity | None, typer.Option("--severity", help="Only rules of this severity.")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="As the table of docs/checks.md.")] = False,
    as_json: AsJson = False,
) -> None:
    """The rules of the careful officer: code, severity, what they look at, where that is written."""
    chosen = [one for one in RULES.values() if severity in (None, one.severity)]
    if as_json:
        typer.echo(as_text([{name: value for name, value in plain(one).items() if name != "look"} for one in chosen]))
    elif markdown:
        typer.echo("| code | severity | what it looks for | where that is written | example |\n|---|---|---|---|---|")
        for one in chosen:
            typer.echo(f"| `{one.code}` | {one.severity} | {one.title_en} | {one.basis} | {one.example} |")
    else:
        table = Table("Mã", "Mức", "Tìm điều gì", "Căn cứ", "Ví dụ")
        for one in chosen:
            level = Words(_WORDS[one.severity], style=_STYLES[one.severity])
            table.add_row(Words(one.code), level, Words(one.title), Words(one.basis), Words(one.example))
        console.print(table)
        console.print(Words(f"{len(chosen)} quy tắc; các đẳng thức số liệu do biểu mẫu nêu.", style="dim"))


def _checked(read: list[tuple[Opened, Incoming | None]]) -> list[list[Finding]]:
    """Findings of each file, all read side by side; none where a file was refused."""
    told = iter(of_files([(paper, one.text) for one, paper in read if paper is not None and one.text is not None]))
    return [next(told) if paper is not None else [] for _, paper in read]


def _plain(one: Opened, findings: list[Finding]) -> dict[str, Any]:
    refused = {"code": one.refused.code, "message": one.refused.message} if one.refused else None
    return {"file": one.name, "sha256": one.sha256, "refused": refused, "findings": plain(findings)}


def _show(one: Opened, findings: list[Finding], english: bool) -> None:
    console.print(Words(one.name, style="bold"))
    if one.text is None:
        console.print(Words(one.refused.message if one.refused else "", style="red"))
        return
    if findings:
        table = Table("Mức", "Ở đâu", "Điều cần xem lại", "Hai giá trị", "Mã")
        for found in findings:
            level = Words(_WORDS[found.severity], style=_STYLES[found.severity])
            where = found.place + (f"; {found.other_place}" if found.other_place else "")
            message = found.message_en if english else found.message
            table.add_row(level, Words(where), Words(message), Words(" ≠ ".join(found.values[:2])), Words(found.code))
        console.print(table)
    counts = [f"{sum(f.severity is level for f in findings)} {words}" for level, words in _WORDS.items()]
    console.print(Words(", ".join(counts) if findings else "Không có gì phải xem lại.", style="dim"))


def _measure(files: list[Path], as_json: bool) -> None:
    if len(files) != 2 or not files[0].is_dir():
        raise NamesNoGold()
    every = {name: _measured(files[0], name, said) for name, said in _gold(files[1]).items()}
    whole = sum(every.values(), Measured(0, (), ()))
    if as_json:
        typer.echo(as_text({"files": {name: _numbers(one) for name, one in every.items()}, "all": _numbers(whole)}))
    else:
        table = Table("Tệp", "Đúng", "Sót", "Bắt nhầm", "Độ phủ", "Độ chính xác")
        for name, one in {**every, "Tất cả": whole}.items():
            table.add_row(Words(name[:32]), str(one.right), str(len(one.missed)), str(len(one.wrong)),
                          f"{one.recall:.1%}", f"{one.precision:.1%}")  # fmt: skip
        console.print(table)
        for label, said in (("Sót", whole.missed), ("Bắt nhầm", whole.wrong)):
            for code, place in said:
                console.print(Words(f"{label}: {code}, {place}"))
    raise typer.Exit(4 if whole.missed or whole.wrong else 0)


def _gold(path: Path) -> dict[str, list[tuple[str, str]]]:
    try:
        documents = json.loads(path.read_text(encoding="utf-8"))["documents"]
        return {one["file"]: [(code, place) for code, place in one["findings"]] for one in documents}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadGold(file=path.name, why=str(error)) from error


def _measured(folder: Path, name: str, gold: list[tuple[str, str]]) -> Measured:
    opened = next(iter(open_all(folder / Path(name).name)), None)
    if opened is None or opened.text is None:
        return Measured(0, tuple(gold), ())
    return measure(of_file(recognise(opened.text), opened.text), gold)


def _numbers(one: Measured) -> dict[str, Any]:
    return {"right": one.right, "missed": [list(x) for x in one.missed], "wrong": [list(x) for x in one.wrong],
            "recall": round(one.recall, 4), "precision": round(one.precision, 4)}  # fmt: skip
