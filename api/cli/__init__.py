"""`dondoc`: the command line. Each command loads, calls one well-named function and answers.

Exit codes: 0 done; 1 something is wrong with what was asked; 2 it could not start, or the words are wrong;
3 a part ended; 4 there is something to look at (late units, faults found) where `--check` asks for it.
"""

import sys

import typer
from rich.console import Console

from api.cli import (
    accounts,
    auditing,
    backing_up,
    certificates,
    checking,
    flows,
    people,
    plans,
    printing,
    proposing,
    reading,
    receiving,
    serving,
    sheets,
    units,
)
from api.cli.tables import reasons_table
from states.errors import DonDocError

app = typer.Typer(
    name="dondoc", help="Đôn Đốc: plans down to every ward, reports back up.", no_args_is_help=True,
    pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip
serving.register(app)
backing_up.register(app)
app.add_typer(units.app, name="units")
accounts.register(people.app)
app.add_typer(people.app, name="people")
app.add_typer(plans.app, name="plan")
plans.register(app)
app.add_typer(auditing.app, name="audit")
auditing.register(app)
app.add_typer(certificates.app, name="cert")
app.add_typer(flows.app, name="flow")
reading.register(app)
checking.register(app)
receiving.register(app)
printing.register(app)
sheets.register(app)
proposing.register(app)


def main() -> None:
    """The console script: an error of ours is one sentence and its places, not a traceback."""
    try:
        app()
    except DonDocError as error:
        stderr = Console(stderr=True)
        stderr.print(error.message, style="bold red", highlight=False, markup=False, soft_wrap=True)
        if error.reasons:
            stderr.print(reasons_table(error.reasons))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
