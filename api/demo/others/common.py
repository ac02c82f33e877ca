"""What the four papers of story 2 have in common: orders, plans, links, and what was noted."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import yaml

from api.demo import show
from api.demo.stage import DATA, Stage
from states import contents, links
from states.figures import Cell, Figure
from states.lifecycle import Kind
from states.periods import Window, action_month
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder


def data_of(name: str) -> dict[str, Any]:
    """What the paper says, read from data/<name>.yaml."""
    found: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def due(stage: Stage, day: str) -> datetime:
    """The deadline of a day: the midnight that ends it."""
    return stage.calendar().due_at(date.fromisoformat(day))


def report_order(title: str, code: str, window: Window, levels: Sequence[LevelOrder], basis: str) -> RequirementOrder:
    """A report that a plan asks of these levels."""
    return RequirementOrder(Kind.REPORT, title, code, 1, window, levels, basis)


def child_plan(title: str, code: str, window: Window, until: datetime, basis: str) -> RequirementOrder:
    """A plan of their own that the wards must issue."""
    return RequirementOrder(Kind.PLAN, title, code, 1, window, [LevelOrder("commune", until)], basis, "KH")


def issue(
    stage: Stage, unit: int, title: str, addressees: Sequence[tuple[int, bool]],
    requirements: Sequence[RequirementOrder], number: int, *, subject: str,
) -> tuple[int, str]:  # fmt: skip
    """Draft, sign and issue a plan under this number, at the stage's moment."""
    stage.starts_at(unit, "KH", number)
    window = requirements[0].window
    plan = stage.draft_plan(PlanOrder(unit, title, addressees, requirements, subject=subject, window=window))
    stage.write(plan, _plan_text(title, window))
    return plan, str(stage.send(plan, "Các đơn vị có tên", "Lưu: VT").number)


def own_plan(stage: Stage, plan: int, ward: int, day: str, number: int, purpose: str) -> tuple[int, str]:
    """The ward issues its own plan, opened for it when the plan above was issued."""
    stage.at(day, 8)
    own = stage.owed(plan, ward, "plan")
    stage.starts_at(ward, "KH", number)
    stage.write(own, _plan_text(purpose, action_month(stage.today.year)))
    return own, str(stage.send(own, "Các ban, ngành của phường", "Lưu: VT").number)


def _plan_text(purpose: str, window: Window) -> dict[str, Any]:
    task = {"number": 1, "title": "Tổ chức thực hiện và báo cáo", "due": window.last.isoformat()}
    return {"texts": {"purpose": f"{purpose} (lời văn mẫu)", "budget": "Từ dự toán được giao."}, "tasks": [task],
            "assignees": [{"name": "Công chức Văn hóa - Xã hội", "tasks": ["Tham mưu"], "asked": False}]}  # fmt: skip


def outside(stage: Stage, document: int, role: str, paper: dict[str, Any], note: str | None = None) -> None:
    """Link a paper of a body outside the system."""
    with stage.transaction() as session:
        known = links.external(session, paper["number"], paper["issuer"], day=paper["day"], title=paper["title"])
        links.link(session, document, role, stage.now, external_id=known, note=note)


def figures(stage: Stage, document: int) -> dict[Cell, Figure]:
    """The figures that stand in a document now."""
    return {Cell(key): Figure.from_canonical(text) for key, text in show.figures_of(stage, document).items()}


def stated(stage: Stage, document: int) -> dict[str, str]:
    """Everything the draft says in cells, percentages that can't be added up included."""
    with stage.transaction() as session:
        return dict(contents.draft(session, document).content["figures"])


def noted_on(stage: Stage, document: int) -> list[dict[str, str]]:
    """What was found on the content put up last."""
    return [dict(row) for row in stage.rows(_NOTED, id=document)]


def say_noted(stage: Stage, noted: Sequence[dict[str, str]]) -> None:
    """Print one example of each kind of finding."""
    for code, words in {found["code"]: found["message"] for found in noted}.items():
        stage.note(f"[dim]{code}[/]: {words}")


_NOTED = """
SELECT f.code, f.severity, f.message FROM finding f
 WHERE f.document_id = %(id)s AND f.revision_id = (SELECT max(id) FROM revision r WHERE r.document_id = %(id)s
                                                      AND r.part = 'whole') ORDER BY f.id
"""
