"""What stands around a draft: whose it is, what it answers, who saved last, who sent it back and with which words."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from api.auth import Caller
from api.pages.shell import Visit
from api.routes.drafts import NotYourDraft
from api.seeing import Sight
from documents.forms import Form, form
from states import contents, offices
from states.contents import Draft
from states.duties import IN_FORCE
from states.lifecycle import Action, Desk, State
from states.offices import Held
from states.reading import timeline
from states.reading.links import NUMBER
from states.reading.timeline import Event


@dataclass(frozen=True)
class Facts:
    """A draft and what its writer must know beside the fields. `saved_*`: of its working copy, if anybody saved."""

    id: int
    kind: str
    title: str
    unit_id: int
    unit: str
    unit_level: str
    issuer_id: int
    drafter_id: int
    issuer: str
    receiver: str | None
    state: str
    desk: str
    desk_since: datetime
    seq: int
    due_at: datetime | None
    correction_due: datetime | None
    first: date | None
    last: date | None
    legal_basis: str
    urgency: str
    plan_id: int | None
    plan_title: str | None
    plan_number: str | None
    form: Form | None
    saved_at: datetime | None
    saved_by: int | None
    saved_name: str | None
    writers: tuple[str, ...]
    has_children: bool
    takes_in: int

    @property
    def due(self) -> datetime | None:
        """Until when: a correction date while it is returned, else the deadline in force."""
        return self.correction_due or self.due_at

    @property
    def presented(self) -> bool:
        """Whether it lies on the leader's desk."""
        return self.desk == Desk.LEADER and self.state in (State.DRAFT, State.RETURNED)

    @property
    def consolidates(self) -> bool:
        """Whether others' figures go into it: from units below, or contributions."""
        return self.has_children or self.takes_in > 0


@dataclass(frozen=True)
class Access:
    """What the visitor may do with the fields. `why`: why they can't be changed, in words; `may_anyway`: by asking."""

    edits: bool
    presents: bool
    why: str = ""
    may_anyway: bool = False


def facts(session: Session, seen: Sight, by: Caller) -> Facts:
    """The facts of a draft. Raises `NotYourDraft` for who doesn't write it and is no auditor."""
    if not seen.is_ours(by) and by.held.seat != "auditor":
        raise NotYourDraft()
    row = dict(session.connection().exec_driver_sql(_FACTS, {"id": seen.id}).mappings().one())
    code, version = row.pop("form"), row.pop("form_version")
    shape = form(code, version) if code else None
    return Facts(**{**row, "form": shape, "writers": tuple(row["writers"])})


def access(found: Facts, visit: Visit, insists: bool) -> Access:
    """Whether the fields are open to this visitor. The engine decides again when something is saved."""
    seat, unit = visit.seat, visit.me.unit_id
    writes = (seat, unit) in (("leader", found.issuer_id), ("drafter", found.drafter_id))
    say = visit.say
    if found.state not in (State.DRAFT, State.RETURNED):
        return Access(False, False, say(_CLOSED.get(found.state, _CLOSED["submitted"])))
    if not writes:
        return Access(False, False, say(_("Bạn xem được bản dự thảo này; người soạn của đơn vị mới sửa được.")))
    if insists:
        return Access(True, seat == "drafter")
    if found.presented:
        return Access(False, False, say(_("Đã trình ký. Nếu sửa bây giờ thì phải trình lại.")), True)
    if seat == "leader":
        return Access(False, False, say(_("Nếu sửa nội dung, bạn là người soạn và không tự ký được (bốn mắt).")), True)
    return Access(True, True)


def word_of_return(events: list[Event]) -> Event | None:
    """The last word with which it came back to the drafter and that no presentation has answered yet."""
    last = None
    for event in events:
        if event.topic == "step" and event.what in _CAME_BACK and event.words:
            last = event
        elif event.topic == "step" and event.what in (Action.PRESENT, Action.SIGN, Action.SUBMIT):
            last = None
    return last


def came_back(session: Session, document_id: int) -> Event | None:
    """The same, read now."""
    return word_of_return(timeline.timeline(session, document_id))


def working_copy(session: Session, document_id: int) -> Draft:
    """The content as it is saved now."""
    return contents.draft(session, document_id)


def leaders(session: Session, document_id: int, at: datetime) -> list[Held]:
    """Who could sign it: to whom it may be presented."""
    return [held for held, why in offices.who_could_sign(session, document_id, at) if why is None]


def own_plans(session: Session, found: Facts) -> list[tuple[int, str]]:
    """The unit's own plans that name who carries out what the report tells of, the newest first."""
    keys = {"unit": found.unit_id, "plan": found.plan_id, "first": found.first}
    return [(row[0], row[1]) for row in session.connection().exec_driver_sql(_PLANS, keys)]


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_CAME_BACK = (Action.RETURN, Action.REOPEN, Action.SEND_BACK, Action.RECALL, Action.ASSIGN)
_CLOSED: dict[str, str] = {
    State.SIGNED: _("Văn bản đã ký, nội dung không đổi được. Muốn sửa thì lấy lại để sửa ở trang văn bản."),
    State.SUBMITTED: _("Văn bản đã gửi. Muốn sửa thì lãnh đạo xin rút về, hoặc đơn vị nhận trả lại."),
    State.CONSOLIDATED: _("Văn bản đã được tổng hợp. Muốn sửa thì đơn vị nhận mở lại."),
    State.WITHDRAWN: _("Văn bản đã thu hồi, không sửa được nữa."),
}
_FACTS = f"""
SELECT d.id, d.kind, d.title, d.unit_id, u.name AS unit, u.level AS unit_level, d.issuer_id, d.drafter_id,
       issuer.name AS issuer, receiver.name AS receiver, d.state, d.desk, d.desk_since, d.seq,
       {IN_FORCE} AS due_at, d.correction_due,
       d.period_first AS first, d.period_last AS last, d.legal_basis, d.urgency, d.plan_id, p.title AS plan_title,
       sent.number AS plan_number, d.form, d.form_version, w.updated_at AS saved_at, w.updated_by AS saved_by,
       saver.full_name AS saved_name,
       ARRAY(SELECT a.full_name FROM person a WHERE a.id = ANY (w.authors) ORDER BY a.full_name) AS writers,
       EXISTS (SELECT FROM document c WHERE c.parent_id = d.id AND c.kind = 'report') AS has_children,
       (SELECT count(*) FROM intake i WHERE i.document_id = d.id) AS takes_in
  FROM document d JOIN unit u ON u.id = d.unit_id JOIN unit issuer ON issuer.id = d.issuer_id
  LEFT JOIN unit receiver ON receiver.id = d.receiver_id LEFT JOIN document p ON p.id = d.plan_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number FROM sending s WHERE s.document_id = p.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
  LEFT JOIN working_copy w ON w.document_id = d.id AND w.version > 0
  LEFT JOIN person saver ON saver.id = w.updated_by
 WHERE d.id = %(id)s
"""
# A unit answers a plan from above by a plan of its own, or the plan is its own; a ward may just have one for the year.
_PLANS = """
SELECT d.id, d.title FROM document d
 WHERE d.kind = 'plan' AND d.unit_id = %(unit)s AND d.state <> 'withdrawn'
   AND (d.id = %(plan)s OR d.plan_id = %(plan)s OR %(first)s BETWEEN d.period_first AND d.period_last)
 ORDER BY (d.plan_id = %(plan)s) DESC NULLS LAST, d.id DESC LIMIT 10
"""
