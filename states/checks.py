"""What a step needs before it may be taken. Every check gives all its reasons, in words, with the remedy."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from states.errors import Reason
from states.explaining import ANSWERS
from states.facts import Facts
from states.lifecycle import BY_ACTION, Action, Desk, Kind
from states.periods import LOCAL
from states.policy import signs
from states.reasons import ReturnReason
from states.sentences import InBoth, Sentence

_CLOCK_SKEW = timedelta(minutes=5)


def reasons(session: Session, facts: Facts, request: Any, at: datetime) -> list[Reason]:
    """All that stands in the way of this step; empty where nothing does. Fills `facts.told` with what is told."""
    asked = (*_ALWAYS, *_CHECKS[request.action])
    return [reason for check in asked for reason in check(session, facts, request, at)]


def standing_in_the_way(session: Session, facts: Facts, request: Any, at: datetime) -> list[Reason]:
    """The same without what the actor will say with the act: for the pages that offer it."""
    known = [check for check in _CHECKS[request.action] if check not in _SAID_WITH_THE_ACT]
    return [reason for check in known for reason in check(session, facts, request, at)]


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────


def _says_why(_s: Session, _f: Facts, request: Any, _at: datetime) -> Iterator[Reason]:
    if not (request.reason or "").strip():
        yield Reason("lý do", "chưa nêu lý do", "viết lý do cho người nhận hiểu phải làm gì")


def _coded(_s: Session, _f: Facts, request: Any, at: datetime) -> Iterator[Reason]:
    if request.reason_code not in list(ReturnReason):
        codes = Sentence("chọn một trong: {codes}", codes=", ".join(ReturnReason))
        yield Reason("mã lý do", "chưa chọn mã lý do trả lại", codes)
    if request.due_at is None or request.due_at <= at:
        yield Reason("hạn gửi lại", "chưa có hạn gửi lại sau thời điểm trả", "đặt ngày phải gửi lại")


def _names_office(_s: Session, _f: Facts, request: Any, _at: datetime) -> Iterator[Reason]:
    if request.to_office is None:
        yield Reason("người nhận việc", "chưa chọn người nhận việc", "chọn một người đang giữ vị trí tham mưu")


def _can_be_kept(_s: Session, _f: Facts, request: Any, _at: datetime) -> Iterator[Reason]:
    """Words are kept and hashed as UTF-8; neither NUL nor half a character has a place there."""
    words = request.reason or ""
    if "\0" in words or any("\ud800" <= letter <= "\udfff" for letter in words):
        yield Reason("lý do", "có ký tự không lưu được", "xóa ký tự lạ rồi gửi lại")


_SITS = """
SELECT EXISTS (SELECT FROM office WHERE id = %(office)s AND seat = %(seat)s AND unit_id = %(unit)s
                  AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s))
"""


def _sits_there(session: Session, facts: Facts, request: Any, at: datetime) -> Iterator[Reason]:
    """Who is named to act next sits, on that day, at the desk that the paper then lies on."""
    if request.to_office is None:
        return
    desk, parties = BY_ACTION[request.action].desk or Desk.DRAFTER, facts.parties
    seat, unit = {
        Desk.DRAFTER: ("drafter", parties.drafter_id), Desk.LEADER: ("leader", parties.issuer_id),
        Desk.CLERK: ("clerk", parties.issuer_id), Desk.RECEIVER: ("supervisor", parties.receiver_id),
    }.get(desk, ("", None))  # fmt: skip
    keys = {"office": request.to_office, "seat": seat, "unit": unit, "day": at.astimezone(LOCAL).date()}
    if not session.connection().exec_driver_sql(_SITS, keys).scalar():
        yield Reason("người nhận việc", "người được chọn không giữ vị trí này", "chọn người đang giữ vị trí đó")


def _names_its_content(_s: Session, facts: Facts, request: Any, _at: datetime) -> Iterator[Reason]:
    """A content that is named is one of this document; once signed, no other one goes out."""
    if request.revision_id is None:
        return
    signed = request.action not in (Action.PRESENT, Action.SIGN, Action.REGISTER)
    if facts.cut_id is None or signed and request.revision_id != facts.revision_id:
        yield Reason("nội dung", "bản nội dung nêu không phải của văn bản này", "mở lại văn bản rồi làm lại")


# ── signing ─────────────────────────────────────────────────────────────────────────────────────────────────


def _has_content(_s: Session, facts: Facts, request: Any, _at: datetime) -> Iterator[Reason]:
    if facts.cut_id is None:
        yield Reason("nội dung", "chưa có nội dung được chốt", "trình ký (present) để chốt nội dung trước khi ký")
    elif request.revision_id is None:
        yield Reason("nội dung", "chưa nêu bản nội dung được ký", "gửi kèm số bản (revision) đã đọc")


_IS_NEWEST = """
SELECT (SELECT max(id) FROM revision WHERE document_id = %(id)s AND part = 'whole') = %(revision)s,
       coalesce((SELECT w.updated_at > r.cut_at FROM working_copy w, revision r
                  WHERE w.document_id = %(id)s AND r.id = %(revision)s), false)
       OR EXISTS (SELECT FROM intake i WHERE i.document_id = %(id)s AND NOT EXISTS
                  (SELECT FROM derivation v WHERE v.revision_id = %(revision)s AND v.source_id = i.source_id))
