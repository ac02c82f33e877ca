"""A signing that goes out to a token: once, for a while, for one document and one officer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from documents.signing import acts, certificates, kept, token
from documents.signing.errors import (
    CertificateUnfit,
    DownloadSpent,
    IntentExpired,
    IntentGone,
    IntentUsed,
    KeySigns,
    NotReturnedRight,
    SealInToken,
)
from documents.signing.keys import Key
from documents.signing.token import NotYourSigning, Prepared
from documents.signing.validating import validate
from states import files, offices
from states.lifecycle import Action
from states.steps import NotReady, NotYours, Request, Stale, Taken
from tests.documents.signing.desk import Desk
from tests.documents.signing.hostile.case import Case


def prepared(desk: Desk, report: int) -> Prepared:
    request = Request(report, Action.SIGN, revision_id=desk.world.newest(report))
    return token.prepare_for_token(desk.session, request, desk.leader, desk.now, by=desk.means)


def accept(desk: Desk, one: Prepared, data: bytes) -> Taken:
    return token.accept_returned(desk.session, one.nonce, data, desk.leader, desk.now, by=desk.means)


def signed(desk: Desk, one: Prepared, key: Key) -> bytes:
    """Downloaded, signed by the plug-in, a minute later."""
    served = token.download(desk.session, one.nonce, desk.now)
    desk.world.later(minutes=1)
    return Case(served, key, desk.now, b"").signed()


@pytest.mark.parametrize("rsa_bits", [0, 2048])
def test_signed_with_a_token_numbered_and_sealed_here(desk: Desk, rsa_bits: int) -> None:
    report, key = desk.report(), desk.token(rsa_bits=rsa_bits)
    desk.seal()
    assert acts.way_to_sign(desk.session, report, desk.leader, desk.now, by=desk.means).kind == "token"
    one = prepared(desk, report)
    assert token.open_intent(desk.session, one.nonce, desk.now).actor == desk.leader
    data = signed(desk, one, key)
    taken = accept(desk, one, data)
    (shown,) = kept.signatures(desk.session, report)
    assert (shown.seq, shown.purpose, shown.level) == (taken.seq, "officer", "B-B")
    assert kept.pdf_of(desk.session, report, None) == data
    desk.submit(report)
    sealed = kept.pdf_of(desk.session, report, None)
    assert sealed is not None and sealed.startswith(data)
    assert validate(sealed, desk.means.roots, desk.now, desk.means.system_roots).whole
    desk.world.assert_chained(report)


def test_the_file_goes_out_once(desk: Desk) -> None:
    report = desk.report()
    desk.token()
    one = prepared(desk, report)
    served = token.download(desk.session, one.nonce, desk.now)
    assert served.startswith(b"%PDF-") and len(served) == one.size
    with pytest.raises(DownloadSpent):
        token.download(desk.session, one.nonce, desk.now)


def test_a_signing_ends_after_a_quarter_of_an_hour(desk: Desk) -> None:
    report, key = desk.report(), desk.token()
    one = prepared(desk, report)
    data = signed(desk, one, key)
    desk.world.later(minutes=15)
    for refused in (lambda: token.download(desk.session, one.nonce, desk.now), lambda: accept(desk, one, data)):
        with pytest.raises(IntentExpired, match="09:15 16/12/2026"):
            refused()


def test_a_signing_is_used_once(desk: Desk) -> None:
    report, key = desk.report(), desk.token()
    one = prepared(desk, report)
    data = signed(desk, one, key)
    accept(desk, one, data)
    with pytest.raises(IntentUsed):
        accept(desk, one, data)
    desk.world.revise(report)
    desk.world.write(report, women=9)
    desk.world.present(report)
    with pytest.raises(NotReturnedRight):  # nor does its file fit another signing of the same document
        accept(desk, prepared(desk, report), data)


def test_the_file_of_one_signing_is_no_answer_to_another(desk: Desk) -> None:
    first, second, key = desk.report(), desk.report("Phường Hai"), desk.token()
    one = prepared(desk, first)
    data = signed(desk, one, key)
    certificate = certificates.of_office(desk.session, desk.leader.office_id, desk.now)
    assert certificate is not None
    elsewhere = desk.world.act("W2", "leader")
    desk.officer(elsewhere)
    with pytest.raises(KeySigns):
        request = Request(second, Action.SIGN, revision_id=desk.world.newest(second))
        token.prepare_for_token(desk.session, request, elsewhere, desk.now, by=desk.means)
    again = prepared(desk, first)
    with pytest.raises(NotReturnedRight, match="không bắt đầu|Không bắt đầu"):
        accept(desk, again, data)


def test_only_he_who_began_it_ends_it(desk: Desk) -> None:
    report, key = desk.report(), desk.token()
    one = prepared(desk, report)
    data = signed(desk, one, key)
    with pytest.raises(NotYourSigning):
        chair = desk.world.act("W1", "chair")
        token.accept_returned(desk.session, one.nonce, data, chair, desk.now, by=desk.means)
    with pytest.raises(IntentGone):
        token.open_intent(desk.session, "x" * 43, desk.now)


def test_a_document_that_moved_meanwhile_is_not_signed(desk: Desk) -> None:
    report, key = desk.report(), desk.token()
    one = prepared(desk, report)
    data = signed(desk, one, key)
    desk.world.take(report, Action.SEND_BACK, reason="xem lại")
    with pytest.raises(Stale):
        accept(desk, one, data)


def test_a_certificate_that_was_ended_meanwhile_signs_nothing(desk: Desk) -> None:
    report, key = desk.report(), desk.token()
    one = prepared(desk, report)
    data = signed(desk, one, key)
    certificate = certificates.of_office(desk.session, desk.leader.office_id, desk.now)
    assert certificate is not None
    certificates.end(desk.session, certificate.id, "mất thiết bị", desk.admin, desk.now - timedelta(seconds=1))
    with pytest.raises(CertificateUnfit, match="thu hồi") as refused:
        accept(desk, one, data)
    assert [reason.message for reason in refused.value.reasons] == ["đã bị thu hồi", "đã bị quản trị kết thúc"]
    assert desk.world.state(report) == "draft"


def test_a_mandate_that_ended_meanwhile_signs_nothing(desk: Desk) -> None:
    """Begun at five to midnight on his last day, given back five minutes after it."""
    report, key = desk.report(), desk.token()
    desk.world.at(desk.world.today, 23, 55)
    one = prepared(desk, report)
    data = signed(desk, one, key)
    offices.end(desk.session, desk.leader.office_id, desk.world.today)
    desk.world.later(minutes=9)
    with pytest.raises((NotYours, NotReady)):
        accept(desk, one, data)
    assert kept.signatures(desk.session, report) == []


def test_what_is_refused_leaves_no_file_and_may_be_tried_again(desk: Desk) -> None:
    report, key = desk.report(), desk.token()
    one = prepared(desk, report)
    data = signed(desk, one, key)
    with pytest.raises(NotReturnedRight):
        accept(desk, one, data + b"x")
    assert desk.world.value("SELECT count(*) FROM file WHERE bytes = %s", data + b"x") == 0
    accept(desk, one, data)
    assert files.read(desk.session, bytes(desk.world.steps(report)[-1]["file_digest"])) == data


def test_no_seal_in_a_token_yet(desk: Desk) -> None:
    key = desk.means.authority.issue(desk.subject(), desk.now)
    with pytest.raises(SealInToken):
        new = certificates.New(key.der, unit_id=desk.world.unit("W1"), store="token")
        certificates.register(desk.session, new, desk.admin, desk.now, desk.means)
