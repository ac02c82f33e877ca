"""What a new database needs before its first plan: the units and the forms that ship with the program."""

from sqlmodel import Session

from documents.shelf import keep_forms
from states import units


def prepare(session: Session) -> dict[str, int]:
    """Load units, successions and forms; may be run at every start, what is there stays. Returns what was new."""
    return {"units": units.load(session), "forms": keep_forms(session)}
