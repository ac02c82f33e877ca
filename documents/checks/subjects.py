"""All rules, subject by subject (các nhóm quy tắc), in the order in which they are told.

The rooms are made by what a rule looks at; the subjects are what a reader finds the rules by, and may cross them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Final

from documents.checks.beside import (
    announced,
    inline,
    nil,
    other_words,
    people_listed,
    same_words,
    told_twice,
    unit_of_money,
)
from documents.checks.cited import ancestry, bases, citations, laws
from documents.checks.content import arithmetic, cells, people, plan, totals
from documents.checks.layout import annexes, head, recipients, signing, traces
from documents.checks.names import abolished, issuer, naming, units
from documents.checks.said import (
    against,
    changes,
    flows,
    from_to,
    goals,
    in_words,
    moved,
    parts,
    products,
    rhythm,
    shares,
)
from documents.checks.tables import agreeing, column_sums, labels, listed, misused, rates, row_sums, time_columns
from documents.checks.time import dates, days, deadlines, periods, slips, years
from documents.checks.wording import cut_off, marks, numbering, outlook, scope, spelling

SUBJECTS: Final[Mapping[str, tuple[ModuleType, ...]]] = {
    "head": (head, signing, recipients),
    "dates": (ancestry, dates),
    "bases": (bases, citations, laws),
    "naming": (issuer, naming),
    "annexes": (annexes,),
    "units": (abolished, units),
    "periods": (periods,),
    "time": (days, deadlines, slips, years),
    "plan": (plan,),
    "cells": (cells,),
    "arithmetic": (arithmetic,),
    "people": (people,),
    "grids": (misused, nil),
    "rows": (agreeing, column_sums, labels, listed, time_columns, rates, row_sums),
    "beside": (same_words, people_listed),
    "said": (moved, against, announced, changes, flows, from_to, goals, in_words, inline, told_twice, other_words,
             parts, products, shares, unit_of_money),
    "wording": (marks, cut_off, scope),
    "spelling": (spelling,),
    "order": (numbering, outlook),
    "rhythm": (rhythm,),
    "traces": (traces,),
    "totals": (totals,),
}  # fmt: skip
"""Each file of rules once; importing one registers its rules, `arrange` puts them in this order."""
