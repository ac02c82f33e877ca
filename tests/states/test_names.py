"""Two spellings of one name are one name; two names stay two."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.names import TYPE_WORDS, kind_of, normal_form, search_form, short_name, split_type
from states.registry import read_units

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
NAMES = [unit.name for unit in read_units()]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Xã Đức Hoà", "Xã Đức Hòa"),
        ("Phường Phú Thuỷ", "Phường Phú Thủy"),
        ("Phường Nguyễn Uý", "Phường Nguyễn Úy"),
        ("Xã Hoè Thị", "Xã Hòe Thị"),
        ("PHƯỜNG NGUYỄN NGHIÊM", "phường nguyễn nghiêm"),
        ("Phường Phương Liên - Trung Tự", "Phường Phương Liên Trung Tự"),
        ("Tỉnh Bà Rịa – Vũng Tàu", "Tỉnh Bà Rịa-Vũng  Tàu"),
        ("Xã Ea H’Leo", "Xã Ea H'Leo"),
        ("Xã Ea M' Doal", "Xã Ea M'Doal"),
        ("Thị trấn\u00a0Sa Rài", " Thị Trấn Sa Rài "),
        ("Ðồng Tháp", "Đồng Tháp"),
    ],
)
def test_two_spellings_of_one_name_are_equal(old: str, new: str) -> None:
    assert normal_form(old) == normal_form(new)
    assert normal_form(unicodedata.normalize("NFD", old)) == normal_form(new)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xã Tân Thành", "Xã Tân Thạnh"),
        ("Xã Hoa Sơn", "Xã Hòa Sơn"),
        ("Xã Hoa Thúy", "Xã Hóa Thuy"),
        ("Xã Đăk Hà", "Xã Đắk Hà"),
        ("Xã Da", "Xã Đa"),
        ("Huyện Cao Lãnh", "Thành phố Cao Lãnh"),
        ("Phường 1", "Phường 11"),
    ],
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@given(st.sampled_from(["oa", "oe", "uy"]), st.sampled_from(["h", "th", "kh", ""]), st.sampled_from(TONES))
def test_where_the_tone_stands_does_not_matter_but_which_it_is_does(pair: str, onset: str, tone: str) -> None:
    first, second = f"{onset}{pair[0]}{tone}{pair[1]}", f"{onset}{pair}{tone}"

    assert normal_form(first) == normal_form(second)
    others = {normal_form(f"{onset}{pair}{other}") for other in TONES if other != tone}
    assert normal_form(first) not in others


@given(st.sampled_from(NAMES))
def test_every_name_of_the_registry_compares_in_any_case_and_unicode_form(name: str) -> None:
    form = normal_form(name)

    assert form == normal_form(name.upper()) == normal_form(unicodedata.normalize("NFD", name))
    assert form == normal_form(form)


def test_search_form_is_what_people_type_without_diacritics() -> None:
    assert search_form("Tỉnh Đắk Lắk") == "tinh dak lak"
    assert search_form("Thị trấn M'Drắk") == "thi tran mdrak"
    assert search_form("Bà Rịa - Vũng Tàu") == "ba ria vung tau"
    assert all(search_form(name).isascii() for name in NAMES)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Phường Nguyễn Nghiêm", ("Phường", "Nguyễn Nghiêm")),
        ("THÀNH PHỐ HÀ NỘI", ("Thành phố", "HÀ NỘI")),
        ("Thị Trấn Óc Eo", ("Thị trấn", "Óc Eo")),
        ("Thị xã Đức Phổ", ("Thị xã", "Đức Phổ")),
        ("Quận 1", ("Quận", "1")),
        ("Đặc khu Trường Sa", ("Đặc khu", "Trường Sa")),
        ("Xã Phường", ("Xã", "Phường")),
        ("Nguyễn Nghiêm", ("", "Nguyễn Nghiêm")),
        ("Xã", ("", "Xã")),
        ("", ("", "")),
    ],
)
def test_the_type_word_comes_off_once(name: str, parts: tuple[str, str]) -> None:
    assert split_type(name) == parts
    assert short_name(name) == parts[1]


def test_the_kinds_are_the_type_words_without_diacritics() -> None:
    kinds = {kind_of(word) for word in TYPE_WORDS}

    assert kinds == {
        "tinh", "thanh_pho", "quan", "huyen", "thi_xa", "xa", "phuong", "thi_tran", "dac_khu",
    }  # fmt: skip
