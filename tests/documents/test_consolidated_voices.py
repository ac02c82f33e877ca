"""What the units say, put together in the consolidated report: equal words once, nobody's lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from documents.writing import voices
from documents.writing.paper import Paragraph
from documents.writing.voices import Voice


def said(document: int, unit: str, text: str) -> dict[str, Any]:
    """A unit's words as they are gathered."""
    return {"document": document, "unit": unit, "text": text}


def bare(words: str) -> str:
    """Words without what does not count."""
    return " ".join(words.strip(" .;").split())


def test_equal_words_stand_once_with_all_who_say_them_and_the_most_said_first() -> None:
    heard = voices.voices([
        said(1, "Xã A", "- Thiếu kinh phí.\n- Địa bàn rộng."), said(2, "Xã B", "+ thiếu kinh phí"),
        said(3, "Xã C", "1. Cán bộ kiêm nhiệm"), said(4, "Xã D", "a) Thiếu  kinh phí;\nThiếu kinh phí."),
    ], {})  # fmt: skip
    assert heard == [
        Voice("Thiếu kinh phí.", ("Xã A", "Xã B", "Xã D")), Voice("Địa bàn rộng.", ("Xã A",)),
        Voice("Cán bộ kiêm nhiệm", ("Xã C",)),
    ]  # fmt: skip
    assert heard[0].told == "- 3 đơn vị (Xã A, Xã B, Xã D): Thiếu kinh phí."
    assert heard[1].told == "- Xã A: Địa bàn rộng."


def test_words_that_differ_in_one_letter_or_tone_are_not_put_together() -> None:
    heard = voices.voices([said(1, "Xã A", "Thiếu cán bộ"), said(2, "Xã B", "Thiếu can bộ")], {})
    assert [voice.units for voice in heard] == [("Xã A",), ("Xã B",)]
    same = voices.voices([said(1, "Xã A", "Hoà giải"), said(2, "Xã B", "Hòa giải")], {})
    assert [voice.units for voice in same] == [("Xã A", "Xã B")]


def test_units_of_one_name_are_two_units_with_the_place_behind_them() -> None:
    words = [said(1, "Xã Tân Lập", "Ít vốn"), said(2, "Xã Tân Lập", "Ít vốn")]
    heard = voices.voices(words, {1: "Tỉnh A", 2: "Tỉnh B"})
    assert heard[0].units == ("Xã Tân Lập (Tỉnh A)", "Xã Tân Lập (Tỉnh B)")
    assert heard[0].named == "Tỉnh A: Xã Tân Lập; Tỉnh B: Xã Tân Lập"


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["Ít vốn", "Xa", "Ít  vốn.", "một\nXa;"])), max_size=12))
def test_nobodys_words_are_lost_and_nobody_counts_twice(given_words: list[tuple[int, str]]) -> None:
    heard = voices.voices([said(n, f"Xã {n}", text) for n, text in given_words], {})
    expected = {(f"Xã {n}", bare(line)) for n, text in given_words for line in text.splitlines()}
    found = [(unit, bare(voice.words)) for voice in heard for unit in voice.units]
    assert sorted(found) == sorted(expected)
    assert [len(v.units) for v in heard] == sorted((len(v.units) for v in heard), reverse=True)


def test_a_long_list_is_cut_in_the_text_and_whole_in_the_annex() -> None:
    heard = [Voice(f"Ý {n}", ("Xã A",)) for n in range(11)]
    told = [block.text for block in voices.told(heard, False) if isinstance(block, Paragraph)]
    assert told[0] == "Các đơn vị phản ánh:" and told[8] == "- Xã A: Ý 7"
    assert told[-1].startswith("(Còn 3 ý kiến khác") and voices.in_annex(heard, False)
    assert len(voices.listed(heard, "Khó khăn").rows) == 11


def test_where_the_drafter_wrote_his_own_words_the_units_stand_in_the_annex() -> None:
    heard = [Voice("Ít vốn", ("Xã A",))]
    (one,) = voices.told(heard, True)
    assert isinstance(one, Paragraph) and "Phụ lục «Ý kiến của các đơn vị»" in one.text
    assert voices.in_annex(heard, True) and not voices.in_annex(heard, False)
    assert voices.told([], True) == []
