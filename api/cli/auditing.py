"""`dondoc audit` and `dondoc trace`: who signed what, and where a figure comes from."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.tree import Tree

from api.cli import proving, sealing
from api.cli.common import DOCUMENT_HELP, LEVEL_HELP, PLAN_HELP, AsJson, database, day, kind_of, now
from api.cli.tables import as_text, console, plain, say, show
from documents import drafting
from documents.writing.certificate import certificate as document_life
from documents.writing.typesetting import to_pdf
from states.figures import Cell
from states.reading import audit, integrity, provenance, staleness
from states.reading.timeline import timeline as life

app = typer.Typer(help="Who did what, when, with what authority; faults.", no_args_is_help=True)
sealing.register(app)
proving.register(app)
Document = Annotated[int, typer.Argument(help=DOCUMENT_HELP)]
First = Annotated[str, typer.Argument(help="First day, 2026-01-01.")]
Last = Annotated[str, typer.Argument(help="Last day, itself included.")]
_WHY = {"reopened": "đã mở lại", "returned": "đã trả lại", "recalled": "đã rút về", "withdrawn": "đã thu hồi",
        "corrected": "đã gửi số mới"}  # fmt: skip
_PARTS = {"whole": "đã ký", "total": "số tổng hợp, chưa ký", "own": "số riêng", "contribution": "đóng góp",
          "row": "dòng", "stated": "số ghi trực tiếp", "nil": "«Không»"}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add `trace` and `verify` to the program's own commands."""
    app.command()(trace)
    app.command("verify")(proving.verify_bundle)


@app.command()
def timeline(document: Document, as_json: AsJson = False) -> None:
    """All of a document's life, in order.

    Steps with who took them and on whose authority, calls, questions, extensions, reminders, receipts.
    """
    with database() as session:
        kind_of(session, document)
        events = life(session, document)
    columns = {"at": "Lúc", "topic": "Loại", "what": "Việc", "person": "Ai", "title": "Chức vụ",
               "authority": "Thẩm quyền", "unit": "Đơn vị", "number": "Số", "words": "Nội dung"}  # fmt: skip
    show(events, columns, as_json=as_json, title=f"Văn bản {document}")


@app.command()
def signed(
    person: Annotated[int, typer.Argument(help="By number, see `people list`.")], first: First, last: Last,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """All that a person signed between two days.

    With the office and the mandate of that moment.
    """
    with database() as session:
        found = audit.signed_by(session, person, day(first), day(last))
    columns = {"at": "Lúc", "title": "Văn bản", "number": "Số", "issuer": "Cơ quan", "office": "Chức vụ",
               "authority": "Thẩm quyền", "mandate": "Văn bản giao quyền", "revision_digest": "SHA-256"}  # fmt: skip
    show(found, columns, as_json=as_json)


@app.command()
def exceptions(first: First, last: Last, as_json: AsJson = False) -> None:
    """What was out of the ordinary between two days."""
    with database() as session:
        found = audit.exceptions(session, day(first), day(last))
    columns = {"at": "Lúc", "kind": "Loại", "unit": "Đơn vị", "title": "Văn bản", "person": "Ai", "words": "Nội dung"}
    show(found, columns, as_json=as_json, words={"kind": audit.EXCEPTIONS})


@app.command("in-total")
def in_total(
    revision: Annotated[int, typer.Argument(help="The total's content, by number (`trace --json` shows it).")],
    as_json: AsJson = False,
) -> None:
    """Every document whose figures stand in a total."""
    with database() as session:
        found = provenance.documents_in_total(session, revision)
    columns = {"depth": "Bậc", "unit": "Đơn vị", "title": "Văn bản", "number": "Số", "digest": "SHA-256"}
    show(found, columns, as_json=as_json)


@app.command()
def stale(plan: Annotated[int, typer.Argument(help=PLAN_HELP)], as_json: AsJson = False) -> None:
    """Totals whose figures were recalled or reopened since."""
    with database() as session:
        found = staleness.stale_totals(session, plan_id=plan)
    rows = [{**plain(total), "why": "; ".join(f"{cause.unit} {_WHY.get(cause.why, cause.why)}"
                                              for cause in total.causes)} for total in found]  # fmt: skip
    show(rows, {"document_id": "Văn bản", "unit": "Đơn vị", "level": "Cấp", "why": "Vì"}, as_json=as_json)


@app.command()
def check(document: Document, as_json: AsJson = False) -> None:
    """Recompute a document's chain, digests and sums.

    Exit code 4 where something does not agree.
    """
    with database() as session:
        kind_of(session, document)
        faults = integrity.verify_chain(session, document)
    rows = [{"fault": fault} for fault in faults]
    title = f"Văn bản {document}: {len(faults) or 'không có'} sai lệch"
    show(rows, {"fault": "Sai lệch"}, as_json=as_json, title=title)
    raise typer.Exit(4 if faults else 0)


@app.command()
def certificate(
    document: Document, to: Annotated[Path, typer.Option(help="The PDF file to write.", dir_okay=False)],
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """A document's whole life as a PDF (phiếu xác nhận quá trình xử lý).

    Steps, authority, time on each desk, digests, sendings, returns and totals, and the head of its chain.
    """
    with database() as session:
        life = to_pdf(document_life(session, document, now()))
    to.write_bytes(life)
    say({"document": document, "file": str(to), "bytes": len(life)}, f"{to}: {len(life)} bytes.", as_json=as_json)


def trace(
    document: Document,
    cell: Annotated[int, typer.Argument(help="table*10000 + row*100 + column: 10402 is table 1, row 4, column 2.")],
    level: Annotated[str | None, typer.Option(help="All parts of this level at once: " + LEVEL_HELP)] = None,
    as_json: AsJson = False,
) -> None:
    """Where a figure comes from, down to the wards."""
    with database() as session:
        kind_of(session, document)
        label = drafting.form_of(session, document).cell_label(Cell(cell))
        found = (provenance.trace(session, cell, document_id=document, at_level=level) if level
                 else provenance.trace_down(session, cell, document_id=document))  # fmt: skip
    if as_json:
        typer.echo(as_text(plain(found)))
        return
    console.print(label, markup=False)
    console.print(_grown(Tree(_words(found)), found))


def _grown(tree: Tree, node: provenance.Traced) -> Tree:
    for part in node.parts:
        _grown(tree.add(_words(part)), part)
    return tree


def _words(node: provenance.Traced) -> str:
    signer = f" · ký: {node.signed.words}" if node.signed else ""
    told = escape(f"{node.unit} ({_PARTS.get(node.part, node.part)}) {node.words} · {node.digest[:12]}{signer}")
    return f"[bold]{node.figure.vi}[/bold] {told}"