"""


def _content_is_newest(session: Session, facts: Facts, request: Any, _at: datetime) -> Iterator[Reason]:
    if request.revision_id is None or facts.cut_id is None:
        return
    keys = {"id": facts.document_id, "revision": request.revision_id}
    newest, edited = session.connection().exec_driver_sql(_IS_NEWEST, keys).one()
    if not newest or edited:
        yield Reason("nội dung", "nội dung đã sửa sau khi chốt", "trình ký lại để chốt nội dung mới rồi đọc lại")


_OPEN_FINDINGS = f"""
SELECT f.code, f.severity, f.place, f.message, f.message_en,
       EXISTS (SELECT FROM explanation e WHERE {ANSWERS})
  FROM finding f WHERE f.document_id = %(id)s AND (f.revision_id IS NULL OR f.revision_id = %(revision)s)
   AND f.severity <> 'note' ORDER BY f.id
"""


def _findings_answered(session: Session, facts: Facts, _request: Any, _at: datetime) -> Iterator[Reason]:
    keys = {"id": facts.document_id, "revision": facts.cut_id}
    explained = []
    found = session.connection().exec_driver_sql(_OPEN_FINDINGS, keys)
    for code, severity, place, vietnamese, english, answered in found:
        message = InBoth(vietnamese, english)
        if severity == "refuse":
            yield Reason(place, message, "sửa số liệu ở chỗ này")
        elif not answered:
            yield Reason(place, message, Sentence("sửa, hoặc giải trình điểm này (mã {code})", code=code))
        else:
            explained.append(code)
    if explained:
        facts.told["explained"] = sorted(set(explained))


def _mandate(_s: Session, facts: Facts, _request: Any, at: datetime) -> Iterator[Reason]:
    if why := signs(facts.holder, facts.kind.value, facts.field):
        yield Reason("thẩm quyền ký", why, "chuyển cho Chủ tịch hoặc người phụ trách lĩnh vực")
    if facts.holder.machine:
        yield Reason("người ký", "chương trình không ký văn bản", "để lãnh đạo ký")
    facts.told["day"] = at.astimezone(LOCAL).date().isoformat()


def _four_eyes(_s: Session, facts: Facts, _request: Any, _at: datetime) -> Iterator[Reason]:
    """The signer is no author of content changed since the last signature; in a small unit it is told instead."""
    if facts.holder.person_id not in facts.authors:
        return
    if facts.small:
        facts.told["drafter_signs"] = True
        return
    yield Reason("người ký", "người ký cũng là người soạn nội dung", "để lãnh đạo khác ký (bốn mắt)")


def _draft_not_empty_total(session: Session, facts: Facts, _request: Any, _at: datetime) -> Iterator[Reason]:
    """A total is not signed over a child that was recalled or reopened since: it is a gap, not a figure."""
    if facts.cut_id is None:
        return
    gone = session.connection().exec_driver_sql(_GONE, {"revision": facts.cut_id}).scalars().all()
    if gone:
        names = ", ".join(gone[:5]) + ("…" if len(gone) > 5 else "")
        yield Reason(
            "số liệu tổng hợp",
            Sentence("số liệu của {names} đã bị rút hoặc mở lại sau khi tổng hợp", names=names),
            "tổng hợp lại rồi ký",
        )


_GONE = """
SELECT u.name FROM derivation v JOIN revision r ON r.id = v.source_id JOIN document c ON c.id = r.document_id
  JOIN unit u ON u.id = c.unit_id
 WHERE v.revision_id = %(revision)s AND r.part = 'whole'
   AND (c.state NOT IN ('consolidated','submitted') OR c.revision_id IS DISTINCT FROM r.id)
 ORDER BY u.name
