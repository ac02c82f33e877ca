"""Chứng thư số của một đơn vị: its officers' certificates and its seals; an administrator registers and ends them.

Auditors read. A test certificate is issued only where nobody's authority is trusted but the test one.
"""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from api import administering
from api.auth import Access, allowed
from api.deps import Id, InTransaction, OfMachine
from api.pages import one_time, typed
from api.pages.shell import Visit, Visiting, tried
from api.pages.signing import facts as signing_facts
from api.pages.signing.files import sent_file
from api.pages.signing.words import SIGNS, STORES, demo
from api.pages.typed import Reader, Sent
from documents.signing import certificates
from documents.signing.certificates import New
from documents.signing.changing import SHORTEST
from documents.signing.errors import NoSuchCertificate
from documents.signing.sample import SAMPLE_PASSPHRASE
from documents.signing.trust import means
from states import units
from states.errors import DonDocError, Reason
from states.settings import Settings

router = APIRouter(prefix="/don-vi/{unit_id}/chung-thu")
SEAL = "dau"


@router.get("", dependencies=[allowed(Access.ADMIN | Access.AUDITOR)])
def page(unit_id: Id, visit: Visiting, session: InTransaction, machine: OfMachine) -> HTMLResponse:
    """All of them, also those that sign nothing any more."""
    if visit.seat == "admin":
        administering.check_unit(session, unit_id, visit.by)
    return _page(visit, session, machine, unit_id)


@router.post("", dependencies=[allowed(Access.ADMIN)])
def register(
    unit_id: Id, visit: Visiting, session: InTransaction, machine: OfMachine, form: Sent
) -> Response:  # fmt: skip
    """A certificate of an authority: a P12 with its key, to be kept here, or the certificate of a token."""
    data = sent_file(form)
    administering.check_unit(session, unit_id, visit.by)
    _, error = tried(session, lambda: _register(visit, session, machine, unit_id, form, data))
    if error is not None:
        return _page(visit, session, machine, unit_id, form, error, "dang-ky")
    return _back(visit, unit_id, visit.say("Đã đăng ký chứng thư số."))


@router.post("/thu", dependencies=[allowed(Access.ADMIN)])
def issue_test(
    unit_id: Id, visit: Visiting, session: InTransaction, machine: OfMachine, form: Sent
) -> Response:  # fmt: skip
    """One of the test authority: no legal signature, and it says so."""
    administering.check_unit(session, unit_id, visit.by)
    _, error = tried(session, lambda: _issue(visit, session, machine, unit_id, form))
    if error is not None:
        return _page(visit, session, machine, unit_id, form, error, "cap-thu")
    return _back(visit, unit_id, visit.say("Đã cấp chứng thư thử, không có giá trị pháp lý."))


@router.post("/bat-buoc", dependencies=[allowed(Access.ADMIN)])
def require(unit_id: Id, visit: Visiting, session: InTransaction, form: Sent) -> Response:
    """Whether the unit's papers must be signed and sealed with certificates."""
    administering.check_unit(session, unit_id, visit.by)
    wanted = "required" in form
    certificates.require(session, unit_id, wanted)
    words = visit.say("Từ nay bắt buộc ký số.") if wanted else visit.say("Không còn bắt buộc ký số.")
    return _back(visit, unit_id, words)


@router.post("/{certificate_id}/het", dependencies=[allowed(Access.ADMIN)])
def end(
    unit_id: Id, certificate_id: Id, visit: Visiting, session: InTransaction, machine: OfMachine, form: Sent
) -> Response:  # fmt: skip
    """It signs nothing from now on, and its key is destroyed; what it signed stays signed."""
    administering.check_unit(session, unit_id, visit.by)
    if certificates.get(session, certificate_id).unit_id != unit_id:
        raise NoSuchCertificate(number=certificate_id)

    def act() -> None:
        read = Reader(form, visit.say)
        reason = read.words("reason", visit.say("Ghi lý do kết thúc."), 500)
        read.done()
        certificates.end(session, certificate_id, reason, visit.me.actor, visit.now)

    _, error = tried(session, act)
    if error is not None:
        return _page(visit, session, machine, unit_id, form, error, f"ket-thuc-{certificate_id}")
    return _back(visit, unit_id, visit.say("Đã kết thúc chứng thư; khóa của nó đã bị hủy."))


