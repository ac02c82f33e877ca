"""A document's bundle (hồ sơ chứng minh) over HTTP: for whom it is, how far it proves now, and its bytes.

Nothing is sealed here and no key is needed that signs: a bundle is made as of the newest checkpoint. It holds the
document and all that stands below it, so it is for whoever looks on all of that.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi.responses import Response, StreamingResponse
from sqlalchemy import Engine
from sqlmodel import Session

from api import lists
from api.auth import Caller, let_in
from api.pace import Buckets, TooManyRequests
from api.seeing import Sight
from documents.proof.bundling.making import bundle
from documents.proof.bundling.standing import Standing, standing
from documents.writing.sheets import file_name
from states.errors import Conflict, DonDocError, Refused
from states.log.notes import Verifier
from states.log.published import NoVerifierHere, verifier_of
from states.periods import local
from states.settings import Settings
from workflows.sealing import next_sealing

MEDIA_TYPE = "application/zip"
A_MINUTE = 20
"""How many bundles one person may take in a minute."""
AT_ONCE, PATIENCE_SECONDS = 2, 3.0
"""How many are made at once in this process, and how long the next one waits; a nation's takes some seconds."""
LATE = timedelta(hours=2)
_PIECE = 1 << 16
log = logging.getLogger("dondoc.proof")


class NotAllInSight(Refused):
    """Hồ sơ chứng minh mang theo mọi văn bản bên dưới, mà vị trí này không xem được hết (the bundle holds documents
    that this office may not see): đề nghị người kiểm tra, hoặc đơn vị của văn bản và cấp trên của đơn vị, lấy (ask an
    auditor, the document's own unit or one above).
    """


class NothingSigned(Conflict):
    """Văn bản chưa ký lần nào nên chưa có gì để chứng minh (nothing was ever signed): có hồ sơ chứng minh từ lần niêm
    phong đầu tiên sau khi ký (there is a bundle from the first sealing after a signature).
    """


class NotSealedYet(Conflict):
    """Chữ ký của văn bản chưa nằm dưới mốc niêm phong nào (no checkpoint holds its signature yet): lấy lại sau lần niêm
    phong tới, dự kiến {at}, hoặc nhờ người giữ máy chạy `dondoc audit seal` (come back after the next sealing).
    """


class TwoAtWork(DonDocError):
    """Máy đang lập những hồ sơ chứng minh khác (others are being made at this moment): thử lại sau vài giây."""

    status = 503


@dataclass(frozen=True)
class Offer:
    """What a caller would get now: how far it proves, when the next checkpoint comes, why there is none if so."""

    standing: Standing
    next_at: datetime
    late: bool
    """Whether steps wait that the timetable should have sealed long ago."""
    verifier: Verifier | None = None
    refusal: DonDocError | None = None


def looks_on(seen: Sight, by: Caller) -> bool:
    """Whether he may see all that the bundle holds: auditors, the document's own unit, and whoever is above it."""
    return by.held.seat == "auditor" or seen.parties.path.startswith(by.outlook)


def offer(session: Session, seen: Sight, by: Caller, machine: Settings) -> Offer:
    """Asked before it is made, for pages and for whoever asks how far it would prove."""
    found, next_at = standing(session, seen.id), next_sealing(by.at)
    late = any(by.at - step.at > LATE for step in found.waiting)
    verifier, refusal = None, _refusal(found, seen, by, next_at)
    if refusal is None and found.checkpoint is not None:
        try:
            verifier = verifier_of(found.checkpoint.note, machine)
        except NoVerifierHere as error:
            refusal = error
    return Offer(found, next_at, late, verifier, refusal)


def _refusal(found: Standing, seen: Sight, by: Caller, next_at: datetime) -> DonDocError | None:
    if not looks_on(seen, by):
        return NotAllInSight()
    if not found.signed:
        return NothingSigned()
    if not found.proves:
        return NotSealedYet(at=f"{local(next_at):%H:%M %d/%m/%Y}")
    return None


def answer(
    session: Session, bind: Engine, seen: Sight, by: Caller, machine: Settings, known: str | None = None
) -> Response:
    """The file, made in a transaction of its own. `known`: the ETag of the one that the caller has.

    Raises `NotAllInSight`, `NothingSigned`, `NotSealedYet`, `NoVerifierHere`, `ChangedSince`, `NotAsLogged`,
    `TooManyRequests`, `TwoAtWork`.
    """
    offered = offer(session, seen, by, machine)
    if offered.refusal is not None or offered.verifier is None:
        raise offered.refusal or NoVerifierHere()
    headers = _headers(session, seen, offered)
    if known == headers["ETag"]:
        return Response(status_code=304, headers={"ETag": headers["ETag"]})
    _pace(by.held.person_id, machine)
    with _turn(), let_in(bind, by.held.office_id) as reading:
        data = bundle(reading, seen.id, offered.verifier)
    log.info("bundle of document %s: %s bytes, for office %s", seen.id, len(data), by.held.office_id)
    pieces = (data[place : place + _PIECE] for place in range(0, len(data), _PIECE))
    return StreamingResponse(pieces, media_type=MEDIA_TYPE, headers=headers)


def _headers(session: Session, seen: Sight, offered: Offer) -> dict[str, str]:
    found = offered.standing
    assert found.checkpoint is not None and found.last is not None
    size = found.checkpoint.note.size
    return {
        "ETag": f'"{seen.id}-{size}"', "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{_name(session, seen, size)}"',
        "Dondoc-Checkpoint": str(size), "Dondoc-Proven-Step": f"{found.last.seq}/{len(found.steps)}",
        "Dondoc-Next-Checkpoint": local(offered.next_at).isoformat(),
    }  # fmt: skip


def _name(session: Session, seen: Sight, size: int) -> str:
    row: Mapping[str, str] = lists.document(session, seen.id)
    sent = lists.sendings(session, seen.id)
    number = str(sent[-1]["number"] or "") if sent else ""
    return file_name("ho-so-chung-minh", number or f"van-ban-{seen.id}", row["unit"], f"moc-{size}", ending="zip")


def _pace(person_id: int, machine: Settings) -> None:
    """Raises `TooManyRequests`; a machine without limits has none here."""
    wait = _taken.take(str(person_id), A_MINUTE if machine.session_requests_per_minute else 0)
    if wait:
        raise TooManyRequests(seconds=int(wait) + 1)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise TwoAtWork()
    try:
        yield
    finally:
        _turns.release()


_turns = threading.BoundedSemaphore(AT_ONCE)
_taken = Buckets()
