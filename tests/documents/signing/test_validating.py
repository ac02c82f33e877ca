"""Years later, offline: who signed, when, and what was done to the file since."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from documents.signing import fields, pades, pictures, testing
from documents.signing.keys import Key
from documents.signing.names import OFFICER, SEAL
from documents.signing.testing import Subject
from documents.signing.trust import Means
from documents.signing.validating import validate
from documents.writing.typesetting import to_pdf
from tests.documents.sample_papers import province_report, ward_report
from tests.documents.signing.desk import means
from tests.documents.signing.hostile.case import Case, Stamper

AT = datetime(2026, 12, 31, 16, 5, tzinfo=UTC)  # 23:05 on 31/12 in Vietnam
IN_TEN_YEARS = datetime(2036, 6, 1, tzinfo=UTC)


def sealed(with_: Means, number: str = "1204") -> tuple[bytes, bytes, bytes]:
    """Served, signed by the officer, and numbered in the new year and sealed."""
    paper = replace(ward_report(), number=None, day=None)
    names = ("Phạm Thị Mẫu", "UBND tỉnh Lai Châu")
    officer, seal = (with_.authority.issue(Subject(name, "UBND tỉnh Lai Châu"), AT) for name in names)
    served = fields.prepare(paper, with_.system, AT)
    drawn = pictures.officer("Phạm Thị Mẫu", "Chủ tịch", "UBND tỉnh Lai Châu", AT, sample=True)
    first = _signed(served, OFFICER, officer, drawn, with_)
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(first))
    fields.fill(writer, number, date(2027, 1, 4))
    stamp = pictures.seal("UBND tỉnh Lai Châu", AT, sample=True)
    return served, first, pades.sign(writer, SEAL, seal, AT, with_.evidence(AT, (), seal), stamp)


def _signed(data: bytes, name: str, key: Key, drawn: pictures.Picture, with_: Means) -> bytes:
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(data))
    return pades.sign(writer, name, key, AT, with_.evidence(AT, (), key), drawn)


@pytest.fixture(scope="module")
def stamped() -> tuple[Means, bytes, bytes, bytes]:
    plain = means()
    with_ = Means(plain.authority, plain.roots, stamper=Stamper(plain.authority.tsa, AT))
    return (with_, *sealed(with_))


def test_each_file_begins_with_the_one_before(stamped: tuple[Means, bytes, bytes, bytes]) -> None:
    _, served, first, last = stamped
    assert last.startswith(first) and first.startswith(served)
    assert fields.values(last) == {"So": "1204", "Ngay": "ngày 04 tháng 01 năm 2027"}
    assert fields.values(first) == {"So": "", "Ngay": ""}


def test_number_and_day_stand_in_each_annex_too() -> None:
    paper = replace(province_report(), number=None, day=None)
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(fields.prepare(paper, means().system, AT)))
    fields.fill(writer, "7", date(2027, 1, 4))
    made = io.BytesIO()
    writer.write(made)
    assert set(fields.values(made.getvalue()).items()) == {
        (name + annex, value) for name, value in (("So", "7"), ("Ngay", "ngày 04 tháng 01 năm 2027"))
        for annex in ("", "-0", "-1")}  # fmt: skip


def test_good_in_ten_years_with_nothing_but_the_file_and_the_root(
    stamped: tuple[Means, bytes, bytes, bytes],
) -> None:
    """The certificates have long expired; the time stamps say that they had not when they signed."""
    with_, _, _, last = stamped
    found = validate(last, with_.roots, IN_TEN_YEARS, with_.system_roots)
    assert found.whole, found.problems
    assert [(one.purpose, one.level, one.timestamp_at) for one in found.signatures] == [
        ("system", "B-B", None), ("officer", "B-LT", AT), ("seal", "B-LT", AT)]  # fmt: skip
    officer = found.of("officer")
    assert officer is not None and (officer.who, officer.unit) == ("Phạm Thị Mẫu", "UBND tỉnh Lai Châu")
    assert officer.revision_end == len(stamped[2])
    assert (found.number, found.day) == ("1204", "ngày 04 tháng 01 năm 2027")


def test_without_a_stamp_the_caller_vouches_for_the_moment() -> None:
    last = sealed(means())[2]
    assert validate(last, means().roots, AT, means().system_roots).whole
    found = validate(last, means().roots, IN_TEN_YEARS, means().system_roots)
    assert not found.whole and found.problems[1].startswith("ChuKyLanhDao: chứng thư hết hạn hoặc chưa có hiệu lực")


def test_a_stamp_borrowed_from_another_file_proves_nothing(stamped: tuple[Means, bytes, bytes, bytes]) -> None:
    """A later signature whose stamp is genuine but was given to other bytes: the officer's is not judged as of it."""
    first = sealed(means())[1]
    drawn = pictures.seal("UBND tỉnh Lai Châu", AT, sample=True)
    seal = means().authority.issue(Subject("UBND tỉnh Lai Châu", "UBND tỉnh Lai Châu"), AT)
    forged = bytearray(_signed(first, SEAL, seal, drawn, stamped[0]))
    genuine = stamped[3][stamped[3].rindex(b"/Contents <") :]
    borrowed = genuine[11 : genuine.index(b">")].rstrip(b"0") + b"0"
    at = forged.rindex(b"/Contents <") + 11
    room = forged.index(b">", at) - at
    forged[at : at + room] = borrowed[: len(borrowed) // 2 * 2].ljust(room, b"0")
    found = validate(bytes(forged), means().roots, IN_TEN_YEARS, means().system_roots)
    seal_, officer = found.of("seal"), found.of("officer")
    assert seal_ is not None and seal_.timestamp_at == AT and not seal_.intact
    assert officer is not None and (officer.judged_at, officer.trusted) == (IN_TEN_YEARS, False)


def test_another_root_trusts_nobody(stamped: tuple[Means, bytes, bytes, bytes]) -> None:
    other = testing.make()
    found = validate(stamped[3], (other.root.der,), AT, (other.root.der,))
    assert [one.trusted for one in found.signatures] == [False, False, False]
    assert all(one.intact for one in found.signatures)


@pytest.mark.parametrize("part", ["served", "officer's picture", "seal's picture"])
def test_a_byte_that_is_changed_is_seen(stamped: tuple[Means, bytes, bytes, bytes], part: str) -> None:
    _, served, first, last = stamped
    at = {"served": 3000, "officer's picture": len(served) + 900, "seal's picture": len(first) + 900}[part]
    data = bytearray(last)
    data[at] ^= 1
    assert not validate(bytes(data), means().roots, AT, means().system_roots).whole


def test_something_after_the_seal_is_seen(stamped: tuple[Means, bytes, bytes, bytes]) -> None:
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(stamped[3]))
    fields.fill(writer, "9", date(2027, 1, 5))
    made = io.BytesIO()
    writer.write(made)
    found = validate(made.getvalue(), means().roots, AT, means().system_roots)
    assert not found.whole
    assert found.problems[-1].startswith("Sau chữ ký cuối còn có phần thêm vào tệp")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", bytes(1000)])