"""


# ── sending, registering, receiving ─────────────────────────────────────────────────────────────────────────


def _recipients(_s: Session, facts: Facts, request: Any, _at: datetime) -> Iterator[Reason]:
    if not request.recipients and facts.parties.receiver_id is None:
        yield Reason("nơi nhận", "chưa có nơi nhận", "ghi ít nhất một nơi nhận")


def _paper(_s: Session, _f: Facts, request: Any, at: datetime) -> Iterator[Reason]:
    paper = request.paper
    if paper is None:
        yield Reason("bản giấy", "chưa có số, ngày, người ký của bản giấy", "ghi đúng như trên văn bản")
        return
    if paper.number < 1 or not paper.symbol.strip():
        yield Reason("số, ký hiệu", "số hoặc ký hiệu trống", "ghi đúng như trên văn bản")
    if not paper.signer.strip():
        yield Reason("người ký", "chưa ghi người ký", "ghi đúng như trên văn bản")
    if paper.arrived_at > at + _CLOCK_SKEW:
        yield Reason("ngày đến", "ngày đến ở tương lai", "ghi thời điểm văn bản đến nơi")
    if paper.date.astimezone(LOCAL).date() > paper.arrived_at.astimezone(LOCAL).date():
        yield Reason("ngày văn bản", "văn bản đề ngày sau ngày đến", "xem lại ngày trên văn bản")


def _not_received_yet(session: Session, facts: Facts, _request: Any, _at: datetime) -> Iterator[Reason]:
    if session.connection().exec_driver_sql(_RECEIVED, {"id": facts.document_id}).scalar():
        yield Reason("số đến", "lần gửi này đã vào sổ đến", "không phải làm gì thêm")


_RECEIVED = """
SELECT EXISTS (SELECT FROM receipt WHERE sending_id =
    (SELECT id FROM sending WHERE document_id = %(id)s ORDER BY no DESC LIMIT 1))
"""


def _with_its_total(_s: Session, facts: Facts, _request: Any, _at: datetime) -> Iterator[Reason]:
    """A report is consolidated by what takes its figures up, for a whole level (`states.taking_up`), never alone."""
    if facts.kind is Kind.REPORT:
        yield Reason("tổng hợp", "báo cáo chỉ được tổng hợp cùng số liệu của cả cấp", "dùng chức năng tổng hợp")


def _nobody_owes_it(_s: Session, facts: Facts, _request: Any, _at: datetime) -> Iterator[Reason]:
    if facts.kind is Kind.REPORT and facts.requirement_id is not None and not facts.supplement:
        yield Reason("báo cáo", "đây là báo cáo phải gửi theo kế hoạch", "xin gia hạn hoặc xin miễn báo cáo")


Check = Callable[[Session, Facts, Any, datetime], Iterator[Reason]]
_CHECKS: dict[Action, tuple[Check, ...]] = {
    Action.OPEN: (),
    Action.ASSIGN: (_names_office,),
    Action.PRESENT: (),
    Action.SEND_BACK: (_says_why,),
    Action.SIGN: (_has_content, _content_is_newest, _findings_answered, _mandate, _four_eyes, _draft_not_empty_total),
    Action.REVISE: (),
    Action.SUBMIT: (_recipients,),
    Action.REGISTER: (_has_content, _paper),
    Action.RECEIVE: (_not_received_yet,),
    Action.RETURN: (_says_why, _coded),
    Action.RECALL: (_says_why,),
    Action.CONSOLIDATE: (_with_its_total,),
    Action.REOPEN: (_says_why, _coded),
    Action.WITHDRAW: (_says_why, _nobody_owes_it),
}
_ALWAYS = (_can_be_kept, _sits_there, _names_its_content)
_SAID_WITH_THE_ACT = (_says_why, _coded, _names_office, _recipients, _paper)
