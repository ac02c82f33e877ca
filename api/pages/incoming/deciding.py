"""The two ends of a paper: into the draft that it fills, or registered as signed outside the system; or put aside.

All that is wrong is told at once; nothing is kept of a refused act.
"""

from datetime import datetime, time

from sqlmodel import Session

from api.pages import typed
from api.pages.incoming.owed import Choice, same_unit
from api.pages.incoming.work import Work
from api.pages.shell import Visit
from api.pages.typed import Reader, WrongInForm
from documents import drafting
from states import contents, incoming
from states.errors import Conflict, Reason
from states.periods import LOCAL
from states.steps import Paper, Taken


class RegisteredElsewhere(Conflict):
    """Tệp này đã được đăng ký ở văn bản số {document} (this file is registered already): mở văn bản đó để xem."""


def fill_draft(session: Session, work: Work, visit: Visit, read: Reader) -> int:
    """Put the content into the owed report's draft; returns the document. Raises what is wrong in words."""
    choice = _ready(work, visit, read)
    assert work.content is not None
    read.done()
    owed = choice.owed
    # Of a plan the page has no tasks and assignees: the draft's own stay.
    told = {name: value for name, value in work.content.heard.typed.items() if value or name not in _NOT_HERE}
    written = {**contents.draft(session, owed.id).content, **told}
    version = typed.number(typed.words(read.form, f"version.{owed.id}")) or 0
    drafting.save(session, owed.id, written, version, visit.me.holder, visit.now)
    incoming.decide(session, work.one.id, "draft", owed.id, work.confirmed, visit.me.actor, visit.now)
    return owed.id


def register(session: Session, work: Work, visit: Visit, read: Reader) -> Taken:
    """Register the paper with what stands on it and the digest of its file. Raises what is wrong in words."""
    if work.registered is not None:
        raise RegisteredElsewhere(document=work.registered)
    choice = _ready(work, visit, read)
    assert work.content is not None
    paper = _paper(work, choice, visit, read)
    read.done()
    seq = typed.number(typed.words(read.form, f"seq.{choice.owed.id}")) or 0
    content = work.content.heard.typed
    taken = drafting.register_paper(session, choice.owed.id, content, paper, visit.me.actor, visit.now, seq=seq)
    incoming.decide(session, work.one.id, "registered", choice.owed.id, work.confirmed, visit.me.actor, visit.now)
    return taken


def _ready(work: Work, visit: Visit, read: Reader) -> Choice:
    """What both ends need: a document, every unsure field looked at, every cell legible, differences seen."""
    say = visit.say
    if work.choice is None or work.content is None:
        raise WrongInForm(reasons=[Reason("cho", say(_("Chọn văn bản mà tệp này trả lời.")))])
    read.wrong += [Reason(one.place, one.message) for one in work.unlooked]
    read.wrong += [Reason(name, f"{say(_('Chưa đọc được'))}: {why}") for name, why in work.content.heard.unread.items()]
    if work.differs and not read.wrong and read.form.get("khac") != _said(work):
        read.wrong.append(Reason("khac", say(_("Có chỗ nhập khác tệp: xem từng chỗ rồi đánh dấu đã xem."))))
    return work.choice


def _said(work: Work) -> str:
    return str(len(work.differs))


def _paper(work: Work, choice: Choice, visit: Visit, read: Reader) -> Paper:
    """The paper's own number, symbol, date, signer and arrival; partial or missing ones are refused."""
    say, fields = visit.say, work.fields
    unit = work.paper["unit"]["value"]
    if not same_unit(choice.owed, unit, fields["unit"].value):
        words = say(_("Tệp là của «%(paper)s», không phải của %(unit)s: chọn đúng văn bản, hoặc sửa lại tên đơn vị."))
        read.wrong.append(Reason("h.unit", words % {"paper": fields["unit"].value or "…", "unit": choice.owed.unit}))
    number = typed.number(fields["number"].value.lstrip("0"))
    if number is None:
        words = say(_("Văn bản chưa có số: ghi số như trên bản giấy, hoặc trả lại nơi gửi."))
        read.wrong.append(Reason("h.number", words))
    symbol = fields["symbol"].value.strip(" /")
    if not symbol:
        read.wrong.append(Reason("h.symbol", say(_("Ghi ký hiệu đúng như trên văn bản, ví dụ BC-UBND."))))
    signer = fields["signer.name"].value.strip()
    if not signer:
        read.wrong.append(Reason("h.signer.name", say(_("Ghi họ tên người ký trên văn bản."))))
    dated = typed.day(fields["date"].value)
    if dated is None:
        read.wrong.append(Reason("h.date", say(_("Ngày văn bản chưa đủ ngày, tháng, năm: ghi như trên bản giấy."))))
    arrived = read.day("arrived", say(_("Ghi ngày văn bản đến.")))
    today = visit.by.day
    on = visit.now if arrived == today else datetime.combine(arrived or today, time(7, 30), LOCAL)
    day = datetime.combine(dated or today, time(), LOCAL)
    return Paper(number or 1, symbol, day, signer, on, bytes.fromhex(work.one.digest))


_NOT_HERE = ("tasks", "assignees")


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
