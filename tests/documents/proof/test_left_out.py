"""Whoever hands a bundle over may leave rows out, without any key: the verifier never says an untruth for it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from documents.proof.bundling.packing import pack
from documents.proof.verifying import packed, proving, tree
from documents.proof.verifying.bundles import verify
from documents.proof.verifying.words import Report
from tests.documents.proof.leaving_out import Keep, rows, without
from tests.documents.proof.story import KEY, Proofs, told

_COUNTS = ("✓ Tất cả", "✓ Chuỗi", "✓ Nội dung của", "✓ Các bước của", "• Bước cuối của")
"""Lines that say how much there is in the bundle."""
MISSING = "Không chứng minh được là gói có đủ các bước"
ENDS = "là tất cả các bước có đến lúc niêm phong ấy"


def left(data: bytes, keep: Keep) -> Report:
    return verify(pack(without(packed.opened(data), keep)), key=KEY)


def step(words: list[Any], document: str, after: int) -> bool:
    return bool(words[0] == "dondoc-step/1" and str(words[1]) == document and words[2] > after)


def test_what_is_left_out_one_by_one_is_found_or_changes_nothing_that_is_said(proofs: Proofs) -> None:
    members = packed.opened(proofs.later)
    full = said(verify(proofs.later, key=KEY))
    silent = set()
    for _, _, kind, words in rows(members):
        report = left(proofs.later, lambda _, other, words=words: bool(other != words))  # type: ignore[misc]
        if report.whole:
            silent.add(kind)
            assert said(report) <= full, (words, said(report) - full)
    assert silent == {"office", "person", "unit", "sending", "receipt"}, silent


def said(report: Report) -> set[str]:
    return {line for line in told(report).split("\n") if not line.startswith(_COUNTS)}


def test_units_that_are_missing_are_not_left_out_unseen(proofs: Proofs) -> None:
    """The signed row says 2/3; the ward without a report is gone, then none was missing."""
    gone = absent(proofs.first)
    report = left(proofs.first, lambda kind, words: not of(kind, words, gone))
    assert not report.whole and "không thiếu đơn vị nào" not in told(report), told(report)
    assert "có đơn vị đã bị lấy ra" in told(report)


def test_a_waiver_and_a_missing_unit_left_out_together_still_show(proofs: Proofs) -> None:
    """As many units stand in the bundle as the row says; the signed content names the one that is gone."""
    names = {words[2]: words[5] for _, _, kind, words in rows(packed.opened(proofs.first)) if kind == "unit"}
    four = {document for document, unit in absent(proofs.first).items() if names[unit] == "Phường Bốn"}
    report = left(proofs.first, lambda kind, words: kind != "dispensation" and not of(kind, words, four))
    assert not report.whole
    assert "Bản đã ký nêu còn thiếu Phường Bốn, mà các đơn vị ấy đã bị lấy khỏi gói" in told(report)


def absent(data: bytes) -> dict[str, str]:
    """The reports of which no content is in the bundle, with their units."""
    found = rows(packed.opened(data))
    there = {words[3] for _, _, kind, words in found if kind == "revision"}
    return {words[2]: words[4] for _, _, kind, words in found
            if kind == "document" and words[3] == "report" and words[2] not in there}  # fmt: skip


def of(kind: str, words: list[Any], documents: Any) -> bool:
    return (kind == "document" and words[2] in documents) or (kind == "step" and str(words[1]) in documents)


def test_a_total_without_what_it_was_made_of_is_found(proofs: Proofs) -> None:
    """All derivations, and all that stands below: what is left looks like a report of its own figures."""
    top = str(packed.manifest(packed.opened(proofs.first)["manifest.json"])[0])

    def keep(kind: str, words: list[Any]) -> bool:
        own = {"derivation": False, "revision": words[3] == top, "document": words[2] == top,
               "step": str(words[1]) == top}  # fmt: skip
        return bool(own.get(kind, True))

    report = left(proofs.first, keep)
    assert not report.whole
    assert "Số của Tỉnh Mẫu Giang là số tổng hợp, mà các bản nguồn đã bị lấy khỏi gói" in told(report)


def test_a_sum_of_one_unit_needs_its_source_too(proofs: Proofs) -> None:
    """1/1 as a ward's own report says; the content itself tells that it was summed."""
    top = str(packed.manifest(packed.opened(proofs.again)["manifest.json"])[0])
    report = left(proofs.again, lambda kind, words: kind != "derivation" and (kind != "revision" or words[3] == top))
    assert "Số của Huyện An Mẫu là số tổng hợp, mà các bản nguồn đã bị lấy khỏi gói" in told(report)


def test_last_steps_left_out_are_found(proofs: Proofs) -> None:
    """A source that was reopened, shown as it stood before: the log's last leaf knows better."""
    whole = verify(proofs.later, key=KEY)
    assert ENDS in told(whole) and "mở lại lúc" in told(whole)
    reopened = next(words for _, _, kind, words in rows(packed.opened(proofs.later))
                    if kind == "step" and words[5] == "reopen")  # fmt: skip
    report = left(proofs.later, lambda kind, words: not step(words, str(reopened[1]), reopened[2] - 1))
    assert not report.whole and ENDS not in told(report)
    assert "những bước sau cùng của ít nhất một văn bản có thể đã bị lấy khỏi gói" in told(report)


