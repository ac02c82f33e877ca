"""Mốc niêm phong: the log's checkpoints, and what is known of who keeps them; each to be saved as it was signed."""

from pathlib import Path as Folder
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.deps import InTransaction, OfMachine
from api.pages.shell import Visiting
from api.routes.proof import KEEPING
from documents.proof.bundling.standing import Checkpoint, checkpoints
from states.errors import NotFound
from states.log.published import NoVerifierHere, verifier_of
from states.periods import local_day
from states.settings import Settings
from workflows.sealing import next_sealing

router = APIRouter(prefix="/moc-niem-phong")
PAGE = 50
Below = Annotated[int | None, Query(alias="truoc", ge=1, le=2**63 - 1)]
Size = Annotated[int, Path(ge=1, le=2**63 - 1)]


class NoSuchCheckpoint(NotFound):
    """Không có mốc niêm phong {size} (no such checkpoint): xem danh sách mốc (see the list)."""


@router.get("", dependencies=KEEPING)
def listed(visit: Visiting, session: InTransaction, machine: OfMachine, below: Below = None) -> HTMLResponse:
    """The newest first."""
    found = checkpoints(session, PAGE + 1, below)
    waiting = session.connection().exec_driver_sql("SELECT count(*) FROM trace").scalar_one()
    return visit.page(
        "checkpoints/page.html", found=found[:PAGE], older=found[PAGE - 1].note.size if len(found) > PAGE else None,
        below=below, waiting=waiting, next_at=next_sealing(visit.now), folder=machine.checkpoints,
        kept=_kept(machine.checkpoints), mailed=_mailed(session, found), key=_key(found, machine),
    )  # fmt: skip


@router.get("/{size}.txt", dependencies=KEEPING)
def note(size: Size, session: InTransaction) -> Response:
    """One checkpoint as it was signed, under the name that the folder of checkpoints gives it."""
    words = session.connection().exec_driver_sql("SELECT note FROM checkpoint WHERE size = %s", (size,)).scalar()
    if words is None:
        raise NoSuchCheckpoint(size=size)
    headers = {"Content-Disposition": f'attachment; filename="moc-{size:012d}.txt"'}
    return Response(str(words), media_type="text/plain; charset=utf-8", headers=headers)


def _kept(folder: Folder | None) -> frozenset[int] | None:
    """The sizes whose files lie in the folder for outsiders; None where there is no folder, or it can't be read."""
    if folder is None:
        return None
    try:
        names = [one.stem.removeprefix("moc-") for one in folder.glob("moc-*.txt")]
    except OSError:
        return None
    return frozenset(int(name) for name in names if name.isascii() and name.isdecimal())


def _mailed(session: Session, found: list[Checkpoint]) -> dict[int, tuple[int, int]]:
    """By size: to how many auditors it has gone, of how many it is for."""
    days = {"days": sorted({local_day(one.at) for one in found})}
    rows = session.connection().exec_driver_sql(_MAILED, days)
    return {int(size): (gone, whole) for size, gone, whole in rows}


def _key(found: list[Checkpoint], machine: Settings) -> str:
    """The verifier's line, where this machine knows it."""
    try:
        return verifier_of(found[0].note, machine).line if found else ""
    except NoVerifierHere:
        return ""


_MAILED = """
SELECT n.data->>'number', count(*) FILTER (WHERE EXISTS (
           SELECT FROM delivery y WHERE y.notice_id = n.id AND y.outcome = 'sent')), count(*)
  FROM unnest(%(days)s::date[]) day, (SELECT DISTINCT person_id FROM office WHERE seat = 'auditor') a, notice n
 WHERE n.key = 'checkpoint/' || day || '/' || a.person_id GROUP BY 1
"""
