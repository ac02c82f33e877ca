"""Tổng hợp ngay: what was sent is taken up into a total by hand, and told in words; a row in a unit's own words is
given its category."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import InTransaction
from api.idempotency import Once
from api.pages.shell import Visit, Visiting
from api.pages.totals import place as totals_place
from api.pages.totals.asked import WAITING, Asked
from api.pages.totals.place import RUNNING, Total
from api.routes import consolidation
from api.schemas.plans import ConsolidatedOut, ConsolidateIn
from api.seeing import SeenPlan, Sight, seen_plan
from documents import mapping
from states.reading.coverage import WHY, of_total
from workflows.progress import progress

router = APIRouter(prefix="/ke-hoach")
_MOST = 6


@router.post("/{plan_id:int}/tong-hop", dependencies=[allowed(RUNNING)])
def run(
    seen: SeenPlan, visit: Visiting, session: InTransaction, unit: Annotated[int, Form(alias="don-vi")],
    tab: Annotated[str, Form(alias="bieu", max_length=8)] = "",
) -> RedirectResponse:  # fmt: skip
    """Through the API's own door. Safe to press again: it then finds nothing new. Raises `NotBelowYou`."""
    total = totals_place.choose(totals_place.of_plan(session, seen.id, visit.by), visit.by, unit, None)
    words = take_up(session, seen, total, visit)
    return visit.back_to(Asked(seen.id, unit=unit, tab=tab).href(), words)


@router.post("/{plan_id:int}/tong-hop/xep-nhom", dependencies=[allowed(Access.DRAFTER | Access.LEADER)])
def place(
    seen: SeenPlan, visit: Visiting, session: InTransaction, unit: Annotated[int, Form(alias="don-vi")],
    table: Annotated[int, Form(alias="bang", ge=1, le=999)], label: Annotated[str, Form(alias="dong", max_length=500)],
    row: Annotated[int, Form(alias="nhom", ge=1, le=99)],
) -> RedirectResponse:  # fmt: skip
    """By those who write the total; holds for the same words in every later report of the form."""
    total = totals_place.choose(totals_place.of_plan(session, seen.id, visit.by), visit.by, unit, None)
    mapping.place(session, total.id, table, label, row, visit.me.holder, visit.now)
    words = visit.say(_("Đã xếp «%(row)s» vào nhóm; số tổng hợp thay đổi ở lần tổng hợp hoặc trình ký tới."))
    return visit.back_to(Asked(seen.id, unit=unit, tab=WAITING).href(), words % {"row": label})


def take_up(session: Session, plan: Sight, total: Total, visit: Visit) -> str:
    """Take up what was sent into this total, told to whoever watches; returns what was done, in words."""
    doing = f"Tổng hợp {total.unit}"
    with progress(session.connection().engine, "consolidate", plan.id, 1, doing, visit.now) as tell:
        once = Once(session, visit.me.person_id, None)
        done = consolidation.consolidate(plan, ConsolidateIn(level=total.level, unit=total.unit_id), session, visit.by,
                                         once)  # fmt: skip
        tell(1, f"{doing}: {done.reports} báo cáo, còn thiếu {done.missing}")
    return _words(session, done, total, visit)


def plan_of(session: Session, total: Total, visit: Visit) -> Sight:
    """The plan that asks for the total. Raises `NoSuchPlan`."""
    return seen_plan(total.plan_id, session, visit.by)


def _words(session: Session, done: ConsolidatedOut, total: Total, visit: Visit) -> str:
    say = visit.say
    if not done.reports and not done.totals and not done.supplements:
        said = say(_("Không có gì mới để tổng hợp."))
    elif done.supplements:
        said = say(_("Đã mở bản bổ sung và tổng hợp %(n)s báo cáo gửi muộn vào đó.")) % {"n": done.reports}
    else:
        said = say(_("Đã tổng hợp thêm %(n)s báo cáo; bảng đã được cộng lại.")) % {"n": done.reports}
    missing = [gap for gap in of_total(session, total.id).gaps if gap.level == total.below]
    if not missing:
        return f"{said} {say(_('Không còn đơn vị nào thiếu.'))}"
    names = ", ".join(f"{gap.unit} ({WHY[gap.why]})" for gap in missing[:_MOST])
    more = say(_(" và %(n)s đơn vị khác")) % {"n": len(missing) - _MOST} if len(missing) > _MOST else ""
    return f"{said} {say(_('Còn thiếu %(n)s: %(names)s')) % {'n': len(missing), 'names': names}}{more}."


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
