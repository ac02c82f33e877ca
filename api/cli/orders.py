"""A plan's order as people write it in YAML, read into what `workflows.planning` takes."""

from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session

from states import units
from states.days import calendar
from states.errors import Invalid
from states.lifecycle import Kind
from states.periods import LOCAL, window
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder


class BadOrder(Invalid):
    """Tệp kế hoạch sai ở «{place}» (the order is wrong there): {why}"""


def order_of(session: Session, data: dict[str, Any]) -> PlanOrder:
    """Read an order; units are named by name or registry:code, days as 2026-12-18, hours as "2026-12-18 11:00"."""
    try:
        issued = date.fromisoformat(str(data.get("date") or date.today()))
        unit = units.one(session, str(data["unit"]), issued)
        requirements = [_requirement(session, item) for item in data["requirements"]]
        addressees = [_addressee(session, item, issued) for item in data["addressees"]]
        return PlanOrder(
            unit.id, data["title"], addressees, requirements, data.get("subject", ""), data.get("field", ""),
            data.get("form", "plan"), int(data.get("form_version", 1)), legal_basis=data.get("legal_basis", ""),
        )  # fmt: skip
    except KeyError as missing:
        raise BadOrder(place=missing.args[0], why="thiếu mục này") from None
    except (TypeError, ValueError) as error:
        raise BadOrder(place="tệp", why=str(error)) from None


def _addressee(session: Session, item: Any, issued: date) -> tuple[int, bool]:
    """A name alone addresses the unit with all below it; {unit, alone: true} only the unit itself."""
    if isinstance(item, dict):
        return units.one(session, str(item["unit"]), issued, within=item.get("within")).id, not item.get("alone")
    return units.one(session, str(item), issued).id, True


def _requirement(session: Session, item: dict[str, Any]) -> RequirementOrder:
    asked = item["window"]
    period = window(asked["kind"] if isinstance(asked, dict) and "first" not in asked else asked,
                    int(asked.get("year", 0)), asked.get("index"))  # fmt: skip
    levels = [LevelOrder(level, _due(session, str(rest.pop("due"))), **rest)
              for level, rest in ((name, dict(values)) for name, values in item["levels"].items())]  # fmt: skip
    kind = Kind(item.get("kind", "report"))
    return RequirementOrder(
        kind, item["title"], item["form"], int(item["form_version"]), period, levels, item["legal_basis"],
        item.get("series", "KH" if kind is Kind.PLAN else "BC"), item.get("urgency", ""),
        item.get("straddle", "refuse"), bool(item.get("periodic")),
    )  # fmt: skip


def _due(session: Session, text: str) -> datetime:
    """A day ends at 24:00; an hour is that hour (đột xuất)."""
    day, _, hour = text.partition(" ")
    on = date.fromisoformat(day)
    if hour:
        return datetime.combine(on, time.fromisoformat(hour), LOCAL)
    return calendar(session).due_at(on)
