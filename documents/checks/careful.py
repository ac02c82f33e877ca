"""The ways in: content in its form, a file that was read, any paper that somebody made up of what is known."""

from __future__ import annotations

from collections.abc import Mapping

from documents.checks import (
    abolished,
    ancestry,
    annexes,
    arithmetic,
    authority,
    bases,
    beside,
    cells,
    citations,
    dates,
    grids,
    head,
    laws,
    naming,
    order,
    people,
    periods,
    plan,
    rhythm,
    spelling,
    totals,
    traces,
    units,
    wording,
)
from documents.checks.finding import Finding, worst_first
from documents.checks.of_form import of_form
from documents.checks.of_incoming import of_incoming
from documents.checks.paper import Asked, Paper
from documents.checks.registry import RULES, run, subject_of
from documents.checks.rows import agreeing, column_sums, labels, listed, rates, row_sums, time_columns
from documents.checks.said import (
    against,
    announced,
    changes,
    flows,
    from_to,
    goals,
    in_words,
    inline,
    moved,
    other_words,
    parts,
    products,
    shares,
    told_twice,
    unit_of_money,
)
from documents.checks.time import days, deadlines, slips, years
from documents.forms import Content, Form
from documents.reading.incoming import Incoming
from documents.reading.model import Text

SUBJECTS = (
    head,
    authority,
    dates,
    ancestry,
    bases,
    citations,
    laws,
    naming,
    annexes,
    units,
    abolished,
    periods,
    years,
    slips,
    deadlines,
    days,
    plan,
    cells,
    arithmetic,
    people,
    grids,
    row_sums,
    rates,
    column_sums,
    time_columns,
    labels,
    listed,
    agreeing,
    beside,
    told_twice,
    other_words,
    parts,
    changes,
    moved,
    from_to,
    against,
    flows,
    products,
    in_words,
    shares,
    goals,
    announced,
    inline,
    unit_of_money,
    wording,
    spelling,
    order,
    rhythm,
    traces,
    totals,
)
"""The files of rules, in the order in which they are told; importing one registers its rules."""
_ORDER = list(dict.fromkeys(subject_of(one.__name__) for one in SUBJECTS))
_SORTED = sorted(RULES.items(), key=lambda item: _ORDER.index(item[1].subject))  # imports stand in another order
RULES.clear()
RULES.update(_SORTED)


def check(
    form: Form, content: Content, previous: Content | None = None, *, consolidated: bool = False
) -> list[Finding]:
    """Everything a careful officer would say of the figures and texts, the worst first; needs no database.

    `previous` is the same unit's content of the period before, in the same form. In a `consolidated`
    document the figures also cover units below, so its own rows need not make them.
    """
    return of_paper(of_form(form, content, previous, consolidated=consolidated))


def of_file(
    recognised: Incoming, text: Text | None = None, asked: Asked | None = None,
    numbers: Mapping[str, str] | None = None,
) -> list[Finding]:  # fmt: skip
    """Everything of a file that was read, the worst first, its places in words ("trang 1, dòng 5").

    `text` is the file's own text: without it the rules about wording, captions and closing are silent. `asked` is the
    requirement that it answers, `numbers` the issuer's numbers of that year and who has them, where they are known.
    """
    return of_paper(of_incoming(recognised, text, asked, numbers))


def of_paper(paper: Paper) -> list[Finding]:
    """What all rules say of it, the worst first; a finding at one place is told once."""
    found = {(one.code, one.place, one.values): one for one in reversed(list(run(paper)))}
    return worst_first(list(reversed(found.values())))


__all__ = ["RULES", "SUBJECTS", "check", "of_file", "of_paper"]
