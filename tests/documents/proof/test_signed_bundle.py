"""A paper signed and sealed by certificates, in a bundle: its PDF is checked offline, down to the trusted root."""

from __future__ import annotations

import hashlib
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session

from documents import drafting
from documents.proof.bundling.making import bundle
from documents.proof.bundling.packing import pack
from documents.proof.verifying import packed
from documents.proof.verifying.bundles import verify
from documents.proof.verifying.words import Report
from documents.signing import keys, testing
from states import acting, files
from states.log import sealing
from states.log.notes import Signer
from states.steps import Paper
from tests.documents.proof.leaving_out import without
from tests.documents.signing.desk import Desk, means, pack_quickly
from tests.world import World

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


@pytest.mark.parametrize("pyhanko", [True, False])
def test_a_signature_whose_row_is_left_out_is_still_judged(
    signed: bytes, pyhanko: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its row nobody would say that the signature in the PDF is not the registered officer's."""
    if not pyhanko:
        monkeypatch.setitem(sys.modules, "documents.signing.validating", None)
    for gone in ({"signature", "signing_intent", "certificate"}, {"certificate"} if pyhanko else {"signature"}):
        members = without(packed.opened(signed), lambda kind, _, gone=gone: kind not in gone)  # type: ignore[misc]
        report = verify(pack(members), key=SIGNER.verifier.line, roots=ROOT)
        assert not report.whole, told(report)
    seal_only = without(packed.opened(signed), lambda kind, words: kind != "signature" or "seal" not in words[2])
    report = verify(pack(seal_only), key=SIGNER.verifier.line, roots=ROOT)
    assert report.whole is not pyhanko and ("pyHanko is not here" in told(report)) is not pyhanko, told(report)


def test_a_paper_changed_or_taken_out_is_found(signed: bytes) -> None:
    members = dict(packed.opened(signed))
    papers = [name for name in members if name.startswith("files/")]
    assert len(papers) == 2
    for name in papers:
        for bad in ({**members, name: members[name] + b"\n"}, {n: it for n, it in members.items() if n != name}):
            assert not verify(pack(bad), key=SIGNER.verifier.line, roots=ROOT).whole


def test_the_kept_file_of_a_paper_is_not_left_out_unseen(session: Session) -> None:
    """With its row: taken out. Without it too: the bundle says no more than what to hold it against."""
    world = World(session)
    world.issue_plan()
    world.at("2026-12-10")
    scan = b"%PDF-1.7 a paper that was scanned"
    ward = world.report_of("W1")
    paper = Paper(7, "BC-UBND", world.now, "Phạm Văn Giấy (mẫu)", world.now, files.keep(session, scan))
    row = {"table": 1, "row": 2, "label": "Tọa đàm", "values": {"1": "1", "2": "1", "3": "1"}}
    drafting.register_paper(session, ward, {"rows": [row]}, paper, world.act("AM", "clerk"), world.now)
    sealing.seal(session, SIGNER, world.now)
    members = packed.opened(bundle(session, ward, SIGNER.verifier))
    name = f"files/{hashlib.sha256(scan).hexdigest()}"
    assert members[name] == scan and verify(pack(members), key=SIGNER.verifier.line).whole
    gone = {key: data for key, data in members.items() if key != name}
    assert "The file of step 2 was taken out." in told(verify(pack(gone), key=SIGNER.verifier.line))
    report = verify(pack(without(gone, lambda kind, _: kind != "file")), key=SIGNER.verifier.line)
    assert report.whole and f"handed this over left it out. Hold the paper's file against SHA-256 {name[6:]}" in told(
        report
    )
