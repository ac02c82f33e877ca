"""Several documents, one passphrase: each by itself, and each with the key that was opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlmodel import Session

from documents.signing import batch, certificates, kept
from documents.signing.errors import CertificateChanged, PassphraseNeeded, WrongPassphrase
from states.lifecycle import Action
from states.policy import Actor
from states.steps import Request, Stale
from tests.documents.signing.desk import PASSPHRASE, Desk


@contextmanager
def _within(session: Session) -> Iterator[Session]:
    with session.begin_nested():
        yield session


@pytest.fixture
def leader(desk: Desk) -> Actor:
    return desk.world.act("MG", "leader")


@pytest.fixture
def plans(desk: Desk) -> list[int]:
    """Three of the province's, on its leader's desk."""
    found = [desk.world.draft_plan() for _ in range(3)]
    for plan in found:
        desk.world.write_plan(plan)
        desk.world.present(plan)
    return found


def sign(desk: Desk, rows: list[batch.Row], leader: Actor, passphrase: str | None = PASSPHRASE) -> Iterator[batch.Done]:
    requests = [Request(row.document_id, Action.SIGN, row.seq, revision_id=row.revision_id) for row in rows]
    return batch.sign_many(lambda: _within(desk.session), requests, leader, passphrase, lambda: desk.now, by=desk.means)


def test_forty_documents_one_passphrase(desk: Desk, leader: Actor, plans: list[int]) -> None:
    """Here: the province's leader signs; one of them moved since he looked, and only that one is refused."""
    desk.officer(leader)
    rows = batch.to_confirm(desk.session, plans)
    assert [(row.document_id, row.seq) for row in rows] == [(plan, 2) for plan in plans]
    desk.world.take(plans[1], Action.SEND_BACK, reason="xem lại")
    with pytest.raises(WrongPassphrase):
        list(sign(desk, rows, leader, "không phải"))
    done = list(sign(desk, rows, leader))
    assert [(one.number, one.of, type(one.error)) for one in done] == [
        (1, 3, type(None)), (2, 3, Stale), (3, 3, type(None))]  # fmt: skip
    assert [desk.world.state(plan) for plan in plans] == ["signed", "draft", "signed"]
    assert done[0].content_digest == rows[0].content_digest
    first = kept.pdf_of(desk.session, plans[0], None)
    assert first is not None and done[0].file_digest is not None and first.startswith(b"%PDF-")


def test_what_was_written_between_showing_and_confirming_is_not_signed(
    desk: Desk, leader: Actor, plans: list[int]
) -> None:
    desk.officer(leader)
    rows = batch.to_confirm(desk.session, plans)
    desk.world.later(minutes=1)
    desk.world.write_plan(plans[1])
    desk.world.present(plans[1])
    done = list(sign(desk, rows, leader))
    assert [one.taken is not None for one in done] == [True, False, True]
    assert desk.world.state(plans[1]) == "draft"


def test_a_certificate_that_is_replaced_meanwhile_is_not_named_under_the_old_ones_signature(
    desk: Desk, leader: Actor, plans: list[int]
) -> None:
    desk.officer(leader)
    signing = sign(desk, batch.to_confirm(desk.session, plans), leader)
    assert next(signing).taken is not None
    newer = desk.officer(leader)
    assert [type(one.error) for one in signing] == [CertificateChanged] * 2
    assert desk.world.value("SELECT count(*) FROM signature WHERE certificate_id = %s", newer) == 0
    assert [desk.world.state(plan) for plan in plans] == ["signed", "draft", "draft"]


def test_a_certificate_that_comes_meanwhile_is_asked_for(desk: Desk, leader: Actor, plans: list[int]) -> None:
    """He began without one; the office asks for one by now: what follows is not signed plainly all the same."""
    signing = sign(desk, batch.to_confirm(desk.session, plans), leader, None)
    assert next(signing).file_digest is None
    certificates.require(desk.session, desk.world.unit("MG"), True)
    desk.officer(leader)
    assert [type(one.error) for one in signing] == [PassphraseNeeded] * 2
