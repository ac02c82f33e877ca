"""`dondoc propose`: words suggested for a consolidated report's sections, to be taken or left."""

from typing import Annotated

import typer

from api.cli.common import DOCUMENT_HELP, AsJson, acting, database, now
from api.cli.tables import console, say
from documents.drafting import form_of
from documents.writing import proposing
from states import contents


def register(app: typer.Typer) -> None:
    """Add `propose` to the program's own commands."""
    app.command()(propose)


def propose(
    document: Annotated[int, typer.Argument(help=DOCUMENT_HELP)],
    take: Annotated[list[str] | None, typer.Option("--take", help="A section to write into the draft; repeat.")] = None,
    office: Annotated[int, typer.Option(envvar="DONDOC_OFFICE_ID", help="The drafter's office, for --take.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Suggest words for the sections of a report that others' figures went into.

    Nothing is written but with --take; what the drafter wrote stays, the suggestion stands after it.
    """
    with database() as session:
        words, moment = proposing.propose(session, document, now()), now()
        titles = {section.code: section.title for section in form_of(session, document).sections}
        if take:
            version = contents.draft(session, document).version
            taken = proposing.take(session, document, take, version, acting(session, office).holder, moment)
            named = ", ".join(titles[code] for code in taken) or "không mục nào"
            say({"taken": taken}, f"Đã lấy phần gợi ý vào: {named}.", as_json=as_json)
            return
    if as_json or not words:
        say(words, "Chưa có gì để gợi ý.", as_json=as_json)
        return
    for code, said in words.items():
        console.print(f"[bold]{titles[code]}[/] ({code})", highlight=False)
        console.print(said + "\n", highlight=False, markup=False, soft_wrap=True)
