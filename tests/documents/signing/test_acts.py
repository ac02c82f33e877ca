"""A paper is signed, numbered and sealed: each file begins with the one before, and each step names its own."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from documents.signing import acts, certificates, fields, kept
from documents.signing.errors import (
    OutOfOrder,
    PassphraseNeeded,
    SignatureRequired,
    TokenSigns,
    Waiting,
    WrongPassphrase,
)
from documents.signing.validating import validate
from states import files, offices
from states.steps import NotReady, NotYours
from tests.documents.signing.desk import Desk


def test_signed_numbered_and_sealed(desk: Desk) -> None:
    report = desk.report()
    desk.officer()
    desk.seal()
    signed = desk.sign(report)
    desk.world.later(minutes=5)
    sent = desk.submit(report)
    steps = {row["seq"]: row for row in desk.world.steps(report)}
    first = files.read(desk.session, steps[signed.seq]["file_digest"])
    last = files.read(desk.session, steps[sent.seq]["file_digest"])
    assert last.startswith(first) and len(last) > len(first)
    assert kept.pdf_of(desk.session, report, desk.world.newest(report)) == last
    assert fields.values(first) == {"So": "", "Ngay": ""}
    assert sent.number is not None
    assert fields.values(last) == {"So": sent.number.partition("/")[0], "Ngay": "ngày 16 tháng 12 năm 2026"}
    desk.world.assert_chained(report)
    told = kept.signatures(desk.session, report)
    assert [(one.purpose, one.level, one.in_force, one.sample) for one in told] == [
        ("officer", "B-B", True, True), ("seal", "B-B", True, True),
    ]  # fmt: skip
    assert told[0].content_digest == steps[signed.seq]["revision_digest"].hex()
    assert told[1].file_digest == hashlib.sha256(last).hexdigest()
    found = validate(last, desk.means.roots, desk.now, desk.means.system_roots)
    assert found.whole, found.problems
    assert [one.purpose for one in found.signatures] == ["system", "officer", "seal"]
    assert all(one.revocation_known for one in found.signatures[1:])


def test_who_has_no_certificate_signs_as_before(desk: Desk) -> None:
    report = desk.report()
    assert acts.way_to_sign(desk.session, report, desk.leader, desk.now, by=desk.means).kind == "plain"
    desk.sign(report, None)
    desk.submit(report, None)
    assert [row["file_digest"] for row in desk.world.steps(report)] == [None] * 4
    assert kept.pdf_of(desk.session, report, None) is None


def test_without_a_seal_number_and_day_are_filled_all_the_same(desk: Desk) -> None:
    report = desk.report()
    desk.officer()
    signed = desk.sign(report)
    sent = desk.submit(report, None)
    steps = {row["seq"]: row for row in desk.world.steps(report)}
    last = files.read(desk.session, steps[sent.seq]["file_digest"])
    assert last.startswith(files.read(desk.session, steps[signed.seq]["file_digest"]))
    assert fields.values(last)["So"] == "01"
    found = validate(last, desk.means.roots, desk.now, desk.means.system_roots)
    assert [one.trusted for one in found.signatures] == [True, True]
    assert found.problems == ("Sau chữ ký cuối còn có phần thêm vào tệp (something follows the last signature).",)


def test_an_office_that_asks_for_signatures_takes_no_other(desk: Desk) -> None:
    report = desk.report()
    certificates.require(desk.session, desk.world.unit("W1"), True)
    with pytest.raises(SignatureRequired, match="Ủy ban nhân dân phường Một yêu cầu ký số"):
        desk.sign(report)
    with pytest.raises(NotReady, match="cơ quan yêu cầu ký số"):
        desk.world.sign(report)  # nor by a way around
    desk.officer()
    desk.sign(report)
    with pytest.raises(SignatureRequired, match="con dấu số"):
        desk.submit(report)
    with pytest.raises(NotReady, match="cơ quan yêu cầu ký số"):
        desk.world.submit(report)
    desk.seal()
    desk.submit(report)
    assert desk.world.state(report) == "submitted"


def test_the_passphrase_opens_the_key_and_nothing_else_does(desk: Desk) -> None:
    report = desk.report()
    desk.officer()
    with pytest.raises(PassphraseNeeded):
        desk.sign(report, None)
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            desk.sign(report, "không phải")
    with pytest.raises(Waiting, match="sau 1 phút"):
        desk.sign(report)  # the right one is not heard now
    desk.world.later(minutes=2)
    desk.sign(report)


def test_what_the_door_refuses_is_not_signed(desk: Desk) -> None:
    """Somebody else's paper, a drafter of it, a content that is old: refused before a key is used."""
    report, elsewhere = desk.report(), desk.world.act("W2", "leader")
    desk.officer(elsewhere)
    with pytest.raises(NotYours):
        desk.sign(report, as_=elsewhere)
    desk.officer()
    desk.world.later(minutes=1)
    desk.world.write(report, women=9)
    with pytest.raises(NotReady, match="nội dung đã sửa sau khi chốt"):
        desk.sign(report)
    assert desk.world.value("SELECT count(*) FROM signing_intent") == 0


