"""The shipped trees and successions against the official counts, the seeds' units and the known faults."""

import gzip
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from states.names import kind_of, normal_form, short_name, split_type
from states.registry import SuccessionRow, UnitRow, read_successions, read_units
from states.registry import build as registry_build
from states.registry.namesakes import LostSuccessors, without_namesakes
from states.registry.source import Commune, UnknownSource, read_source

UNITS = {(unit.registry, unit.code): unit for unit in read_units()}
SUCCESSIONS = list(read_successions())
SUCCESSORS: dict[str, list[SuccessionRow]] = defaultdict(list)
for row in SUCCESSIONS:
    SUCCESSORS[row.old_code].append(row)


def names_after(old_code: str) -> set[tuple[str, str]]:
    return {(row.new_code, UNITS[row.new_registry, row.new_code].name) for row in SUCCESSORS[old_code]}


def province_of(unit: UnitRow) -> str:
    while unit.parent_code:
        unit = UNITS[unit.registry, unit.parent_code]
    return unit.code


def test_both_trees_have_the_official_counts() -> None:
    levels = Counter((unit.registry, unit.level) for unit in UNITS.values())
    kinds = Counter(u.kind for u in UNITS.values() if u.registry == "vn2" and u.level == "commune")

    assert levels == {
        ("vn3", "province"): 63,
        ("vn3", "district"): 696,
        ("vn3", "commune"): 10_035,
        ("vn2", "province"): 34,
        ("vn2", "commune"): 3_321,
    }
    assert kinds == {"xa": 2_621, "phuong": 687, "dac_khu": 13}


def test_no_key_is_used_twice_and_codes_have_their_length() -> None:
    assert len(list(read_units())) == len(UNITS)
    assert {(unit.level, len(unit.code)) for unit in UNITS.values()} == {
        ("province", 2), ("district", 3), ("commune", 5),
    }  # fmt: skip
    assert len({row[:4] for row in SUCCESSIONS}) == len(SUCCESSIONS)


def test_parents_come_first_in_the_same_registry_at_the_level_above() -> None:
    above = {("vn3", "commune"): "district", ("vn3", "district"): "province", ("vn2", "commune"): "province"}
    seen: set[tuple[str, str]] = set()
    for unit in read_units():
        if unit.level == "province":
            assert (unit.parent_registry, unit.parent_code) == (None, None)
        else:
            assert unit.parent_registry == unit.registry
            assert (unit.registry, unit.parent_code) in seen
            assert UNITS[unit.registry, unit.parent_code or ""].level == above[unit.registry, unit.level]
        seen.add((unit.registry, unit.code))


def test_the_old_tree_ends_on_the_eve_of_the_new_one() -> None:
    days = {(unit.registry, unit.valid_from, unit.valid_to) for unit in UNITS.values()}

    assert days == {
        ("vn3", date(2021, 1, 1), date(2025, 6, 30)),
        ("vn2", date(2025, 7, 1), None),
    }


def test_kind_and_name_agree_and_no_two_siblings_share_a_name() -> None:
    siblings = Counter((u.registry, u.parent_code, normal_form(u.name)) for u in UNITS.values())

    assert all(unit.kind == kind_of(split_type(unit.name)[0]) for unit in UNITS.values())
    assert [key for key, count in siblings.items() if count > 1] == []


def test_most_codes_name_another_unit_in_the_other_registry() -> None:
    shared = [code for registry, code in UNITS if registry == "vn2" and ("vn3", code) in UNITS]
    short = {key: normal_form(short_name(unit.name)) for key, unit in UNITS.items()}
    reused = [code for code in shared if short["vn3", code] != short["vn2", code]]

    assert Counter(len(code) for code in shared) == {2: 34, 5: 3_316}
    assert Counter(len(code) for code in reused) == {2: 7, 5: 1_797}
    assert UNITS["vn3", "91"].name == "Tỉnh Kiên Giang"
    assert UNITS["vn2", "91"].name == "Tỉnh An Giang"


