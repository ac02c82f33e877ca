"""Whoever has all rights changes every column of every kind of row: what finds it stands in docs/tampering.md."""

from collections.abc import Iterator
from typing import Any

import pytest

from states.embedded import Urls
from tests.tampering.attempts import NOTHING, Tampering
from tests.tampering.page import DOCS, opened, written


@pytest.fixture(scope="module")
def tampering(server: Any) -> Iterator[Tampering]:
    with server.made() as urls, opened(Urls(*urls)) as made:
        yield made


def test_nothing_is_wrong_before_anything_is_tried(tampering: Tampering) -> None:
    assert tampering.audit(tampering.yesterday) == []


def test_every_attempt_is_found_by_what_the_page_says(tampering: Tampering) -> None:
    page = written(tampering)
    assert page == DOCS.read_text("utf-8"), "python -m tests.tampering --write makes it anew"
    unseen = [line for line in page.split("\n") if NOTHING in line]
    assert len(unseen) == 3, "a checkpoint doubled, a change through the triggers, a row before its sealing"


@pytest.mark.parametrize("content", ["[1]", '{"figures":{"x":"1"}}', '{"figures":[1]}', '{"rows":[1]}', '{"rows":3}'])
def test_a_content_that_no_form_knows_is_told_and_does_not_stop_the_audit(tampering: Tampering, content: str) -> None:
    with tampering.undone():
        tampering.run(_REWRITTEN, {"content": content})
        assert any("không đọc được" in words for words in tampering.audit(only="revision"))


def test_the_audit_stands_as_before_when_all_is_undone(tampering: Tampering) -> None:
    assert tampering.audit(tampering.yesterday) == []


_REWRITTEN = """
UPDATE revision SET content = %(content)s::text::jsonb, digest = sha256(convert_to(%(content)s::text, 'UTF8'))
 WHERE id = (SELECT min(id) FROM revision)
"""
