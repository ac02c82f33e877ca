"""Plans (kế hoạch): drafted, listed, read, amended, fanned out."""

from fastapi import APIRouter

from api import administering, lists
from api.auth import Access, Acting, NotForYou, allowed
from api.deps import InTransaction, Page
from api.idempotency import OnceOnly
from api.orders import order
from api.schemas.base import PageOf
from api.schemas.documents import StepOut
from api.schemas.plans import Amended, AmendIn, FannedOutOut, PlanIn, PlanLine, RequirementOut
from api.seeing import SeenPlan
from states import duties
from states.days import calendar
from workflows import fanout, planning

router = APIRouter(prefix="/plans", tags=["plans"])


@router.post("", summary="Draft a plan", status_code=201, dependencies=[allowed(Access.DRAFTER)])
def draft_plan(new: PlanIn, session: InTransaction, by: Acting, once: OnceOnly) -> StepOut:
    """Opened in its drafter's hands with all that it requires; what is wrong is told place by place."""
    ordered = order(session, new, by, calendar(session))
    plan = planning.draft_plan(session, ordered, by.held.actor, by.at)
    row = lists.document(session, plan)
    return once.keep(StepOut(document_id=plan, seq=row["seq"], action="open", state=row["state"],
                             digest=row["head"], number=None))  # fmt: skip


@router.get("", summary="Plans that I may see", dependencies=[allowed(Access.OFFICE)])
def read_plans(session: InTransaction, by: Acting, page: Page) -> PageOf[PlanLine]:
    """The newest first: of one's own, of those below, and those that address one's unit."""
    found = lists.plans(session, by, page)
    more = found[page.limit - 1]["id"] if len(found) > page.limit else None
    return PageOf(items=PlanLine.all(found[: page.limit]), next=more)


@router.get("/{plan_id}/requirements", summary="What a plan asks for", dependencies=[allowed(Access.OFFICE)])
def read_requirements(seen: SeenPlan, session: InTransaction) -> list[RequirementOut]:
    """With the day of each level. The plan's text is read at /documents."""
    return RequirementOut.all(lists.requirements(session, seen.id))


@router.post("/{plan_id}/fan-out", summary="Fan a plan out now", dependencies=[allowed(Access.WORKING | Access.ADMIN)])
def fan_out(seen: SeenPlan, session: InTransaction, by: Acting, once: OnceOnly) -> FannedOutOut:
    """What Prefect does after the plan is issued, done here and now; twice changes nothing more.

    For whoever issued or wrote it, whose sending asks for this anyway, and for an administrator of the issuer's part of
    the tree: that a plan addresses a unit gives its administrator no say in it.
    """
    if by.held.seat == "admin":
        administering.check_unit(session, seen.parties.issuer_id, by)
    elif not seen.is_ours(by):
        raise NotForYou(seat=by.held.seat, wanted="đơn vị ban hành, admin")
    return once.keep(FannedOutOut.of(fanout.fan_out(session, seen.id, by.at)), 200)


@router.post("/{plan_id}/amendments", summary="Move a plan's deadline for one level", status_code=201,
             dependencies=[allowed(Access.LEADER)])  # fmt: skip
def amend_plan(seen: SeenPlan, new: AmendIn, session: InTransaction, by: Acting, once: OnceOnly) -> Amended:
    """By a leader of the unit that issued it; every open report of that level moves with it."""
    if by.held.unit_id != seen.parties.issuer_id:
        raise NotForYou(seat=by.held.seat, wanted="lãnh đạo đơn vị ban hành")
    moved = duties.amend(session, seen.id, new.level, new.until, new.reason, by.held.holder, by.at)
    return once.keep(Amended(reports=moved))
