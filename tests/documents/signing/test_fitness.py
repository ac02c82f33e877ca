"""Which certificates may sign here: whose name they bear, on which days, by which authority, with how strong a key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from documents.signing import acts, certificates, testing
from documents.signing.certificates import New
from documents.signing.errors import (
    AlreadyEnded,
    CertificateTaken,
    CertificateUnfit,
    NoSuchCertificate,
    NotACertificate,
)
from documents.signing.fitness import Whose, reasons
from documents.signing.keys import Key, PrivateKey, unpack
from documents.signing.testing import Subject
from documents.signing.trust import BadTrust, means
from states.settings import Settings
from tests.documents.signing.desk import PASSPHRASE, Desk, authority, pack_quickly
from tests.documents.signing.desk import means as sample_means

AT = datetime(2026, 12, 16, 2, tzinfo=UTC)
WHO = Subject("Trần Thị Mẫu", "Ủy ban nhân dân xã Nhơn Hội", "Phó Chủ tịch")
WHOSE = Whose("Xã Nhơn Hội", WHO.unit, WHO.name, WHO.title)


def against(key: Key, whose: Whose = WHOSE, at: datetime = AT) -> list[str]:
    trust = sample_means().context(at, key.der)
    return [reason.message for reason in reasons(key.der, whose, trust, at)]


def made(private: PrivateKey | None = None, digest: hashes.SHA224 | None = None, **usage: bool) -> Key:
    """A certificate of the test authority that is not as it should be."""
    private = private or ec.generate_private_key(ec.SECP256R1())
    root = x509.load_der_x509_certificate(authority().root.der)
    extension = (testing._usage(**(usage or {"digital_signature": True})), True)
    signed = (x509.CertificateBuilder().subject_name(testing._name(WHO)).issuer_name(root.subject)
              .public_key(private.public_key()).serial_number(77).not_valid_before(AT - timedelta(days=1))
              .not_valid_after(AT + timedelta(days=1)).add_extension(*extension)
              .sign(authority().root.private, digest or hashes.SHA256()))  # fmt: skip
    return Key(private, signed.public_bytes(Encoding.DER))


def test_a_good_one_has_nothing_against_it() -> None:
    assert against(authority().issue(WHO, AT)) == []
    assert against(authority().issue(WHO, AT, rsa_bits=2048)) == []
    seal = authority().issue(Subject(WHO.unit, WHO.unit), AT)
    assert against(seal, Whose("Xã Nhơn Hội", WHO.unit)) == []


@pytest.mark.parametrize(
    ("key", "at", "said"),
    [
        (lambda: authority().issue(WHO, AT, days=1), AT + timedelta(days=2), ["đã hết hạn"]),
        (lambda: authority().issue(WHO, AT), AT - timedelta(days=2), ["chưa có hiệu lực"]),
        (lambda: authority().issue(Subject("Lê Văn Mẫu", WHO.unit), AT), AT,
         ["tên trong chứng thư là «Lê Văn Mẫu», không phải «Trần Thị Mẫu»"]),
        (lambda: authority().issue(Subject(WHO.name, WHO.unit, "Chủ tịch"), AT), AT,
         ["chức vụ trong chứng thư là «Chủ tịch», không phải «Phó Chủ tịch»"]),
        (lambda: authority().issue(Subject(WHO.name, "UBND xã Khác"), AT), AT,
         ["đơn vị trong chứng thư là «UBND xã Khác», không phải «Ủy ban nhân dân xã Nhơn Hội»"]),
        (lambda: testing.make().issue(WHO, AT), AT, ["không do cơ quan chứng thực được tin cậy cấp"]),
        (lambda: made(rsa.generate_private_key(65537, 1024)), AT, ["khóa quá ngắn hoặc loại khóa không nhận"]),
        (lambda: made(key_encipherment=True), AT, ["không được cấp để ký văn bản"]),
        (lambda: made(ec.generate_private_key(ec.SECP192R1())), AT, ["khóa quá ngắn hoặc loại khóa không nhận"]),
        (lambda: made(ec.generate_private_key(ec.SECP256K1())), AT, ["khóa quá ngắn hoặc loại khóa không nhận"]),
        (lambda: made(digest=hashes.SHA224()), AT, ["được cấp với hàm băm yếu"]),
    ],
    ids=["expired", "not yet", "name", "title", "unit", "authority", "RSA-1024", "usage", "P-192", "secp256k1",
         "SHA-224"],
)  # fmt: skip
def test_each_fault_is_a_sentence(key: object, at: datetime, said: list[str]) -> None:
    assert callable(key)
    assert against(key(), at=at) == said


def test_another_spelling_is_the_same_name() -> None:
    key = authority().issue(Subject("TRẦN THỊ HOÀ", "ỦY BAN NHÂN DÂN XÃ NHƠN HỘI", "Phó chủ tịch"), AT)
    assert against(key, Whose("Xã Nhơn Hội", WHO.unit, "Trần Thị Hòa", "Phó Chủ tịch")) == []


def test_a_revoked_one_is_refused_from_its_moment_on() -> None:
    key = authority().issue(WHO, AT)
    serial = asn1_x509.Certificate.load(key.der).serial_number
    for hours, said in ((-1, ["đã bị thu hồi"]), (1, [])):
        trust = sample_means().context(AT, key.der, [(serial, AT + timedelta(hours=hours))])
        assert [reason.message for reason in reasons(key.der, WHOSE, trust, AT)] == said


def test_the_seal_belongs_to_the_unit(desk: Desk) -> None:
    key = desk.means.authority.issue(Subject("Ủy ban nhân dân phường Hai", "Ủy ban nhân dân phường Hai"), desk.now)
    new = New(pack_quickly(key, PASSPHRASE), unit_id=desk.world.unit("W1"), passphrase=PASSPHRASE)
    with pytest.raises(CertificateUnfit, match="con dấu số của «Ủy ban nhân dân phường Hai», không phải của"):
        certificates.register(desk.session, new, desk.admin, desk.now, desk.means)


def test_a_certificate_is_registered_once_and_ended_once(desk: Desk) -> None:
    key = desk.means.authority.issue(desk.subject(), desk.now)
    data = pack_quickly(key, "của tệp")
    new = New(data, desk.leader.office_id, passphrase="của tệp", new_passphrase=PASSPHRASE)
    number = certificates.register(desk.session, new, desk.admin, desk.now, desk.means)
    with pytest.raises(CertificateTaken):
        certificates.register(desk.session, new, desk.admin, desk.now, desk.means)
    kept = desk.world.value("SELECT pkcs12 FROM keystore WHERE certificate_id = %s", number)
    assert unpack(bytes(kept), PASSPHRASE).der == key.der
    certificates.end(desk.session, number, "chuyển công tác", desk.admin, desk.now)
    with pytest.raises(AlreadyEnded):
        certificates.end(desk.session, number, "lần nữa", desk.admin, desk.now)
    assert desk.world.value("SELECT count(*) FROM keystore WHERE certificate_id = %s", number) == 0
    assert certificates.of_office(desk.session, desk.leader.office_id, desk.now) is None
    (shown,) = certificates.of_unit(desk.session, desk.world.unit("W1"), desk.now, ended=True)
    assert (shown.ended_why, shown.sample) == ("chuyển công tác", True)
    with pytest.raises(NoSuchCertificate):
        certificates.get(desk.session, number + 1000)


@pytest.mark.parametrize(("data", "store"), [(b"", "local"), (b"", "token"), (b"\x30\x03\x02\x01\x01", "token"),
                                             (b"-----BEGIN CERTIFICATE-----\nxx\n", "token")])  # fmt: skip
def test_what_is_no_certificate(desk: Desk, data: bytes, store: str) -> None:
    with pytest.raises(NotACertificate):
        new = New(data, desk.leader.office_id, None, store, "x")
        certificates.register(desk.session, new, desk.admin, desk.now, desk.means)


def test_an_unfit_certificate_is_no_way_around_signing(desk: Desk) -> None:
    """It was registered when it was fit; now its authority is trusted no more: the page is told why."""
    report = desk.report()
    desk.officer()
    other = testing.make()
    strange = type(desk.means)(other, (other.root.der,))
    way = acts.way_to_sign(desk.session, report, desk.leader, desk.now, by=strange)
    assert way.kind == "refused" and way.why is not None and "không do cơ quan chứng thực" in way.why.message


def test_real_authorities_come_from_a_folder_and_the_test_one_is_then_trusted_no_more(tmp_path: Path) -> None:
    real = testing.make()
    trust = tmp_path / "trust"
    trust.mkdir()
    pem = x509.load_der_x509_certificate(real.root.der).public_bytes(Encoding.PEM)
    (trust / "goc.pem").write_bytes(pem)
    (trust / "thu-hoi.crl").write_bytes(real.crl([], AT))
    (trust / "doc.txt").write_text("không đọc")
    found = means(Settings(signing=tmp_path))
    assert found.roots == (real.root.der,) and not found.sample and len(found.crls) == 1
    key = real.issue(WHO, AT)
    assert reasons(key.der, WHOSE, found.context(AT, key.der), AT) == []
    ours = found.authority.issue(WHO, AT)
    assert [one.message for one in reasons(ours.der, WHOSE, found.context(AT, ours.der), AT)] == [
        "không do cơ quan chứng thực được tin cậy cấp"]  # fmt: skip
    assert (tmp_path / testing.FILE).stat().st_mode & 0o777 == 0o600


def test_a_list_that_is_too_old_says_nothing(tmp_path: Path) -> None:
    real = testing.make()
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "goc.cer").write_bytes(real.root.der)
    (tmp_path / "trust" / "thu-hoi.crl").write_bytes(real.crl([], AT - timedelta(days=90)))
    found = means(Settings(signing=tmp_path))
    key = real.issue(WHO, AT)
    assert [one.message for one in reasons(key.der, WHOSE, found.context(AT, key.der), AT)] == [
        "không biết có bị thu hồi không"]  # fmt: skip


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "hong.crt").write_bytes(b"xx")
    with pytest.raises(BadTrust, match="hong.crt"):
        means(Settings(signing=tmp_path))


def test_a_key_file_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    testing.authority(tmp_path)
    (tmp_path / testing.FILE).chmod(0o644)
    testing.authority.cache_clear()
    with pytest.raises(testing.AuthorityNotOurs, match="0600"):
        testing.authority(tmp_path)
