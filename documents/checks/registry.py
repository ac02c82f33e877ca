"""The rules of the careful officer (quy tắc kiểm tra): each one function, told in words, listed in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import ModuleType

from documents.checks.finding import Finding, Hit, Severity
from documents.checks.papers.paper import Paper

Look = Callable[[Paper], Iterable[Hit]]

FORM_OF_PAPERS = "NĐ 30/2020/NĐ-CP, Phụ lục I"
"""Layout of papers (thể thức)."""
REPORTING = "NĐ 09/2019/NĐ-CP"
"""Reporting regimes (chế độ báo cáo)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `title` says what it looks for; `basis` where that is written; `example` words that it would catch."""

    code: str
    severity: Severity
    title: str
    title_en: str
    look: Look
    basis: str = ""
    example: str = ""
    subject: str = ""
    """What it is told under, as `subjects.py` has it: head, dates, said …"""


RULES: dict[str, Rule] = {}
"""Every rule by its code, in the order in which they are run."""


_CONTENT = "documents.checks.content."
"""Where the rules stand whose basis are the form's own identities, unless they name another."""


def rule(
    code: str, severity: str, title: str, title_en: str, *, basis: str = "", example: str = ""
) -> Callable[[Look], Look]:
    """Register a rule; a code is given once."""

    def registered(look: Look) -> Look:
        if code in RULES:
            raise ValueError(f"two rules are called {code}")
        of_form = look.__module__.startswith(_CONTENT)
        where = basis or ("đẳng thức của biểu mẫu" if of_form else "thông lệ đọc soát")
        RULES[code] = Rule(code, Severity(severity), title, title_en, look, where, example)
        return look

    return registered


def arrange(subjects: Mapping[str, Iterable[ModuleType]]) -> None:
    """Put the rules in the order of their subjects' files, whatever order these were imported in; a file of rules that
    no subject names is a KeyError."""
    files = [(one.__name__, subject) for subject, many in subjects.items() for one in many]
    order, told_under = [name for name, _ in files], dict(files)
    found = [replace(one, subject=told_under[one.look.__module__]) for one in RULES.values()]
    RULES.clear()
    RULES.update((one.code, one) for one in sorted(found, key=lambda one: order.index(one.look.__module__)))


def run(paper: Paper) -> Iterator[Finding]:
    """What all rules find in one paper."""
    for one in RULES.values():
        for hit in one.look(paper):
            yield Finding(
                hit.code or one.code, hit.severity or one.severity, hit.place, hit.vi, hit.en,
                tuple(map(str, hit.values)), hit.cell, hit.other_place,
            )  # fmt: skip
