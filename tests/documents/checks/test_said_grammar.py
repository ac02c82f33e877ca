"""Sentences made by grammars: what is right is never accused, what is wrong is found where it stands."""

from __future__ import annotations

import pytest

from documents.checks.careful import RULES
from documents.checks.finding import Severity
from tests.documents.checks.check_papers import saying
from tests.documents.checks.right_sentences import RIGHT
from tests.documents.checks.said_grammar import FAMILIES

LEAST = 30
"""Wordings of each family."""


@pytest.mark.parametrize("family", FAMILIES)
def test_wrong_sentences_are_found_and_right_ones_let_pass(family: str) -> None:
    """Every one of them, at the line that tells the whole."""
    code, made = FAMILIES[family]
    pairs = list(made())
    accused = [right for right, _ in pairs if told(right)]
    missed = [wrong for _, wrong in pairs if code not in told(wrong)]
    assert len(pairs) >= LEAST
    assert (accused, missed) == ([], [])


@pytest.mark.parametrize("said", RIGHT)
def test_what_is_right_is_let_pass(said: str) -> None:
    """Parts that overlap, lists of some, changes of another kind, prices of several things."""
    assert told((said,)) == set()


def told(lines: tuple[str, ...]) -> set[str]:
    """Codes of what the rules of sentences would have explained."""
    paper = saying(*lines)
    return {code for code, rule in RULES.items() if rule.subject in ("said", "time") for hit in rule.look(paper)
            if (hit.severity or rule.severity) is not Severity.NOTE}  # fmt: skip
