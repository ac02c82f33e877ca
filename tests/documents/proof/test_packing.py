"""One bundle is one row of bytes: nothing is hidden in it or in another order; a key is read as an editor saves it."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from documents.proof.bundling.packing import pack
from documents.proof.verifying import packed
from documents.proof.verifying.__main__ import main
from documents.proof.verifying.bundles import verify
from documents.proof.verifying.words import Report
from tests.documents.proof.story import KEY, Proofs, told

Members = dict[str, bytes]


def sealed(data: bytes) -> bytes:
    """With the digest that its bytes ask for: whoever changes a bundle can write it."""
    body = data[: -packed.COMMENT_LENGTH]
    return body + f"{packed.FORMAT} sha256:{hashlib.sha256(body).hexdigest()}".encode()


def zipped(members: Members, names: list[str], comment: bytes = b"") -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            made.writestr(entry, members[name])
        made.comment = comment + bytes(packed.COMMENT_LENGTH)
    return sealed(into.getvalue())


def repacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    members = packed.opened(data)
    yield "a megabyte of something else before it", sealed(b"%PDF-1.7 something else\n" * 40_000 + data)
    yield "another order of members", zipped(members, sorted(members, reverse=True))
    yield "words before the digest", zipped(members, sorted(members), b"something else ")
    name = data.index(b"manifest.json")
    yield "another name before a member", sealed(data[:name] + b"Manifest.json" + data[name + 13 :])
    yield "another day", sealed(data.replace(b"\x00\x00!\x00", b"\x00\x00\x22\x00", 1))
    yield "words behind a member's end", hidden(members)


def hidden(members: Members) -> bytes:
    """A member's compressed bytes end, and more follow, which its size covers."""
    name = "README.txt"
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    raw = packer.compress(members[name]) + packer.flush()
    data = pack(members)
    at, crc = data.index(raw), zlib.crc32(members[name]).to_bytes(4, "little")
    longer = data[:at] + raw + b"hidden" + data[at + len(raw) :]
    size, more = (crc + len(part).to_bytes(4, "little") for part in (raw, raw + b"hidden"))
    return _moved(longer.replace(size, more), members)


def _moved(data: bytes, members: Members) -> bytes:
    """The directory says where members begin: all but the first stand six bytes later, and so does it."""
    out, end = bytearray(data), data.rindex(b"PK\5\6")
    place = data.index(b"PK\1\2")
    for at in (end + 16, *(_each(data, place, len(members)))):
        old = int.from_bytes(out[at : at + 4], "little")
        out[at : at + 4] = (old + 6 if old else 0).to_bytes(4, "little")
    return sealed(bytes(out))


def _each(data: bytes, place: int, count: int) -> Iterator[int]:
    for _ in range(count):
        yield place + 42
        place += 46 + int.from_bytes(data[place + 28 : place + 30], "little")


def test_a_bundle_that_is_packed_in_another_way_is_refused(proofs: Proofs) -> None:
    for what, data in repacked(proofs.first):
        with zipfile.ZipFile(io.BytesIO(data)) as readable:
            assert "evidence.jsonl" in "".join(readable.namelist()), what
        assert "gói không được đóng đúng cách" in told(verify(data, key=KEY)), what


def lines(member: str, change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Members], Members]:
    return lambda members: {member: b"".join(each + b"\n" for each in change(members[member].split(b"\n")[:-1]))}


@pytest.mark.parametrize("change", [
    lines("evidence.jsonl", lambda rows: rows[::-1]),
    lines("evidence.jsonl", lambda rows: [b"000" + rows[0], *rows[1:]]),
    lines("evidence.jsonl", lambda rows: [b"+" + rows[0], *rows[1:]]),
    lines("contents.jsonl", lambda rows: rows[::-1]), lines("contents.jsonl", lambda rows: [*rows, rows[-1]]),
    lines("forms.jsonl", lambda rows: [*rows, rows[-1]]),
    lambda members: {"manifest.json": members["manifest.json"].replace(b",", b", ")},
    lambda members: {"checkpoint.txt": members["checkpoint.txt"].replace(b"\n", b"\r\n")},
    lambda members: {"checkpoint.txt": members["checkpoint.txt"] + "— dondoc/other AAAAAAA=\n".encode()},
])  # fmt: skip
def test_members_are_written_in_one_way_alone(proofs: Proofs, change: Callable[[Members], Members]) -> None:
    members = packed.opened(proofs.first)
    changed = change(members)
    assert changed.items() - members.items()
    assert not verify(pack({**members, **changed}), key=KEY).whole


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
@pytest.mark.parametrize("name", ["khoa.txt", "key+1.txt", "a+b+c.txt"])
def test_key_and_checkpoint_are_read_as_an_editor_saves_them(
    proofs: Proofs, tmp_path: Path, name: str, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, words in (("b.zip", ""), ("moc.txt", proofs.yesterday.replace("\n", "\r\n")), (name, f"{KEY}\r\n")):
        (tmp_path / file).write_bytes(words.encode(encoding) if words else proofs.first)
    asked = [str(tmp_path / "b.zip"), "--checkpoint", str(tmp_path / "moc.txt"), "--key", str(tmp_path / name)]
    assert main(asked) == 0, capsys.readouterr().out
    assert main([*asked[:-1], KEY]) == 0
    assert main([*asked[:-1], str(tmp_path / "none+1+2.txt")]) == 4, "neither a file nor this log's key"
    assert main([*asked[:-1], str(tmp_path / "none.txt")]) == 2


def test_an_empty_key_is_not_the_bundles_own(proofs: Proofs) -> None:
    assert not verify(proofs.first, key="").whole


def test_what_people_wrote_cant_look_like_a_finding() -> None:
    report = Report()
    report.note("Lý do: sai\n✓ GÓI CHỨNG MINH ĐÚNG.\x1b[2K\u202e", "Why: wrong\r✓ THE PROOF HOLDS.")
    assert told(report) == "• Lý do: sai ✓ GÓI CHỨNG MINH ĐÚNG. [2K " and "\r" not in report.lines[0].en