def test_who_may_not_send_it_tries_no_passphrase_of_its_seal(desk: Desk) -> None:
    """Else a clerk of another unit could guess at it, or keep its own clerk waiting."""
    report = desk.report()
    desk.officer()
    desk.seal()
    desk.sign(report)
    clerk, desk.clerk = desk.clerk, desk.world.act("W2", "clerk")
    for _ in range(7):
        with pytest.raises(NotYours):
            desk.submit(report, "không phải")
    with pytest.raises(NotYours):
        desk.submit(report)
    desk.clerk = clerk
    desk.submit(report)
    assert desk.world.state(report) == "submitted"


def test_a_signer_whose_mandate_ended_since_it_was_presented_signs_nothing(desk: Desk) -> None:
    report = desk.report()
    desk.officer()
    offices.end(desk.session, desk.leader.office_id, desk.world.today)
    desk.world.later(days=1)
    with pytest.raises((NotYours, NotReady)):
        desk.sign(report)
    assert desk.world.value("SELECT count(*) FROM signature") == 0


def test_the_number_does_not_come_before_the_signature(desk: Desk) -> None:
    report = desk.report()
    desk.officer()
    desk.sign(report)
    desk.world.later(minutes=-10)
    with pytest.raises(OutOfOrder, match="không được có trước chữ ký"):
        desk.submit(report, None)


def test_a_certificate_in_a_token_does_not_sign_here(desk: Desk) -> None:
    report = desk.report()
    desk.token()
    with pytest.raises(TokenSigns):
        desk.sign(report)


def test_a_revised_paper_shows_no_frozen_file(desk: Desk) -> None:
    report = desk.report()
    desk.officer()
    desk.sign(report)
    revision = desk.world.newest(report)
    assert kept.pdf_of(desk.session, report, revision) is not None
    desk.world.revise(report)
    assert kept.pdf_of(desk.session, report, revision) is None
    assert [one.in_force for one in kept.signatures(desk.session, report)] == [False]


def test_a_returned_paper_keeps_the_file_that_was_sent(desk: Desk) -> None:
    report = desk.report()
    desk.officer()
    desk.seal()
    desk.sign(report)
    desk.submit(report)
    sent = kept.pdf_of(desk.session, report, desk.world.newest(report))
    desk.world.return_(report)
    assert kept.pdf_of(desk.session, report, desk.world.newest(report)) == sent
    desk.world.later(hours=1)
    desk.world.write(report, women=5)
    desk.world.present(report)
    desk.sign(report)
    assert kept.pdf_of(desk.session, report, None) not in (None, sent)


EDITS = {
    "UPDATE signature SET level = 'B-T'": "permission denied for table signature",
    "DELETE FROM signature": "permission denied for table signature",
    "UPDATE signing_intent SET expires_at = now()": "permission denied for table signing_intent",
    "UPDATE certificate SET office_id = 1": "permission denied for table certificate",
    "DELETE FROM certificate_end": "permission denied for table certificate_end",
    "INSERT INTO signature SELECT document_id, seq, 'seal', intent_id, certificate_id, file_digest, content_digest,"
    " signed_at, NULL, 'B-B' FROM signature": "signature_intent_key",
    "INSERT INTO signature SELECT document_id, seq, purpose, intent_id, certificate_id, file_digest, content_digest,"
    " signed_at, NULL, 'B-LT' FROM signature": "signature_stamped",
}


def test_what_was_signed_is_not_edited(desk: Desk) -> None:
    report = desk.report()
    desk.officer()
    desk.sign(report)
    for sql, by in EDITS.items():
        with pytest.raises(DBAPIError, match=by), desk.session.begin_nested():
            desk.session.execute(text(sql))
