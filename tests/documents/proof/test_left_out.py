"""Whoever hands a bundle over may leave rows out, without any key: the verifier never says an untruth for it."""

from __future__ import annotations

from typing import Any

import pytest

from documents.proof.bundling.packing import pack
from documents.proof.verifying import packed
from documents.proof.verifying.bundles import verify
from documents.proof.verifying.words import Report
from tests.documents.proof.leaving_out import Keep, rows, without
from tests.documents.proof.story import KEY, Proofs, told

_COUNTS = ("✓ Tất cả", "✓ Chuỗi", "✓ Nội dung của", "• Gói cho thấy")
"""Lines that say how much there is in the bundle."""


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
    assert silent == {"step", "office", "person", "unit", "sending", "receipt"}, silent


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


def test_later_steps_left_out_are_never_called_none(proofs: Proofs) -> None:
    """No proof shows that nothing came later: it is said, and what to do, whatever the bundle holds."""
    assert "về sau" in told(verify(proofs.later, key=KEY)).lower()
    reopened = next(words for _, _, kind, words in rows(packed.opened(proofs.later))
                    if kind == "step" and words[5] == "reopen")  # fmt: skip
    report = left(proofs.later, lambda kind, words: not step(words, str(reopened[1]), reopened[2] - 1))
    assert report.whole and "mở lại lúc" not in told(report)
    for each in (report, verify(proofs.later, key=KEY), verify(proofs.first, key=KEY)):
        last = each.lines[-1]
        assert last.mark == "note" and "Ai đưa gói cũng có thể bỏ bớt những bước sau" in last.vi
        assert "dondoc audit verify" in last.vi and "đến bước 4, lúc 09:" in last.vi


def test_an_older_content_shown_as_the_newest_says_up_to_which_step_it_goes(proofs: Proofs) -> None:
    """A ward reopened and signed anew: its second half left out. Its second sending may not stay."""
    members = packed.opened(proofs.ward)
    top, _ = packed.manifest(members["manifest.json"])

    def half(kind: str, words: list[Any]) -> bool:
        return (kind, words[3:5]) != ("revision", [top, "2"]) and not step(words, top, 5)

    assert "Lần gửi, lần nhận trong gói không phải của các bước" in told(left(proofs.ward, half))
    older = left(proofs.ward, lambda kind, words: half(kind, words) and (kind, words[3:5]) != ("sending", [top, "2"]))
    assert older.whole and older.lines[-1].mark == "note" and "đến bước 5, lúc" in older.lines[-1].vi


@pytest.mark.parametrize("kind", ["person", "office", "unit", "sending", "revision", "document"])
def test_all_rows_of_a_kind_left_out_are_found(proofs: Proofs, kind: str) -> None:
    assert not left(proofs.first, lambda other, _: other != kind).whole


def test_a_signer_who_is_not_in_the_bundle_may_be_a_machine(proofs: Proofs) -> None:
    report = left(proofs.first, lambda kind, _: kind != "person")
    assert "gói không có người này" in told(report)
