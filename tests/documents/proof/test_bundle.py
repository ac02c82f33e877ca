"""A bundle tells the inspector everything, offline; whatever is done to it is found."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.proof.bundling.packing import pack
from documents.proof.verifying import packed
from documents.proof.verifying.__main__ import main
from documents.proof.verifying.bundles import verify
from documents.proof.verifying.words import Report
from states.log.notes import Signer
from tests.documents.proof.story import KEY, SIGNER, Proofs, told

OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_an_inspector_reads_who_signed_what_and_where_each_figure_comes_from(proofs: Proofs) -> None:
    report = verify(proofs.first, key=KEY, checkpoint=proofs.yesterday)
    said = [line.vi for line in report.lines]
    assert report.whole, said
    for words in (
        "Nhật ký nối tiếp đúng mốc do bên ngoài giữ",
        "Người ký: Hoa, Tỉnh Mẫu Giang (mẫu), KT. Phó Chủ tịch (ký thay), Tỉnh Mẫu Giang, ký lúc",
        "Gửi số 01/BC-UBND ngày 11/12/2026",
        "bằng đúng tổng từ 7 bản nguồn (cộng lại ở 3 bản tổng hợp các cấp)",
        "Các số đến từ 4 báo cáo đã ký và 0 báo cáo ký ngoài hệ thống",
        "Có số của 2/4 đơn vị cấp cuối (được miễn 1); còn thiếu 1: Phường Bốn. Bản đã ký ghi 2/3.",
    ):
        assert any(words in line for line in said), (words, said)


def test_what_was_reopened_afterwards_is_told(proofs: Proofs) -> None:
    report = verify(proofs.later, key=KEY, checkpoint=proofs.today)
    assert report.whole
    assert any(line.vi.startswith("Về sau, bản của Huyện An Mẫu đã được mở lại lúc") for line in report.lines)


def test_what_was_reopened_before_this_signature_is_told(proofs: Proofs) -> None:
    report = verify(proofs.again, key=KEY)
    assert report.whole, told(report)
    wanted = "• Trước chữ ký này, văn bản đã được mở lại lúc 10:15 ngày 11/12/2026: Số liệu sai."
    assert wanted in told(report), told(report)


def test_a_paper_whose_file_is_not_kept_is_no_fault(proofs: Proofs) -> None:
    """Registered with its file's SHA-256 alone: right, and what the inspector can do is said."""
    report = verify(proofs.paper, key=KEY)
    assert report.whole, told(report)
    assert "Đối chiếu tệp của văn bản với SHA-256 " + "01" * 32 in told(report)


def test_a_bundle_is_always_the_same_bytes(proofs: Proofs) -> None:
    assert pack(packed.opened(proofs.first)) == proofs.first


@OFTEN
@given(st.data())
def test_every_byte_that_is_flipped_is_found(proofs: Proofs, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(proofs.first) - 1))
    flipped = bytearray(proofs.first)
    flipped[place] ^= data.draw(st.integers(1, 255))
    assert not verify(bytes(flipped), key=KEY).whole


@OFTEN
@given(st.data())
def test_a_member_that_is_changed_and_packed_anew_is_found(proofs: Proofs, data: st.DataObject) -> None:
    members = packed.opened(proofs.first)
    name = data.draw(st.sampled_from(sorted(set(members) - {"proofs.json", "manifest.json"})))
    changed = bytearray(members[name])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    assert not verify(pack({**members, name: bytes(changed)}), key=KEY).whole


def test_a_bundle_that_is_said_to_be_another_documents_is_found(proofs: Proofs) -> None:
    members = packed.opened(proofs.first)
    number = json.loads(members["manifest.json"])["document"]
    others = {json.loads(line.partition(b" ")[2])[2] for line in members["evidence.jsonl"].split(b"\n")[:-1]
              if b'["dondoc-row/1", "document"' in line} - {str(number)}  # fmt: skip
    for other in others:
        manifest = members["manifest.json"].replace(b'"document":%d' % number, b'"document":%s' % other.encode())
        assert not verify(pack({**members, "manifest.json": manifest}), key=KEY).whole


def test_a_proof_that_is_written_in_another_way_is_found(proofs: Proofs) -> None:
    """The same hashes in capital letters, a space more: not the bytes that were made."""
    members = packed.opened(proofs.first)
    proof = members["proofs.json"]
    shown = json.loads(proof)["beside"][0].encode()
    for other in (proof.replace(shown, shown.upper()), proof + b" "):
        assert other != proof
        assert not verify(pack({**members, "proofs.json": other}), key=KEY).whole


