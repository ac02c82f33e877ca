"""What the measure forgives, and what it does not."""

from __future__ import annotations

from documents.reading.measuring.same import level_of, same_caption, same_cell, same_level, same_period, same_role


def test_a_number_of_the_facts_is_the_cell_read_the_vietnamese_way() -> None:
    for said, found in ((1175, "1.175"), (3, "03"), (3.4, "3,40"), (54.3, "54,3%"), ("54.3%", "54,3 %"), (0, "0")):
        assert same_cell(said, found), (said, found)
    for said, found in ((1175, "1,175"), (3, "30"), (0, "Không"), (0, "-"), (5, "5 cuộc"), ("54.3%", "0,543")):
        assert not same_cell(said, found), (said, found)


def test_kinds_of_period_have_two_names_but_halves_are_not_quarters() -> None:
    assert same_period("half_year", "half", 1) and same_period("H1", "half", 1) and same_period("quarter", "quarter", 3)
    assert not same_period("H2", "half", 1) and not same_period("quarter", "half", 1)
    assert not same_period("Q2", "quarter", 3)


def test_a_level_is_the_tree_and_where_the_facts_say_it_the_family() -> None:
    assert level_of("UBND xã Mẫu", "commune") == "ward"
    assert level_of("Ban vì sự tiến bộ của phụ nữ", "district") == "district"
    assert same_level("province_department", level_of("Sở Nội vụ", "province"))
    assert same_level("commune_union", level_of("Hội LHPN xã Mẫu", "commune"))
    assert not same_level("commune_unit", level_of("UBND xã Mẫu", "commune"))
    assert not same_level("commune_unit", level_of("Hội LHPN xã Mẫu", "commune"))
    assert not same_level("province", level_of("Trạm Y tế xã Mẫu", "commune"))


def test_roles_and_captions() -> None:
    assert same_role("request", "superior_guidance") and not same_role("request", "own_document")
    assert not same_role("legal", "other")
    assert same_caption("II. NHIỆM VỤ", "Nhiệm vụ") and not same_caption("Nhiệm vụ", "Kinh phí")
