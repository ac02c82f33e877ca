"""Tác vụ tự động: what runs now and how far it is, what runs came to, what Prefect says of them; run again."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from api.auth import Access, allowed
from api.deps import InTransaction, OfMachine
from api.pages.office.runs_words import ASKABLE, FLOWS, OUTCOMES, PREFECT_STATES, note_words
from api.pages.shell import Visiting
from states.reading import runs
from workflows.asking import ask, recent_runs, run_again

router = APIRouter(prefix="/tac-vu")
READING = [allowed(Access.ADMIN | Access.AUDITOR)]
RUNNING = [allowed(Access.ADMIN)]
PAGE = 50
RunId = Annotated[str, Path(pattern=r"^[0-9a-f-]{1,40}$")]
Askable = Literal["watch-deadlines", "consolidate", "deliver"]
Before = Annotated[int | None, Query(alias="truoc", ge=1, le=2**63 - 1)]


@router.get("", dependencies=READING)
def runs_page(visit: Visiting, session: InTransaction, before: Before = None) -> HTMLResponse:
    """Our own account of the runs: now, then the newest first."""
    found = runs.recent(session, PAGE + 1, visit.now, before=before)
    return visit.page(
        "runs/page.html", now_running=[] if before else runs.running_now(session, None, visit.now), before=before,
        found=found[:PAGE], older=found[PAGE - 1].id if len(found) > PAGE else None, flows=FLOWS, outcomes=OUTCOMES,
        askable=ASKABLE, tab="runs",
    )  # fmt: skip


@router.get("/ghi-nhan", dependencies=READING)
def notes_page(visit: Visiting, session: InTransaction, before: Before = None) -> HTMLResponse:
    """What each run wrote down as done, in figures."""
    keys = {"before": before, "limit": PAGE + 1}
    rows = session.connection().exec_driver_sql(_NOTES, keys).all()
    found = [(*row[:5], note_words(row[5], visit.say)) for row in rows[:PAGE]]
    return visit.page("runs/notes.html", found=found, older=rows[PAGE - 1][0] if len(rows) > PAGE else None,
                      before=before, flows=FLOWS, tab="notes")  # fmt: skip


@router.get("/prefect", dependencies=READING)
def prefect_page(visit: Visiting, machine: OfMachine) -> HTMLResponse:
    """Prefect's own account; its silence is said in words."""
    return visit.page("runs/prefect.html", told=recent_runs(machine, PAGE), flows=FLOWS, states=PREFECT_STATES,
                      address=machine.prefect_url, tab="prefect")  # fmt: skip


@router.post("/prefect/{run_id}/chay-lai", dependencies=RUNNING)
def again(run_id: RunId, visit: Visiting, machine: OfMachine) -> RedirectResponse:
    """The same run once more, of the present moment. Raises `PrefectSilent`, `NotRunAgain`."""
    run_again(run_id, machine, visit.now)
    return visit.back_to("/tac-vu/prefect", visit.say(_("Đã yêu cầu chạy lại; kết quả hiện ở đây sau ít giây.")))


@router.post("/{flow}/chay", dependencies=RUNNING)
def run_now(flow: Askable, visit: Visiting, machine: OfMachine) -> RedirectResponse:
    """Ask for a run, at most one a minute; the timetable does it where Prefect does not answer."""
    if ask(flow, {}, f"{flow}-{visit.now:%Y-%m-%dT%H:%M}", machine):
        return visit.back_to("/tac-vu", visit.say(_("Đã yêu cầu chạy; kết quả hiện ở đây sau ít giây.")))
    words = _("Prefect không trả lời; lịch chạy hoặc lần quét sau vẫn làm việc này.")
    return visit.back_to("/tac-vu", visit.say(words), tone="bad")


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_NOTES = """
SELECT n.id, n.flow, n.at, d.id AS plan, d.title, n.done
  FROM flow_note n LEFT JOIN document d ON n.subject ~ '^[0-9]{1,18}$' AND d.id = n.subject::bigint
 WHERE n.flow <> 'demo' AND (%(before)s::bigint IS NULL OR n.id < %(before)s) ORDER BY n.id DESC LIMIT %(limit)s
"""