def test_every_old_unit_has_a_successor_and_every_new_one_a_predecessor() -> None:
    with_communes = {unit.parent_code for unit in UNITS.values() if unit.registry == "vn3"}
    leaves = {u.code for u in UNITS.values() if u.registry == "vn3" and u.code not in with_communes}
    provinces = {u.code for u in UNITS.values() if u.registry == "vn3" and u.level == "province"}

    assert set(SUCCESSORS) == leaves | provinces
    assert {row.new_code for row in SUCCESSIONS} == {code for registry, code in UNITS if registry == "vn2"}
    assert {(row.old_registry, row.new_registry) for row in SUCCESSIONS} == {("vn3", "vn2")}


def test_the_kind_of_a_succession_follows_from_its_rows() -> None:
    parts = Counter(row.new_code for row in SUCCESSIONS)
    for rows in SUCCESSORS.values():
        only = "merged" if parts[rows[0].new_code] > 1 else "same"
        assert {row.kind for row in rows} == {"divided" if len(rows) > 1 else only}
    old_units = Counter((len(code), rows[0].kind) for code, rows in SUCCESSORS.items())

    assert old_units == {
        (2, "merged"): 52,
        (2, "same"): 11,
        (3, "same"): 5,
        (5, "divided"): 441,
        (5, "merged"): 9_462,
        (5, "same"): 132,
    }


def test_a_new_commune_lies_in_the_province_that_took_the_old_one() -> None:
    for row in SUCCESSIONS:
        old_province = province_of(UNITS["vn3", row.old_code])
        taken_by = SUCCESSORS[old_province][0].new_code
        assert province_of(UNITS["vn2", row.new_code]) == taken_by, row


def test_the_units_of_the_seeds_find_their_successors() -> None:
    assert names_after("00244") == {("00097", "Phường Hồng Hà"), ("00256", "Phường Hai Bà Trưng")}
    assert {row.kind for row in SUCCESSORS["00244"]} == {"divided"}
    assert UNITS["vn3", "21439"].name == "Phường Nguyễn Nghiêm"
    assert names_after("21439") == {("21439", "Phường Đức Phổ")}
    assert SUCCESSORS["21439"][0].kind == "merged"
    assert names_after("30511") == {("30502", "Phường Thới Sơn")}
    assert names_after("89") == {("91", "Tỉnh An Giang")}


def test_the_communes_of_phong_tho_became_six() -> None:
    communes = [unit for unit in UNITS.values() if unit.registry == "vn3" and unit.parent_code == "109"]

    assert UNITS["vn3", "109"].name == "Huyện Phong Thổ"
    assert len(communes) == 17
    assert set().union(*(names_after(commune.code) for commune in communes)) == {
        ("03388", "Phường Đoàn Kết"),
        ("03394", "Xã Sin Suối Hồ"),
        ("03549", "Xã Phong Thổ"),
        ("03562", "Xã Sì Lở Lầu"),
        ("03571", "Xã Dào San"),
        ("03583", "Xã Khổng Lào"),
    }


def test_a_new_unit_takes_from_no_two_communes_of_one_name() -> None:
    parts: dict[str, list[str]] = defaultdict(list)
    for row in SUCCESSIONS:
        parts[row.new_code].append(normal_form(UNITS["vn3", row.old_code].name))

    assert [new for new, names in parts.items() if len(names) != len(set(names))] == []


