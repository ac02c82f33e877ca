"""`dondoc audit` and `dondoc trace`: who signed what, and where a figure comes from."""

from typing import Annotated

import typer
from rich.tree import Tree

from api.cli.common import AsJson, as_text, console, database, day, plain, show
from documents import drafting
from states.figures import Cell
from states.reading import audit, integrity, provenance, staleness
from states.reading.timeline import timeline as life

app = typer.Typer(help="Who signed what, when, with what authority; exceptions; faults.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add `trace` to the program's own commands."""
    app.command()(trace)


@app.command()
def timeline(document: int, as_json: AsJson = False) -> None:
    """All of a document's life: steps, desks, calls, extensions, reminders."""
    with database() as session:
        events = life(session, document)
    columns = {"at": "Lúc", "topic": "Loại", "what": "Việc", "person": "Ai", "title": "Chức vụ",
               "authority": "Thẩm quyền", "unit": "Đơn vị", "number": "Số", "words": "Nội dung"}  # fmt: skip
    show(events, columns, as_json=as_json, title=f"Văn bản {document}")


@app.command()
def signed(person: int, first: str, last: str, as_json: AsJson = False) -> None:
    """Everything that a person signed between two days, with his mandate at that moment."""
    with database() as session:
        found = audit.signed_by(session, person, day(first), day(last))
    columns = {"at": "Lúc", "title": "Văn bản", "number": "Số", "issuer": "Cơ quan", "office": "Chức vụ",
               "authority": "Thẩm quyền", "mandate": "Văn bản giao quyền", "revision_digest": "SHA-256"}  # fmt: skip
    show(found, columns, as_json=as_json)


@app.command()
def exceptions(first: str, last: str, as_json: AsJson = False) -> None:
    """What was out of the ordinary between two days."""
    with database() as session:
        found = audit.exceptions(session, day(first), day(last))
    columns = {"at": "Lúc", "kind": "Loại", "unit": "Đơn vị", "title": "Văn bản", "person": "Ai", "words": "Nội dung"}
    show(found, columns, as_json=as_json)


@app.command("in-total")
def in_total(revision: int, as_json: AsJson = False) -> None:
    """Every document whose figures stand in a given total."""
    with database() as session:
        found = provenance.documents_in_total(session, revision)
    columns = {"depth": "Bậc", "unit": "Đơn vị", "title": "Văn bản", "number": "Số", "digest": "SHA-256"}
    show(found, columns, as_json=as_json)


@app.command()
def stale(plan: int, as_json: AsJson = False) -> None:
    """Totals that hold figures which were recalled or reopened since."""
    with database() as session:
        found = staleness.stale_totals(session, plan_id=plan)
    show(found, {"document_id": "Văn bản", "unit": "Đơn vị", "level": "Cấp", "causes": "Vì"}, as_json=as_json)


@app.command()
def check(document: int, as_json: AsJson = False) -> None:
    """Recompute a document's chain, digests and sums; exit code 4 where something does not agree."""
    with database() as session:
        faults = integrity.verify_chain(session, document)
    show([{"fault": fault} for fault in faults], {"fault": "Sai lệch"}, as_json=as_json, title=f"Văn bản {document}")
    raise typer.Exit(4 if faults else 0)


def trace(
    document: int,
    cell: Annotated[int, typer.Argument(help="table*10000 + row*100 + column, e.g. 10402.")],
    level: Annotated[str | None, typer.Option(help="Show the parts of this level at once, e.g. commune.")] = None,
    as_json: AsJson = False,
) -> None:
    """Follow a cell of a total down to the wards' signed cells."""
    with database() as session:
        label = drafting.form_of(session, document).cell_label(Cell(cell))
        found = (provenance.trace(session, cell, document_id=document, at_level=level) if level
                 else provenance.trace_down(session, cell, document_id=document))  # fmt: skip
    if as_json:
        typer.echo(as_text(plain(found)))
        return
    console.print(label)
    console.print(_grown(Tree(_words(found)), found))


def _grown(tree: Tree, node: provenance.Traced) -> Tree:
    for part in node.parts:
        _grown(tree.add(_words(part)), part)
    return tree


def _words(node: provenance.Traced) -> str:
    signer = f" · ký: {node.signed.words}" if node.signed else ""
    return f"[bold]{node.figure.vi}[/bold] {node.unit} ({node.part}) {node.words} · {node.digest[:12]}{signer}"
