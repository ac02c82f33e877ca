"""Automatic jobs (tác vụ tự động): what their runs did, and asking Prefect for one."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.auth import Access, allowed
from api.deps import InTransaction, Now, OfMachine, Page
from api.schemas.base import PageOf
from api.schemas.following import AskedOut, FlowNoteOut
from workflows.asking import ask

router = APIRouter(prefix="/flows", tags=["flows"])
Flow = Literal["watch-deadlines", "consolidate", "deliver"]


@router.get("/runs", summary="What runs of the flows did", dependencies=[allowed(Access.ADMIN | Access.AUDITOR)])
def read_flow_runs(
    session: InTransaction, page: Page, flow: Annotated[str | None, Query(max_length=100)] = None
) -> PageOf[FlowNoteOut]:
    """The newest first."""
    keys = {"flow": flow, "after": page.after, "limit": page.limit + 1}
    found = [dict(row) for row in session.connection().exec_driver_sql(_RUNS, keys).mappings()]
    more = found[page.limit - 1]["id"] if len(found) > page.limit else None
    return PageOf(items=FlowNoteOut.all(found[: page.limit]), next=more)


@router.post("/{flow}/ask", summary="Ask Prefect for a run", status_code=202, dependencies=[allowed(Access.ADMIN)])
def ask_for_run(flow: Flow, at: Now, machine: OfMachine) -> AskedOut:
    """At most one a minute; where Prefect does not answer, the timetable or the sweep does the work."""
    return AskedOut(asked=ask(flow, {}, f"{flow}-{at:%Y-%m-%dT%H:%M}", machine))


_RUNS = """
SELECT id, flow, subject, at, done FROM flow_note
 WHERE (%(flow)s::varchar IS NULL OR flow = %(flow)s) AND (%(after)s = 0 OR id < %(after)s) ORDER BY id DESC
 LIMIT %(limit)s
"""
