"""From what was typed in the form of an act to the step: every field read, all that is wrong told at once."""

from datetime import datetime, time

from sqlmodel import Session
from starlette.datastructures import FormData, UploadFile

from api import lists
from api.pages import typed
from api.pages.document import places as document_places
from api.pages.document.form import PASSPHRASE, working_days
from api.pages.document.shown import form_of, shown
from api.pages.shell import Visit
from api.pages.typed import Reader
from api.seeing import Sight
from documents import drafting
from documents.signing import acts as signing
from states import contents, days, files
from states.errors import Reason
from states.lifecycle import Action
from states.periods import LOCAL
from states.steps import Paper, Request, Taken, take


def step(session: Session, seen: Sight, action: Action, visit: Visit, read: Reader) -> Taken:
    """Take the step that the form asks for. Raises `WrongInForm` and whatever the door refuses.

    A form that does not say which step its page showed is as old as can be.
    """
    actor, at = visit.me.actor, visit.now
    seq = typed.number(typed.words(read.form, "seq")) or 0
    to_office = typed.number(typed.words(read.form, "to_office"))
    if action is Action.PRESENT:
        return drafting.present(session, seen.id, actor, at, seq=seq, to_office=to_office)
    if action is Action.SIGN:
        revision = typed.number(typed.words(read.form, "revision_id"), 2**63 - 1)
        request = Request(seen.id, Action.SIGN, seq, revision_id=revision or -1)
        return signing.sign_document(session, request, actor, at, passphrase=secret(read.form))
    if action is Action.REGISTER:
        paper = _paper(session, read, at)
        read.done()
        content = contents.draft(session, seen.id).content
        return drafting.register_paper(session, seen.id, content, paper, actor, at, seq=seq)
    due, place = _due(session, action, visit, read), typed.words(read.form, "place")[:200]
    request = Request(
        seen.id, action, seq, reason=_reason(read, place, session, seen, visit), to_office=to_office, due_at=due,
        reason_code=typed.words(read.form, "reason_code") or None, recipients=_recipients(read),
        details={"place": place} if place else {},
    )  # fmt: skip
    read.done()
    if action is Action.SUBMIT:
        return signing.submit_document(session, request, actor, at, passphrase=secret(read.form))
    return take(session, request, actor, at)


def secret(form: FormData) -> str | None:
    """The passphrase as it was typed, blanks and all: none of it is ours to change, nor to keep."""
    said = form.get(PASSPHRASE)
    return said if isinstance(said, str) and said else None


def _reason(read: Reader, place: str, session: Session, seen: Sight, visit: Visit) -> str | None:
    """What was written; the place stands before it, so that it is read wherever the reason is."""
    words = read.words("reason", most=4000)
    if not words or not place:
        return words or None
    row = lists.document(session, seen.id)
    found = shown(session, seen, row, visit.by, None)
    return f"{document_places.name(place, form_of(row), found.content if found else {}, visit.say)}: {words}"


def _due(session: Session, action: Action, visit: Visit, read: Reader) -> datetime | None:
    if action not in (Action.RETURN, Action.REOPEN):
        return None
    day = read.day("due", visit.say(_("Chọn ngày phải gửi lại.")))
    if day is None:
        return None
    calendar = days.calendar(session)
    if not working_days(calendar, visit.by.day, day):
        read.wrong.append(Reason("due", visit.say(_("Hạn gửi lại phải sau hôm nay ít nhất một ngày làm việc."))))
    return calendar.due_at(day)


def _recipients(read: Reader) -> tuple[str, ...]:
    lines = (line.strip(" -;.") for line in typed.words(read.form, "recipients").splitlines())
    return tuple(line[:200] for line in lines if line)[:200]


def _paper(session: Session, read: Reader, at: datetime) -> Paper:
    """The paper as the clerk reads it, with the digest of its file, which is kept."""
    say = read.say
    number = typed.number(typed.words(read.form, "number"))
    if number is None:
        read.wrong.append(Reason("number", say(_("Ghi số đúng như trên văn bản, ví dụ 36."))))
    symbol = read.words("symbol", say(_("Ghi ký hiệu đúng như trên văn bản, ví dụ BC-UBND.")), 60)
    signer = read.words("signer", say(_("Ghi họ tên người ký trên văn bản.")), 200)
    day = read.day("date", say(_("Ghi ngày của văn bản.")))
    arrived = read.day("arrived", say(_("Ghi ngày văn bản đến.")))
    hour = _hour(typed.words(read.form, "arrived_time"), read, arrived == at.astimezone(LOCAL).date(), at)
    on = datetime.combine(day or at.date(), time(), LOCAL)
    return Paper(
        number or 1, symbol, on, signer, datetime.combine(arrived or at.date(), hour, LOCAL), _digest(session, read)
    )


def _hour(said: str, read: Reader, today: bool, at: datetime) -> time:
    if not said:
        return at.astimezone(LOCAL).time().replace(microsecond=0) if today else time(7, 30)
    try:
        return time.fromisoformat(said)
    except ValueError:
        read.wrong.append(Reason("arrived_time", read.say(_("Giờ đến viết như 08:30."))))
        return time()


def _digest(session: Session, read: Reader) -> bytes | None:
    file = read.form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    with file.file:
        return files.keep(session, file.file.read())


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
