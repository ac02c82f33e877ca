"""W6: signing with a key that is kept here, without a time stamp: a leader signs plans, a clerk numbers and seals them.

Engine: the whole act in one committed transaction: checks, the paper set with its fields, certified, signed with chain
and revocation beside it, kept, its step and its signature written. By hand: pyHanko's own signer over the very bytes
that were served, and nothing else. The key is open already; a passphrase is slow on purpose (PBKDF2), once a batch.
The processor's time stands beside the clock's, for a busy machine says little by the clock.
"""

import io
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from sqlmodel import Session

from benchmarks import Measured, compare
from benchmarks.data import FORM, FORM_VERSION, NOW, WINDOW, Database, Server, staff
from documents import drafting
from documents.signing import acts, certificates, kept, testing
from documents.signing.keys import Key
from documents.signing.names import OFFICER, SEAL
from documents.signing.testing import Subject
from documents.signing.trust import Means
from documents.signing.unlocking import unlock
from states import files, offices
from states.driver import one_or_none
from states.lifecycle import Action, Kind
from states.policy import Actor
from states.steps import Request
from states.units import find
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder, draft_plan

PASSPHRASE = "mẫu"
CONTENT = {
    "texts": {"purpose": "Nâng cao nhận thức về bình đẳng giới. " * 12, "budget": "Từ dự toán được giao. " * 6},
    "tasks": [{"number": n, "title": f"Tổ chức tọa đàm {n}", "due": "2026-12-15"} for n in range(1, 9)],
    "assignees": [{"name": "Trạm Y tế (mẫu)", "asked": False}],
}


def measure(server: Server, rounds: int) -> list[Measured]:
    """Sign `rounds` plans of a ward, then number and seal the same."""
    authority = testing.make()
    means = Means(authority, (authority.root.der,))
    bare = authority.issue(Subject("mẫu", "mẫu"), NOW)
    with server.made("bench_signing", "bench_template") as database:
        desk = _Desk(database, means, rounds + 1)
        signed = _measured("W6 a signature", rounds, desk.sign, lambda: _bare(desk.served(), OFFICER, bare))
        sealed = _measured("W6 number and seal", rounds, desk.submit, lambda: _bare(desk.signed(), SEAL, bare))
        return [signed, sealed]


class _Desk:
    """Plans of a ward on the leader's desk, and the open keys of who signs and seals them."""

    def __init__(self, database: Database, means: Means, plans: int) -> None:
        self.database, self.means = database, means
        with database.act() as session:
            unit = find(session, "phường", NOW.date(), level="commune", limit=1)[0].id
            self.people = staff(session, unit)
            self.plans = [_plan(session, unit, self.people["drafter"]) for _ in range(plans)]
            self.officer = self._open(session, office_id=self.people["leader"].office_id)
            self.seal = self._open(session, unit_id=unit)
        self.to_sign, self.to_send = iter(self.plans), iter(self.plans)

    def _open(self, session: Session, **whose: int) -> tuple[certificates.Certificate, Key]:
        admin = self.people["leader"]
        number = certificates.issue_test(session, self.means, PASSPHRASE, admin, NOW, **whose)
        found = certificates.get(session, number)
        return found, unlock(session, found, PASSPHRASE, NOW)

    def sign(self) -> None:
        with self.database.act() as session:
            request = Request(next(self.to_sign), Action.SIGN)
            acts.sign_with(session, request, self.people["leader"], NOW, *self.officer, by=self.means)

    def submit(self) -> None:
        with self.database.act() as session:
            request = Request(next(self.to_send), Action.SUBMIT, recipients=("UBND",))
            acts.send_with(session, request, self.people["clerk"], NOW, *self.seal, by=self.means)

    def served(self) -> bytes:
        """What was served to be signed last."""
        with self.database.act() as session:
            row = one_or_none(session, _SERVED, {})
            assert row is not None
            return bytes(row[0])

    def signed(self) -> bytes:
        with self.database.act() as session:
            found = kept.signed_file(session, self.plans[0])
            assert found is not None
            return files.read(session, found.file_digest)


def _plan(session: Session, unit: int, drafter: Actor) -> int:
    asked = RequirementOrder(Kind.REPORT, "Báo cáo (mẫu)", FORM, FORM_VERSION, WINDOW,
                             [LevelOrder("commune", NOW + timedelta(days=60))], "Kế hoạch (mẫu)")  # fmt: skip
    order = PlanOrder(unit, "Tháng hành động (mẫu)", [(unit, True)], [asked], subject="mẫu")
    plan = draft_plan(session, order, drafter, NOW)
    holder = offices.holder(session, drafter, NOW.date()).holder
    drafting.save(session, plan, CONTENT, 0, holder, NOW)
    drafting.present(session, plan, drafter, NOW)
    return plan


def _measured(name: str, rounds: int, engine: Callable[[], None], bare: Callable[[], float]) -> Measured:
    busy: list[float] = []

    def timed() -> float:
        began, start = time.process_time(), time.perf_counter()
        engine()
        busy.append(time.process_time() - began)
        return time.perf_counter() - start

    found = compare(name, None, rounds, timed, bare)
    return replace(found, note=f"aim 100 ms; processor {median(busy) * 1000:.0f} ms, clock least "
                               f"{min(found.engine) * 1000:.0f} ms")  # fmt: skip


def _bare(data: bytes, name: str, key: Key) -> float:
    """pyHanko's own signer over the same bytes, in the same field."""
    private = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store: Any = SimpleCertificateStore
    signer = SimpleSigner(x509.Certificate.load(key.der), asn1_keys.PrivateKeyInfo.load(private), store())
    meta = PdfSignatureMetadata(field_name=name, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    start = time.perf_counter()
    PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), existing_fields_only=True)
    return time.perf_counter() - start


_SERVED = """
SELECT f.bytes FROM signing_intent i JOIN file f ON f.digest = i.prepared_digest ORDER BY i.id DESC LIMIT 1
"""
