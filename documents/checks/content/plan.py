"""A plan (kế hoạch) that nobody could be held to: no deadline, no assignee, no target, no amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from documents.checks.content.cells import written
from documents.checks.finding import WHOLE, Hit, Severity
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.forms import Content, Rule


@rule("plan-without-deadline", "explain", "Kế hoạch không nêu thời hạn", "A plan without a deadline",
      example="«thực hiện chế độ báo cáo» mà không nêu ngày")  # fmt: skip
def without_deadline(paper: Paper) -> Iterator[Hit]:
    """No task has a day by which it is to be done."""
    for severity in _asked(paper, "due"):
        if not any(_each(paper, "due", "tasks", "assignees")):
            yield Hit("tasks", "Kế hoạch không nêu thời hạn cho nhiệm vụ nào", "No task of the plan has a deadline",
                      severity=severity)  # fmt: skip
    if _lacks(paper, "deadline"):
        yield Hit(WHOLE, "Kế hoạch không nêu thời hạn cho nhiệm vụ, báo cáo nào", "No task of the plan has a deadline")


@rule("plan-without-assignee", "explain", "Kế hoạch không phân công", "A plan without an assignee",
      example="có nhiệm vụ nhưng không có mục tổ chức thực hiện")  # fmt: skip
def without_assignee(paper: Paper) -> Iterator[Hit]:
    """Nobody is named who carries it out."""
    for severity in _asked(paper, "assigned"):
        if not any(_each(paper, "name", "assignees")):
            yield Hit("assignees", "Kế hoạch không phân công ai thực hiện", "The plan names no assignee",
                      severity=severity)  # fmt: skip
    if _lacks(paper, "assignee"):
        yield Hit(WHOLE, "Kế hoạch không phân công ai thực hiện", "The plan names no assignee")


@rule("plan-without-targets", "note", "Kế hoạch không có chỉ tiêu", "A plan without a target",
      example="«nâng cao tỷ lệ nữ» mà không nêu con số")  # fmt: skip
def without_targets(paper: Paper) -> Iterator[Hit]:
    """No number that could be reached or missed."""
    yield from _blank(paper, "targets", "Kế hoạch không nêu chỉ tiêu bằng số nào")


@rule("plan-without-budget", "note", "Kế hoạch không nêu kinh phí", "A plan without an amount",
      example="«từ nguồn dự toán hằng năm» mà không nêu số tiền")  # fmt: skip
def without_budget(paper: Paper) -> Iterator[Hit]:
    """No amount of money."""
    yield from _blank(paper, "budget", "Kế hoạch không nêu số tiền nào")


def _blank(paper: Paper, what: str, words: str) -> Iterator[Hit]:
    for one in _rules(paper, "given"):
        if paper.filled and paper.filled.form.table(one.table).code == what and not written(paper.filled, one.table):
            table = paper.filled.form.table(one.table)
            yield Hit(f"tables.{one.table}", f"Kế hoạch không có số liệu nào ở biểu «{table.title}»",
                      f"The plan states no {what}", severity=Severity(one.severity))  # fmt: skip
    if _lacks(paper, what):
        yield Hit(WHOLE, words, f"The plan states no {what}")


def _rules(paper: Paper, kind: str) -> Iterator[Rule]:
    yield from (one for one in paper.filled.form.identities if one.kind == kind) if paper.filled else ()


def _asked(paper: Paper, kind: str) -> Iterator[Severity]:
    yield from (Severity(one.severity) for one in _rules(paper, kind))


def _lacks(paper: Paper, what: str) -> bool:
    return paper.plan_says is not None and not paper.plan_says.get(what, True)


def _each(paper: Paper, key: str, *parts: str) -> Iterator[object]:
    """What each entry of the content's lists says under a key."""
    content: Content = paper.filled.content if paper.filled else {}
    for part in parts:
        entries = content.get(part)
        for entry in entries if isinstance(entries, list) else ():
            yield entry.get(key) if isinstance(entry, Mapping) else None