def _register(
    visit: Visit, session: Session, machine: Settings, unit_id: int, form: FormData, data: bytes
) -> None:  # fmt: skip
    if not one_time.claim(session, visit.me.person_id, typed.words(form, "khoa"), visit.now)[0]:
        return
    read = Reader(form, visit.say)
    office_id = _whose(read, session, unit_id, visit)
    if not data:
        read.wrong.append(Reason("file", visit.say("Chọn tệp chứng thư (PEM, DER hoặc P12).")))
    store = "token" if typed.words(form, "store") == "token" else "local"
    given, chosen = _secret(form, "passphrase"), _secret(form, "new_passphrase")
    if store == "local" and len(chosen or given or "") < SHORTEST:
        read.wrong.append(Reason("new_passphrase", visit.say("Mật khẩu để ký cần ít nhất 8 ký tự.")))
    read.done()
    new = New(data, office_id, None if office_id else unit_id, store, given, chosen)
    certificates.register(session, new, visit.me.actor, visit.now, means(machine))


def _issue(visit: Visit, session: Session, machine: Settings, unit_id: int, form: FormData) -> None:
    if not one_time.claim(session, visit.me.person_id, typed.words(form, "khoa"), visit.now)[0]:
        return
    read = Reader(form, visit.say)
    office_id = _whose(read, session, unit_id, visit)
    chosen = _secret(form, "test_passphrase") or ""
    if len(chosen) < SHORTEST:
        read.wrong.append(Reason("test_passphrase", visit.say("Mật khẩu để ký cần ít nhất 8 ký tự.")))
    trusted = means(machine)
    if not trusted.sample:
        words = visit.say("Máy này tin cơ quan chứng thực thật, không cấp chứng thư thử.")
        read.wrong.append(Reason("whose", words))
    read.done()
    certificates.issue_test(session, trusted, chosen, visit.me.actor, visit.now, office_id=office_id,
                            unit_id=None if office_id else unit_id)  # fmt: skip


def _whose(read: Reader, session: Session, unit_id: int, visit: Visit) -> int | None:
    """The office, or None for the seal; one that is not of the unit is told."""
    said = typed.words(read.form, "whose")
    office = typed.number(said)
    if said != SEAL and office not in {one.office_id for one in signing_facts.signers(session, unit_id, visit.by.day)}:
        read.wrong.append(Reason("whose", visit.say("Chọn người ký hoặc con dấu của cơ quan.")))
    return office if said != SEAL else None


def _secret(form: FormData, name: str) -> str | None:
    """A passphrase as typed, or None."""
    said = form.get(name)
    return said if isinstance(said, str) and said else None


def _back(visit: Visit, unit_id: int, words: str) -> Response:
    return visit.back_to(f"/don-vi/{unit_id}/chung-thu", words)


def _page(
    visit: Visit, session: Session, machine: Settings, unit_id: int, form: FormData | None = None,
    error: DonDocError | None = None, place: str = "",
) -> HTMLResponse:  # fmt: skip
    kept = {name: value for name, value in (form or {}).items() if name in ("whose", "store", "reason")}
    wrong = {reason.place: reason.said(visit.say).message for reason in error.reasons} if error else {}
    return visit.page(
        "signing/certificates.html", error.status if error else 200, place=units.get(session, unit_id), error=error,
        at=place, kept=kept, wrong=wrong, lines=signing_facts.of_unit(session, unit_id, visit.now),
        signers=signing_facts.signers(session, unit_id, visit.by.day), required=certificates.required(session, unit_id),
        tests=means(machine).sample, hint=SAMPLE_PASSPHRASE if demo(visit) else "", key=one_time.new_key(),
        manages=visit.seat == "admin", SEAL=SEAL, SIGNS=SIGNS, STORES=STORES,
    )  # fmt: skip