@pytest.mark.parametrize("forms", [lambda forms: b"", lambda forms: forms[:-1]])
def test_a_form_that_is_left_out_is_found(proofs: Proofs, forms: Callable[[bytes], bytes]) -> None:
    members = packed.opened(proofs.first)
    assert not verify(pack({**members, "forms.jsonl": forms(members["forms.jsonl"])}), key=KEY).whole


@pytest.mark.parametrize("more", [{"format": "dondoc-bundle/2"}, {"document": "1"}, {"document": True}, {"note": "x"}])
def test_a_manifest_that_says_something_else_is_not_read(proofs: Proofs, more: dict[str, Any]) -> None:
    members = packed.opened(proofs.first)
    manifest = json.dumps({**json.loads(members["manifest.json"]), **more}).encode()
    report = verify(pack({**members, "manifest.json": manifest}), key=KEY)
    assert [line.vi for line in report.lines] == ["Gói không đọc được: không phải dạng gói này đọc được."]


def test_a_log_rewritten_under_the_stolen_key_is_caught_by_yesterdays_checkpoint(proofs: Proofs) -> None:
    forged = SIGNER.sign(7, bytes(32), datetime(2026, 12, 10, tzinfo=UTC))
    report = verify(proofs.first, key=KEY, checkpoint=forged)
    assert not report.whole
    other = Signer(SIGNER.name, Ed25519PrivateKey.generate())
    assert not verify(proofs.first, key=other.verifier.line).whole, "another key signed nothing here"


def test_without_key_and_checkpoint_it_says_what_that_leaves_open(proofs: Proofs) -> None:
    said = " ".join(line.vi for line in verify(proofs.first).lines)
    assert "hãy so với khóa cơ quan công bố" in said and "có thể đã viết lại tất cả" in said


def test_hostile_files_are_refused_in_one_sentence(proofs: Proofs) -> None:
    members = packed.opened(proofs.first)
    bomb = pack({**members, "files/" + "0" * 64: b""}), pack({**members, "evidence.jsonl": b"0" * (1 << 20)})
    for hostile in (b"", b"PK", proofs.first[:-1], proofs.first[:500], proofs.first + b"x", _zip({"../x": b"1"}),
                    _zip({"/etc/passwd": b"1"}), _zip({"evidence.jsonl": b"{"}), pack({**members, "x": b""}),
                    _twice(members),
                    pack({n: d for n, d in members.items() if n != "forms.jsonl"}),
                    pack({**members, "manifest.json": b"[" * 100_000}), *bomb):  # fmt: skip
        report = verify(hostile, key=KEY)
        assert not report.whole and _bad(report) in (1, 2), [line.vi for line in report.lines]


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, proofs: Proofs) -> None:
    monkeypatch.setattr(packed, "LARGEST_WHOLE", 1 << 20)
    members = packed.opened(proofs.first)
    report = verify(pack({**members, "evidence.jsonl": b"0" * (2 << 20)}), key=KEY)
    assert [line.vi for line in report.lines] == ["Gói không đọc được: giải nén ra quá lớn."]


def test_it_runs_without_any_of_the_program(proofs: Proofs, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.zip").write_bytes(proofs.first)
    (tmp_path / "moc.txt").write_text(proofs.yesterday, "utf-8")
    (tmp_path / "khoa.txt").write_text(KEY, "utf-8")
    files = [str(tmp_path / "b.zip"), "--checkpoint", str(tmp_path / "moc.txt"), "--key", str(tmp_path / "khoa.txt")]
    assert main(files) == 0 and capsys.readouterr().out.endswith("✓ GÓI CHỨNG MINH ĐÚNG.\n")
    assert main([*files, "--english"]) == 0 and capsys.readouterr().out.endswith("THE PROOF HOLDS.\n")
    code = ("import sys; from documents.proof.verifying.__main__ import main; code = main(sys.argv[1:]);"
            "bad = {'states', 'sqlmodel', 'sqlalchemy', 'psycopg', 'fastapi', 'api'} & set(sys.modules);"
            "sys.exit(9 if bad else code)")  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code, *files], capture_output=True).returncode == 0


def _bad(report: Report) -> int:
    return sum(line.mark == "bad" for line in report.lines)


def _twice(members: dict[str, bytes]) -> bytes:
    """A member of a name that is there already, with the digest that its bytes ask for."""
    into = io.BytesIO(pack(members))
    with zipfile.ZipFile(into, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("forms.jsonl", b"{}\n")
        made.comment = bytes(packed.COMMENT_LENGTH)
    data = into.getvalue()[: -packed.COMMENT_LENGTH]
    return data + f"{packed.FORMAT} sha256:{hashlib.sha256(data).hexdigest()}".encode()


def _zip(members: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return into.getvalue()
