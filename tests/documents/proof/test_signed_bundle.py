"""A paper signed and sealed by certificates, in a bundle: its PDF is checked offline, down to the trusted root."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session

from documents.proof.bundling.making import bundle
from documents.proof.bundling.packing import pack
from documents.proof.verifying import packed
from documents.proof.verifying.bundles import verify
from documents.proof.verifying.words import Report
from documents.signing import keys, testing
from states import acting
from states.log import sealing
from states.log.notes import Signer
from tests.documents.signing.desk import Desk, means, pack_quickly

SIGNER = Signer("dondoc/test", Ed25519PrivateKey.generate())
ROOT = means().roots


@pytest.fixture
def signed(session: Session, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(keys, "pack", pack_quickly)
    desk = Desk(session)
    report = desk.report()
    desk.officer()
    desk.seal()
    desk.sign(report)
    desk.submit(report)
    acting.tell_clock(session)
    sealing.seal(session, SIGNER, desk.now)
    return bundle(session, report, SIGNER.verifier)


def told(report: Report) -> str:
    return "\n".join(line.en for line in report.lines)


def test_the_signatures_in_its_pdf_lead_to_the_root(signed: bytes) -> None:
    report = verify(signed, key=SIGNER.verifier.line, roots=ROOT)
    assert report.whole, told(report)
    assert told(report).count(": good.") == 3, told(report)  # signed; in the sealed file once more, and the seal
    assert verify(signed, key=SIGNER.verifier.line).whole  # no roots: intact, and it is said that none were given
    assert "no roots given" in told(verify(signed, key=SIGNER.verifier.line))


def test_another_authority_is_not_believed(signed: bytes) -> None:
    report = verify(signed, key=SIGNER.verifier.line, roots=(testing.make().root.der,))
    assert not report.whole


def test_a_paper_changed_or_taken_out_is_found(signed: bytes) -> None:
    members = dict(packed.opened(signed))
    papers = [name for name in members if name.startswith("files/")]
    assert len(papers) == 2
    for name in papers:
        for bad in ({**members, name: members[name] + b"\n"}, {n: it for n, it in members.items() if n != name}):
            assert not verify(pack(bad), key=SIGNER.verifier.line, roots=ROOT).whole
