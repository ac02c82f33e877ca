"""Writing a plan: whom it addresses and what it requires of them, checked before anything is kept.

A requirement says what is owed (a report on a form, or a plan of one's own), for which window, until when at each
level, and which bodies issue, draft, receive and follow. Nothing of this is guessed from the tree later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from states import offices, units
from states.errors import Invalid, Reason
from states.lifecycle import Action, Kind
from states.opening import NewDocument, open_document
from states.periods import LOCAL, TWO_LEVELS_FROM, Window, vi_date
from states.policy import Actor, Parties, may
from states.sentences import Sentence
from states.units import Place

LEVELS = ("nation", "province", "district", "commune", "village", "body")
"""From the top down, the order in which levels consolidate."""


@dataclass(frozen=True)
class LevelOrder:
    """One level of a requirement: its deadline (an aware moment) and the bodies by their role in each unit."""

    level: str
    due_at: datetime
    issuer_role: str | None = None
    drafter_role: str | None = None
    receiver_role: str | None = None
    follower_roles: Sequence[str] = ()
    followers: Sequence[int] = ()
    copies: Sequence[str] = ()


@dataclass(frozen=True)
class RequirementOrder:
    """What is asked. `straddle` says what to do with a window over a reform of the units: refuse, or split."""

    kind: Kind
    title: str
    form: str
    form_version: int
    window: Window
    levels: Sequence[LevelOrder]
    legal_basis: str
    series: str = "BC"
    urgency: str = ""
    straddle: str = "refuse"
    periodic: bool = False


@dataclass(frozen=True)
class PlanOrder:
    """A plan as it is ordered: issuer, title, addressees (unit, with all below it or alone), requirements."""

    unit_id: int
    title: str
    addressees: Sequence[tuple[int, bool]]
    requirements: Sequence[RequirementOrder]
    subject: str = ""
    field: str = ""
    form: str = "plan"
    form_version: int = 1
    issuer_id: int | None = None
    drafter_id: int | None = None
    legal_basis: str = ""
    window: Window | None = None


class PlanNotPossible(Invalid):
    """Kế hoạch chưa lập được (the plan can't be made as ordered): {why}"""


class NotYourPlan(PlanNotPossible):
    """Bạn không lập được kế hoạch này (not a plan of yours to draft): {why}"""

    status = 403


def draft_plan(session: Session, order: PlanOrder, actor: Actor, at: datetime) -> int:
    """Open the plan in its drafter's hands with its requirements; returns its number, or raises all that is wrong.

    Raises `NotYourPlan` where the actor is no drafter of it, where it is issued or drafted by a body of another unit,
    or asks something of a unit that is not below its own; `PlanNotPossible` with a reason per place: a unit that is
    not valid for the window by name, a window over 1/7/2025 that no rule splits, a deadline that comes before the
    figures end or after the level above.
    """
    unit = units.get(session, order.unit_id)
    issuer, drafter = order.issuer_id or unit.id, order.drafter_id or order.issuer_id or unit.id
    addressees = [units.get(session, unit_id) for unit_id, _ in order.addressees]
    foreign = [*_not_its_drafter(session, Parties(unit.id, issuer, drafter, path=unit.path), actor, at),
               *_foreign_bodies(session, unit, {issuer, drafter}), *_outside(session, unit, addressees)]  # fmt: skip
    if foreign:
        raise NotYourPlan(reasons=foreign, why="; ".join(f"{r.place}: {r.message}" for r in foreign[:5]))
    parts = [part for requirement in order.requirements for part in _parts(requirement)]
    wrong = list(_wrong(parts, addressees, at))
    if wrong:
        raise PlanNotPossible(reasons=wrong, why="; ".join(f"{r.place}: {r.message}" for r in wrong))
    window = order.window or (order.requirements[0].window if order.requirements else None)
    plan = open_document(session, NewDocument(
        Kind.PLAN, unit.id, order.title, "KH", issuer, drafter, None, order.subject, order.field, order.form,
        order.form_version, window.first if window else None, window.last if window else None,
        order.legal_basis), actor, at)  # fmt: skip
    run = session.connection().exec_driver_sql
    for unit_id, subtree in order.addressees:
        run(_ADDRESS, {"plan": plan, "unit": unit_id, "subtree": subtree})
    for part in parts:
        _keep(session, plan, order.field, part, at)
    return plan


def _keep(session: Session, plan: int, subject_field: str, part: RequirementOrder, at: datetime) -> None:
    run = session.connection().exec_driver_sql
    keys = {"plan": plan, "kind": part.kind.value, "title": part.title, "form": part.form,
            "version": part.form_version, "field": subject_field, "series": part.series, "basis": part.legal_basis,
            "urgency": part.urgency, "first": part.window.first, "last": part.window.last, "at": at}  # fmt: skip
    requirement = run(_REQUIRE, keys).scalar_one()
    for level in part.levels:
        run(_LEVEL, {**vars(level), "requirement": requirement, "follower_roles": list(level.follower_roles),
                     "followers": list(level.followers), "copies": list(level.copies)})  # fmt: skip


def _not_its_drafter(session: Session, parties: Parties, actor: Actor, at: datetime) -> Iterator[Reason]:
    day = at.astimezone(LOCAL).date()
    if not may(Action.OPEN, offices.holder(session, actor, day).holder, parties, day):
        drafter = units.get(session, parties.drafter_id).name
        yield Reason(
            "người soạn", Sentence("kế hoạch do công chức tham mưu của {unit} soạn lập", unit=drafter),
            "để công chức tham mưu của đơn vị đó lập, hoặc đặt lại đơn vị soạn thảo",
        )  # fmt: skip


def _foreign_bodies(session: Session, unit: Place, bodies: set[int]) -> Iterator[Reason]:
    """Who issues and who drafts: the unit itself, or a committee or department of it."""
    for body in (units.get(session, one) for one in sorted(bodies - {unit.id})):
        if body.parent_id != unit.id or body.level != "body":
            words = Sentence("{body} không phải cơ quan của {unit}", body=body.name, unit=unit.name)
            yield Reason("cơ quan ban hành, soạn thảo", words, "chọn chính đơn vị, hoặc ban, phòng, sở của đơn vị")


def _outside(session: Session, unit: Place, addressees: Sequence[Place]) -> Iterator[Reason]:
    """A plan asks of what is below its unit, never of a neighbour; the nation asks of all.

    Where the units change within the window, what was below it before, or is below what it has become, counts too.
    """
    if unit.id == units.ROOT:
        return
    beside = [place for place in addressees if not place.path.startswith(unit.path)]
    keys = {"beside": [place.id for place in beside], "path": unit.path}
    related = set(session.connection().exec_driver_sql(_RELATED, keys).scalars()) if beside else set()
    for place in beside:
        if place.id not in related:
            words = Sentence("{unit} không trực thuộc {above}", unit=_full(place), above=unit.name)
            yield Reason("đơn vị nhận", words, "chọn đơn vị trực thuộc")


def _parts(requirement: RequirementOrder) -> list[RequirementOrder]:
    """The requirement as it is, or split at the reform of the units where it says so."""
    if requirement.straddle != "split" or not requirement.window.straddles():
        return [requirement]
    before, after = requirement.window.split_at()
    return [replace(requirement, window=before), replace(requirement, window=after)]


def _wrong(parts: Sequence[RequirementOrder], addressees: Sequence[Place], at: datetime) -> Iterator[Reason]:
    if not addressees:
        yield Reason("đơn vị nhận", "chưa có đơn vị nào", "chọn ít nhất một đơn vị")
    if not parts:
        yield Reason("yêu cầu", "kế hoạch chưa yêu cầu gì", "thêm ít nhất một yêu cầu")
    split = any(part.straddle == "split" for part in parts)
    for place in addressees:
        if not split and not _valid(place, at.astimezone(LOCAL).date()):
            words = Sentence("{unit} không tồn tại vào ngày kế hoạch", unit=_full(place))
            yield Reason("đơn vị nhận", words, "chọn đơn vị hiện hành")
        elif not any(_valid(place, part.window.last) for part in parts):
            words = Sentence("{unit} không tồn tại trong kỳ báo cáo", unit=_full(place))
            yield Reason("đơn vị nhận", words, "chọn đơn vị của kỳ đó")
    for part in parts:
        yield from _wrong_part(part, addressees)


def _wrong_part(part: RequirementOrder, addressees: Sequence[Place]) -> Iterator[Reason]:
    name = Sentence("yêu cầu «{title}»", title=part.title)
    if part.window.straddles():
        yield Reason(
            name,
            Sentence("kỳ {window} vắt qua ngày {day}, khi các đơn vị thay đổi",
                     window=part.window.name(), day=vi_date(TWO_LEVELS_FROM)),
            "chia kỳ (straddle: split) hoặc chọn kỳ không vắt qua ngày đó",
        )  # fmt: skip
    if not any(_valid(place, part.window.last) for place in addressees):
        yield Reason(name, "không có đơn vị nhận nào tồn tại khi kỳ kết thúc", "thêm đơn vị của kỳ đó")
    if unknown := [order.level for order in part.levels if order.level not in LEVELS]:
        known = Sentence("dùng một trong: {known}", known=", ".join(LEVELS))
        yield Reason(name, Sentence("không có cấp «{unknown}»", unknown=", ".join(unknown)), known)
        return
    if not part.levels:
        yield Reason(name, "chưa nêu cấp nào phải thực hiện", "thêm cấp và thời hạn")
    yield from _wrong_levels(name, part)


def _wrong_levels(name: str, part: RequirementOrder) -> Iterator[Reason]:
    levels = sorted(part.levels, key=lambda order: LEVELS.index(order.level))
    for level in levels:
        if part.kind is Kind.REPORT and part.periodic and level.due_at <= part.window.cut_off:
            yield Reason(
                Sentence("{name}, cấp {level}", name=name, level=level.level),
                "thời hạn gửi trước khi hết thời gian chốt số liệu",
                "đặt thời hạn sau ngày chốt số liệu ít nhất một ngày làm việc (Nghị định 09/2019/NĐ-CP)",
            )  # fmt: skip
    if part.kind is Kind.REPORT:
        for above, below in zip(levels, levels[1:], strict=False):
            if below.due_at > above.due_at and below.level != "body":
                yield Reason(
                    Sentence("{name}, cấp {level}", name=name, level=below.level),
                    Sentence("hạn muộn hơn hạn của cấp {level}", level=above.level),
                    "cấp dưới gửi trước cấp trên",
                )


def _valid(place: Place, day: date) -> bool:
    return place.valid_from <= day and (place.valid_to is None or day <= place.valid_to)


def _full(place: Place) -> str:
    ended = f", hết hiệu lực {vi_date(place.valid_to)}" if place.valid_to else ""
    return f"{place.name} ({place.parent_name or place.registry}{ended})"


# Of the units beside: those with a unit in them, themselves included, that became one below the path, or comes of one.
_RELATED = """
SELECT DISTINCT b.id FROM unit b JOIN unit u ON u.path LIKE b.path || '%%'
  JOIN succession s ON u.id IN (s.old_id, s.new_id)
  JOIN unit other ON other.id IN (s.old_id, s.new_id) AND other.id <> u.id AND starts_with(other.path, %(path)s)
 WHERE b.id = ANY(%(beside)s::integer[])
"""
_ADDRESS = "INSERT INTO addressee (plan_id, unit_id, subtree) VALUES (%(plan)s, %(unit)s, %(subtree)s)"
_REQUIRE = """
INSERT INTO requirement (plan_id, kind, title, form, form_version, field, series, legal_basis, urgency, period_first,
                         period_last, created_at)
VALUES (%(plan)s, %(kind)s, %(title)s, %(form)s, %(version)s, %(field)s, %(series)s, %(basis)s, %(urgency)s, %(first)s,
        %(last)s, %(at)s) RETURNING id
"""
_LEVEL = """
INSERT INTO requirement_level (requirement_id, level, due_at, issuer_role, drafter_role, receiver_role, follower_roles,
                               followers, copies)
VALUES (%(requirement)s, %(level)s, %(due_at)s, %(issuer_role)s, %(drafter_role)s, %(receiver_role)s,
        %(follower_roles)s, %(followers)s, %(copies)s)
"""
