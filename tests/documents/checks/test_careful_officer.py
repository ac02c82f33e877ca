"""How careful the officer is, on papers written for it: precision and recall, each miss and false accusation named.

The clean papers and the defects put into them were written before they were run. At first sight 34 of 34 defects were
found and one thing was accused wrongly (a decision of the Prime Minister that really was signed on a Saturday); the
rule was mended on it. Of the papers that say things twice nothing was accused wrongly, and in 19 of 23 what was planted
was found. Their author knew the rules: on papers that nobody has seen expect less. Others are measured by
`dondoc check --measure FOLDER GOLD.json`.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from documents.checks import RULES, Finding, of_file
from documents.checks.measuring import Measured, measure
from documents.reading.formats import plain
from documents.reading.recognising import recognise

_DATA = [yaml.safe_load(Path(__file__).with_name(f"careful_papers{rest}.yaml").read_text(encoding="utf-8"))
         for rest in ("", "_twice")]  # fmt: skip
CLEAN: dict[str, str] = {name: paper for one in _DATA for name, paper in one["clean"].items()}
PLANTED: list[dict[str, Any]] = [case for one in _DATA for case in one["planted"]]


def checked(paper: str) -> list[Finding]:
    """The paper as a text file, read and checked."""
    data = paper.encode()
    text = plain.read("mau.txt", hashlib.sha256(data).hexdigest(), data)
    return of_file(recognise(text), text)


def with_defects(case: dict[str, Any]) -> str:
    """A clean paper with something wrong put into it."""
    paper = CLEAN[case["in"]]
    for old, new in case["put"].items():
        old, new = old.replace("\n    ", "\n").removeprefix("    "), new.replace("\n    ", "\n")
        assert old in paper, old
        paper = paper.replace(old, new)
    return paper


@cache
def measured() -> tuple[Measured, ...]:
    """All clean papers, then all others, each against what is wrong in it."""
    clean = [measure(checked(paper), []) for paper in CLEAN.values()]
    return (*clean, *(measure(checked(with_defects(one)), [(code, "") for code in one["finds"]]) for one in PLANTED))


@pytest.mark.parametrize("name", CLEAN)
def test_nothing_that_is_right_is_accused(name: str) -> None:
    assert [(one.code, one.place, one.message) for one in checked(CLEAN[name])] == []


@pytest.mark.parametrize("number", range(len(PLANTED)))
def test_what_is_wrong_is_found_and_no_more(number: int) -> None:
    found = measured()[len(CLEAN) + number]
    assert (found.missed, found.wrong) == ((), ())


def test_precision_and_recall_are_stated() -> None:
    assert len(CLEAN) >= 10 and len(PLANTED) >= 10
    whole = sum(measured(), Measured(0, (), ()))
    assert (whole.recall, whole.precision) == (1.0, 1.0) and whole.right >= 30


def test_the_gold_of_the_real_papers_names_rules_and_what_no_rule_sees() -> None:
    """`dondoc check --measure FOLDER tests/documents/checks/careful_gold.json`, for whoever has the five papers."""
    documents = json.loads(Path(__file__).with_name("careful_gold.json").read_text(encoding="utf-8"))["documents"]
    codes = [code for one in documents for code, _ in one["findings"]]
    assert (len(documents), len(codes)) == (5, 102)
    assert set(codes) - RULES.keys() == {"spelling"}  # an ordinary word, mistyped


def test_the_measure_counts_what_is_missed_and_what_is_accused_wrongly() -> None:
    found = checked(with_defects(PLANTED[0]))
    place = next(one.place for one in found if one.code == "number-missing")
    counted = measure(found, [("number-missing", place), ("date-missing", "")])
    assert (counted.right, counted.missed) == (1, (("date-missing", ""),))
    assert [code for code, _ in counted.wrong] == ["date-partial"]
    assert (counted.recall, counted.precision) == (0.5, 0.5)