def test_what_came_after_the_sealing_is_never_called_none(proofs: Proofs) -> None:
    for each in (proofs.first, proofs.later, proofs.again, proofs.paper):
        last = verify(each, key=KEY).lines[-1]
        assert last.mark == "note" and "Gói không nói gì về sau lần niêm phong ấy" in last.vi
        assert "dondoc audit verify" in last.vi


def test_an_older_content_is_not_shown_as_the_newest(proofs: Proofs) -> None:
    """A ward reopened and signed anew: its second half left out, cleanly."""
    members = packed.opened(proofs.ward)
    top, _ = packed.manifest(members["manifest.json"])

    def half(kind: str, words: list[Any]) -> bool:
        second = kind in ("revision", "sending") and words[3:5] == [top, "2"]
        return not second and not step(words, top, 5)

    report = left(proofs.ward, half)
    assert [line.vi[: len(MISSING)] for line in report.lines if line.mark == "bad"] == [MISSING]


def test_the_end_of_the_sealing_is_asked_for(proofs: Proofs) -> None:
    """Left out, an older one in its place, a second one beside it: each time nothing shows where the chains end."""
    members = packed.opened(proofs.later)
    assert MISSING in told(left(proofs.later, lambda kind, _: kind != "heads"))
    older = without(packed.opened(proofs.first), lambda kind, _: kind == "heads")["evidence.jsonl"]
    both = {**members, "evidence.jsonl": older + members["evidence.jsonl"]}
    assert not verify(pack(both), key=KEY).whole


def test_nobody_hides_where_a_document_stands_among_the_hashes(proofs: Proofs) -> None:
    """He puts its place in the second tree beside, and shows an older end of its chain."""
    members = packed.opened(proofs.ward)
    top, _ = packed.manifest(members["manifest.json"])
    cut = without(members, lambda kind, words: not step(words, top, 5))
    proofs_said = json.loads(cut["proofs.json"])
    found, width = proving.evidence(members["evidence.jsonl"]), 256
    given = [bytes.fromhex(each) for each in proofs_said["standing"]]
    leaves = {int(document): leaf for document, leaf in found.standing.items()}
    assert tree.root_of(leaves, width, given) is not None
    for place in range(len(given) + 1):
        hashes = [each.hex() for each in (*given[:place], leaves[int(top)], *given[place:])]
        said = json.dumps({**proofs_said, "standing": hashes}, sort_keys=True, separators=(",", ":")).encode()
        report = verify(pack({**cut, "proofs.json": said}), key=KEY)
        assert MISSING in told(report), place


@pytest.mark.parametrize("said", [
    {"note": "đã được phê duyệt"}, {"consistency": {"một": []}}, {"consistency": {"07": []}}, {"beside": {}},
    {"standing": ["AB" * 32]}, {"standing": ["00" * 31]}, {"standing": ["00" * 32] * 9_000},
])  # fmt: skip
def test_proofs_hold_hashes_and_nothing_else(proofs: Proofs, said: dict[str, Any]) -> None:
    """Neither words nor so many hashes that an inspector's machine chokes on them."""
    members = packed.opened(proofs.first)
    changed = json.dumps(json.loads(members["proofs.json"]) | said, sort_keys=True, separators=(",", ":")).encode()
    report = verify(pack({**members, "proofs.json": changed}), key=KEY)
    assert [line.vi for line in report.lines if line.mark == "bad"] == ["Gói không đúng dạng (ValueError)."]


@pytest.mark.parametrize("kind", ["step", "sending", "heads"])
def test_only_what_may_change_is_said_to_have_changed(proofs: Proofs, kind: str) -> None:
    members = packed.opened(proofs.first)
    lines = [each.replace(b" ", b"+ ", 1) if other == kind else each for _, each, other, _ in rows(members)]
    data = pack({**members, "evidence.jsonl": b"".join(line + b"\n" for line in lines)})
    assert [line.vi for line in verify(data, key=KEY).lines if line.mark == "bad"] == [
        "Gói không đúng dạng (ValueError)."
    ]


def test_a_document_without_any_step_is_found(proofs: Proofs) -> None:
    """Its row stays, its chain goes: then nothing would be said of it."""
    gone = set(absent(proofs.first))
    report = left(proofs.first, lambda kind, words: kind != "step" or str(words[1]) not in gone)
    assert gone and MISSING in told(report)


@pytest.mark.parametrize("kind", ["person", "office", "unit", "sending", "revision", "document"])
def test_all_rows_of_a_kind_left_out_are_found(proofs: Proofs, kind: str) -> None:
    assert not left(proofs.first, lambda other, _: other != kind).whole


def test_a_signer_who_is_not_in_the_bundle_may_be_a_machine(proofs: Proofs) -> None:
    report = left(proofs.first, lambda kind, _: kind != "person")
    assert "gói không có người này" in told(report)
