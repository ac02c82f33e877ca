"""Which document a paper is (trả lời kế hoạch nào): the open ones, those that it most likely answers first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.reading.folding import key
from states.names import normal_form
from states.reading.incoming import Owed


@dataclass(frozen=True)
class Choice:
    """An open document with why it is proposed: the unit, the plan, the form, the period agree."""

    owed: Owed
    unit: bool
    plan: bool
    form: bool
    period: bool

    @property
    def score(self) -> int:
        """How much agrees; the unit most."""
        return 8 * self.unit + 4 * self.plan + 2 * self.form + self.period

    @property
    def likely(self) -> bool:
        """Whether it may be proposed without being asked for."""
        return self.unit and (self.plan or self.form or self.period)


def choices(paper: Mapping[str, Any] | None, owed: Sequence[Owed]) -> list[Choice]:
    """All open documents, the likeliest first; equal ones keep the order of their deadlines."""
    found = [_choice(paper, one) for one in owed] if paper else [Choice(one, *[False] * 4) for one in owed]
    return sorted(found, key=lambda one: -one.score)


def chosen(found: Sequence[Choice], asked: int | None) -> Choice | None:
    """The one that was asked for, else the likeliest if no other is as likely."""
    if asked is not None:
        return next((one for one in found if one.owed.id == asked), None)
    best = [one for one in found if one.likely]
    return best[0] if best and (len(best) == 1 or best[0].score > best[1].score) else None


def same_unit(owed: Owed, unit: Mapping[str, Any] | None, name: str) -> bool:
    """Whether the unit that was read, or its name as it was put right, is the document's."""
    if unit and normal_form(str(unit["name"])) == normal_form(name):
        return (unit["registry"], unit["code"]) == (owed.registry, owed.code)
    return bool(name) and normal_form(name) == normal_form(owed.unit)


def _choice(paper: Mapping[str, Any], one: Owed) -> Choice:
    unit = paper["unit"]["value"]
    named = f" {key(paper['issuer']['value'] or '')} ".endswith(f" {key(one.unit)} ")
    return Choice(
        one, same_unit(one, unit, str(unit["name"])) if unit else named, _answers(paper, one.plan),
        bool(paper["form"]) and paper["form"]["value"].split("/")[0] == one.form.split("/")[0],
        _overlaps(paper["period"], one),
    )  # fmt: skip


def _answers(paper: Mapping[str, Any], plan: str | None) -> bool:
    cited = [one["value"]["code"] for one in paper["references"]]
    return plan is not None and _bare(plan) in {_bare(code) for code in cited if code}


def _bare(code: str) -> str:
    return re.sub(r"^0+|\s", "", code).replace("-", "/").casefold()


def _overlaps(period: Mapping[str, Any] | None, one: Owed) -> bool:
    if period is None or one.first is None or one.last is None:
        return False
    first, last = period["value"]["first"], period["value"]["last"]
    return bool(first <= one.last.isoformat() and last >= one.first.isoformat())