@pytest.mark.parametrize(
    ("old", "name", "right"),
    [
        ("28924", "Xã Hòa Lộc", {"28921"}),  # huyện Mỏ Cày Bắc, Bến Tre; told apart by district
        ("29734", "Xã Hòa Lộc", {"29734"}),  # huyện Tam Bình, Vĩnh Long; by district
        ("31741", "Xã Tân Long", {"31741"}),  # Sóc Trăng; by the code it gave
        ("31744", "Xã Long Bình", {"31741"}),  # Sóc Trăng; by its neighbour, once that was settled
        ("10798", "Xã Hòa Bình", {"10843", "10804"}),  # Hải Dương, divided; by distance
        ("11890", "Xã Hòa Bình", {"11911"}),  # Hải Phòng
        ("29872", "Phường 4", {"29869"}),  # thành phố Cao Lãnh, among four wards of that name
        ("28252", "Phường 4", {"28249"}),  # thành phố Mỹ Tho
    ],
)
def test_namesakes_in_merged_provinces_are_told_apart(old: str, name: str, right: set[str]) -> None:
    assert UNITS["vn3", old].name == name
    assert {row.new_code for row in SUCCESSORS[old]} == right


def test_the_source_confuses_thirty_namesakes_and_none_stays_undecided() -> None:
    source = read_source()
    _, wrong, undecided = without_namesakes(source.links, source.old)

    assert len(wrong) == 31
    assert len({old for old, _ in wrong}) == 30
    assert undecided == set()


def test_namesakes_without_any_evidence_stay_and_are_told() -> None:
    twins = {code: Commune(code, "Xã Mới", "xamoi", code, "01", None, "") for code in ("00001", "00004")}
    links = {"00001": {"00007"}, "00004": {"00007"}}

    kept, wrong, undecided = without_namesakes(links, twins)

    assert (kept, wrong) == (links, set())
    assert undecided == {("00001", "00007"), ("00004", "00007")}


def test_a_namesake_is_never_left_without_a_successor() -> None:
    twins = {code: Commune(code, "Xã Mới", "xamoi", code, "01", None, "") for code in ("00001", "00004")}

    with pytest.raises(LostSuccessors, match="00004"):
        without_namesakes({"00001": {"00001"}, "00004": {"00001"}}, twins)


def test_doubts_and_single_corrections_are_told() -> None:
    doubted = {(row.old_code, row.new_code) for row in SUCCESSIONS if row.doubt}

    assert doubted == {("00607", "09817"), ("09013", "09817"), ("23053", "23041")}
    assert names_after("28036") == {("28036", "Xã Thủ Thừa")}
    assert ("09817", "Xã Ô Diên") in names_after("09013")


def test_positions_lie_in_viet_nam_and_the_archipelagos_are_there() -> None:
    placed = [unit for unit in UNITS.values() if unit.latitude is not None and unit.longitude is not None]
    for unit in placed:
        assert 7 < (unit.latitude or 0) < 23.5
        assert 102 < (unit.longitude or 0) < 115
    missing = Counter((u.registry, u.level) for u in UNITS.values() if u.latitude is None)

    assert missing == {("vn2", "commune"): 9, ("vn3", "commune"): 278, ("vn3", "district"): 4}
    for registry, hoang_sa, truong_sa in (("vn3", "498", "576"), ("vn2", "20333", "22736")):
        assert (UNITS[registry, hoang_sa].longitude or 0) > 111
        assert (UNITS[registry, truong_sa].longitude or 0) > 111


def test_a_rebuild_gives_what_ships(tmp_path: Path) -> None:
    shipped = Path(registry_build.__file__).parent
    once, again = tmp_path / "once", tmp_path / "again"
    for folder in (once, again):
        folder.mkdir()
        registry_build.build(folder)
    for name in ("units.csv.gz", "successions.csv.gz"):
        assert (once / name).read_bytes() == (again / name).read_bytes()
        # Another zlib packs the same content into other bytes, so what ships is compared unpacked.
        assert gzip.decompress((once / name).read_bytes()) == gzip.decompress((shipped / name).read_bytes())


def test_another_version_of_the_source_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("states.registry.source.VERSION", "0.9.0")

    with pytest.raises(UnknownSource, match=r"vietnamadminunits 0\.9\.0, and 1\.0\.4 is installed"):
        read_source()