def test_what_can_not_be_read_is_said(data: bytes) -> None:
    found = validate(data, means().roots, AT)
    assert not found.whole and not found.signatures and "Không đọc được" in found.problems[0]


def test_what_is_not_signed_is_said() -> None:
    found = validate(to_pdf(ward_report()), means().roots, AT)
    assert found.problems == ("Tệp không có chữ ký nào (the file bears no signature).",)


def test_the_verifier_needs_neither_database_nor_server() -> None:
    """The modules that a bundle's verifier takes along import nothing else of ours."""
    said = (
        "import sys, documents.signing.validating; "
        "print([m for m in sys.modules if m.split('.')[0] in ('states', 'api', 'sqlalchemy', 'psycopg')])"
    )
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(("revoked", "listed", "why"), [
    (None, timedelta(hours=1), ""), (timedelta(minutes=30), timedelta(hours=1), ""),
    (timedelta(minutes=-30), timedelta(hours=1), "thu hồi"), (None, timedelta(days=9), "không dẫn tới"),
])  # fmt: skip
def test_a_list_that_is_younger_than_the_stamp_tells_of_it(
    revoked: timedelta | None, listed: timedelta, why: str
) -> None:
    """But not where the certificate had ended by then (two days after it signed): ended ones are on no list."""
    ours = means().authority
    key = ours.issue(Subject("Phạm Thị Mẫu", "UBND tỉnh Lai Châu"), AT, days=2)
    served = fields.prepare(replace(ward_report(), number=None, day=None), ours.system, AT)
    data = Case(served, key, AT, b"").signed(stamper=Stamper(ours.tsa, AT))
    serial = x509.load_der_x509_certificate(key.der).serial_number
    at = AT + listed
    lists = [ours.crl([] if revoked is None else [(serial, AT + revoked)], at)]
    officer = validate(data, means().roots, at, means().system_roots, lists).of("officer")
    assert officer is not None and (officer.trusted, why in officer.why) == (not why, True)


def test_a_tokens_own_stamp_holds_in_the_file_that_is_sealed_an_hour_later() -> None:
    """Its signature brings no list; the first one in the file is the seal's, younger than the stamp."""
    ours, later = means().authority, AT + timedelta(hours=1)
    officer, seal = (ours.issue(Subject(name, "UBND tỉnh Lai Châu"), AT) for name in ("Phạm Thị Mẫu", "UBND tỉnh"))
    served = fields.prepare(replace(ward_report(), number=None, day=None), ours.system, AT)
    first = Case(served, officer, AT, b"").signed(stamper=Stamper(ours.tsa, AT))
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(first))
    fields.fill(writer, "1204", date(2027, 1, 4))
    with_ = replace(means(), stamper=Stamper(ours.tsa, later))
    stamp = pictures.seal("UBND tỉnh Lai Châu", later, sample=True)
    last = pades.sign(writer, SEAL, seal, later, with_.evidence(later, (), seal), stamp)
    found = validate(last, means().roots, IN_TEN_YEARS, means().system_roots)
    assert found.whole, found.problems
