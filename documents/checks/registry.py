"""The rules of the careful officer (quy tắc kiểm tra): each one function, told in words, listed in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from documents.checks.finding import Finding, Hit, Severity
from documents.checks.paper import Paper

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
    """The file or folder of rules that it stands in: head, dates, said …"""


RULES: dict[str, Rule] = {}
"""Every rule by its code, in the order in which they are run."""


_SHELVED = {"authority": "head", "ancestry": "dates", "citations": "bases", "laws": "bases", "abolished": "units"}
"""Files that go with another's subject."""
_OF_FORMS = ("cells", "arithmetic", "people", "plan")


def rule(
    code: str, severity: str, title: str, title_en: str, *, basis: str = "", example: str = ""
) -> Callable[[Look], Look]:
    """Register a rule; a code is given once."""

    def registered(look: Look) -> Look:
        if code in RULES:
            raise ValueError(f"two rules are called {code}")
        subject = subject_of(look.__module__)
        where = basis or ("đẳng thức của biểu mẫu" if subject in _OF_FORMS else "thông lệ đọc soát")
        RULES[code] = Rule(code, Severity(severity), title, title_en, look, where, example, subject)
        return look

    return registered


def subject_of(module: str) -> str:
    """What the rules of a file are about: its folder within the checks, else its own name."""
    name = module.split(".")[2]
    return _SHELVED.get(name, name)


def run(paper: Paper) -> Iterator[Finding]:
    """What all rules find in one paper."""
    for one in RULES.values():
        for hit in one.look(paper):
            yield Finding(
                hit.code or one.code, hit.severity or one.severity, hit.place, hit.vi, hit.en,
                tuple(map(str, hit.values)), hit.cell, hit.other_place,
            )  # fmt: skip
