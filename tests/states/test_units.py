"""The tree of units: importing one's own, asking as of a day, what became of the old ones."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from states import units
from states.units import BadUnitsFile, ManyUnits, NoSuchUnit
from tests.world import World

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)
HEAD = "registry,code,name,level,parent_registry,parent_code,valid_from,valid_to,role,symbol,latitude,small"
GOOD = (
    "thon,T1,Thôn Đông (mẫu),village,vn2,00070,2025-07-01,,,,21.05,có",
    "thon,T2,Tổ dân phố số 1 (mẫu),village,thon,T1,2025-07-01,2026-12-31,,,,",
)


def file(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "don-vi.csv"
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8-sig")
    return path


def count(session: Session) -> int:
    found: int = session.connection().exec_driver_sql("SELECT count(*) FROM unit").scalar_one()
    return found


# ── importing ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_tree_of_ones_own_is_hung_below_the_nations(session: Session, tmp_path: Path) -> None:
    parent = units.one(session, "vn2:00070", NEW)
    assert units.import_csv(session, file(tmp_path, *reversed(GOOD))) == 2  # children may stand first
    village, group = units.one(session, "thon:T1", NEW), units.one(session, "thon:T2", NEW)
    assert (village.parent_id, village.parent_name) == (parent.id, parent.name)
    assert village.path == f"{parent.path}{village.id}/"
    assert group.path == f"{village.path}{group.id}/"
    assert (group.valid_to, village.valid_to) == (date(2026, 12, 31), None)
    small = session.connection().exec_driver_sql(
        "SELECT code, small, latitude, symbol FROM unit WHERE registry = 'thon' ORDER BY code"
    )
    assert [tuple(row) for row in small] == [("T1", True, 21.05, "UBND"), ("T2", False, None, "UBND")]


def test_importing_twice_changes_nothing(session: Session, tmp_path: Path) -> None:
    units.import_csv(session, file(tmp_path, *GOOD))
    before = count(session)
    assert units.import_csv(session, file(tmp_path, *GOOD)) == 0
    assert count(session) == before


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("thon,,Thôn Tây,village,vn2,00070,2025-07-01", "cột code trống"),
        ("thon,T3,,village,vn2,00070,2025-07-01", "cột name trống"),
        ("thon,T3,Thôn Tây,hamlet,vn2,00070,2025-07-01", "cột level «hamlet» không có"),
        ("thon,T3,Thôn Tây,nation,vn2,00070,2025-07-01", "cột level «nation» không có"),
        ("vn2,T3,Thôn Tây,village,vn2,00070,2025-07-01", "không nhập đè danh mục quốc gia"),
        ("thon,T3,Thôn Tây,village,vn2,00070,01/07/2025", "không phải ngày"),
        ("thon,T3,Thôn Tây,village,vn2,00070,2025-07-01,2025-06-30", "trước valid_from"),
        ("thon,T3,Thôn Tây,village,vn2,00070,2025-07-01,,,,121.0", "không phải tọa độ"),
        ("thon,T3,Thôn Tây,village,vn2,nowhere,2025-07-01", "không có đơn vị cha vn2:nowhere"),
        ("thon,T3,Thôn Tây,village,thon,T3,2025-07-01", "đơn vị cha vòng tròn"),
        ("thon,T1,Thôn Tây,village,vn2,00070,2025-07-01", "mã thon:T1 lặp lại"),
        ("thon,T3", "cột name trống"),
    ],
)
def test_a_bad_line_is_told_and_nothing_is_imported_by_half(
    session: Session, tmp_path: Path, line: str, says: str
) -> None:
    before = count(session)
    with pytest.raises(BadUnitsFile) as refused:
        units.import_csv(session, file(tmp_path, *GOOD, line))
    told = [(reason.place, reason.message) for reason in refused.value.reasons]
    assert any(place == "dòng 4" and says in message for place, message in told), told
    assert count(session) == before


def test_every_bad_line_is_told_at_once(session: Session, tmp_path: Path) -> None:
    bad = ("thon,,X,village,vn2,00070,2025-07-01", GOOD[0], "thon,T9,X,village,vn2,00070,hôm nay")
    with pytest.raises(BadUnitsFile) as refused:
        units.import_csv(session, file(tmp_path, *bad))
    assert [reason.place for reason in refused.value.reasons] == ["dòng 2", "dòng 4"]
    assert "2 lỗi" in refused.value.message


def test_two_parents_of_each_other_are_told(session: Session, tmp_path: Path) -> None:
    lines = ("thon,A,Thôn A,village,thon,B,2025-07-01", "thon,B,Thôn B,village,thon,A,2025-07-01")
    with pytest.raises(BadUnitsFile, match="don-vi.csv"):
        units.import_csv(session, file(tmp_path, *lines))


def test_a_file_that_is_none_is_told(session: Session, tmp_path: Path) -> None:
    with pytest.raises(BadUnitsFile) as refused:
        units.import_csv(session, file(tmp_path, head="registry,code,name"))
    assert "thiếu cột level, parent_registry, parent_code, valid_from" in refused.value.reasons[0].message
    (tmp_path / "ma.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("ma.csv", "khong-co.csv"):
        with pytest.raises(BadUnitsFile, match=name):
            units.import_csv(session, tmp_path / name)


@pytest.mark.parametrize(
    ("lines", "place", "says"),
    [
        ((GOOD[0], f"thon,T2,{'x' * 131_073},village,vn2,00070,2025-07-01"), "dòng 3", "không đọc được dòng CSV"),
        ((GOOD[0], "thon,T2,Thôn \0 Tây,village,vn2,00070,2025-07-01"), "dòng 3", "NUL"),
    ],
)
def test_a_line_that_is_no_csv_is_told_by_its_number(
    session: Session, tmp_path: Path, lines: tuple[str, ...], place: str, says: str
) -> None:
    with pytest.raises(BadUnitsFile) as refused:
        units.import_csv(session, file(tmp_path, *lines))
    (reason,) = refused.value.reasons
    assert (reason.place, says in reason.message, bool(reason.remedy)) == (place, True, True)


def test_a_heading_that_is_no_csv_is_told(session: Session, tmp_path: Path) -> None:
    with pytest.raises(BadUnitsFile) as refused:
        units.import_csv(session, file(tmp_path, head="x" * 131_073))
    assert refused.value.reasons[0].place == "dòng 1"


def test_loading_again_adds_nothing(session: Session) -> None:
    assert units.load(session) == units.load(session) == 0


# ── asking as of a day ──────────────────────────────────────────────────────────────────────────────────────


def test_a_code_that_was_used_again_names_two_units(session: Session) -> None:
    then, now = units.one(session, "vn3:21439", OLD), units.one(session, "vn2:21439", NEW)
    assert (then.name, now.name) == ("Phường Nguyễn Nghiêm", "Phường Đức Phổ")
    assert (then.valid_to, now.valid_from) == (OLD, NEW)
    with pytest.raises(NoSuchUnit):
        units.one(session, "vn3:21439", NEW)
    with pytest.raises(NoSuchUnit):
        units.one(session, "vn2:21439", OLD)


def test_a_name_that_many_bear_wants_the_unit_above(session: Session) -> None:
    with pytest.raises(ManyUnits) as refused:
        units.one(session, "Phường Bạch Đằng", OLD)
    assert "Quận Hai Bà Trưng" in refused.value.message
    found = units.one(session, "Phường Bạch Đằng", OLD, within="Quận Hai Bà Trưng")
    assert found.parent_name == "Quận Hai Bà Trưng"
    assert units.one(session, f"{found.registry}:{found.code}", OLD) == found == units.get(session, found.id)


@pytest.mark.parametrize("words", ["phuong nguyen nghiem", "Nguyễn Nghiêm", "NGUYỄN NGHIÊM"])
def test_units_are_found_with_or_without_diacritics(session: Session, words: str) -> None:
    found = units.find(session, words, OLD)
    assert "vn3:21439" in [f"{place.registry}:{place.code}" for place in found]
    assert units.find(session, words, OLD, level="province") == []


def test_the_tone_mark_stands_on_either_vowel(session: Session) -> None:
    one, other = units.find(session, "Hoà Bình", OLD, limit=50), units.find(session, "Hòa Bình", OLD, limit=50)
    assert one == other != []


def test_the_exact_name_comes_first(session: Session) -> None:
    first = units.find(session, "Thành phố Hà Nội", NEW)[0]
    assert (first.name, first.level) == ("Thành phố Hà Nội", "province")


def test_the_children_of_the_nation_are_63_then_34(session: Session) -> None:
    assert len(units.children(session, units.ROOT, OLD)) == 63
    assert len(units.children(session, units.ROOT, NEW)) == 34


def test_a_subtree_is_a_prefix_of_paths(session: Session) -> None:
    world = World(session)
    district = units.get(session, world.unit("AM"))
    below = units.children(session, district.id, world.today)
    assert {place.name for place in below} == {
        "Phường Một", "Phường Hai", "Phòng Lao động An Mẫu", "Ban VSTBPN An Mẫu",
    }  # fmt: skip
    assert all(place.path.startswith(district.path) for place in below)
    assert units.children(session, district.id, date(2019, 12, 31)) == []


def test_a_unit_that_is_none_is_told(session: Session) -> None:
    for name in ("Phường Không Có", "vn2:nothing"):
        with pytest.raises(NoSuchUnit, match=name):
            units.one(session, name, NEW)
    with pytest.raises(NoSuchUnit):
        units.get(session, 10**9)


# ── what became of them ─────────────────────────────────────────────────────────────────────────────────────


def test_an_old_unit_knows_its_successors_and_they_their_past(session: Session) -> None:
    old = units.one(session, "vn3:21439", OLD)
    after = units.successors(session, old.id)
    assert after
    for new, kind, _ in after:
        assert kind in ("same", "merged", "divided")
        assert (new.registry, new.valid_from) == ("vn2", NEW)
        assert old.id in [place.id for place, *_ in units.predecessors(session, new.id)]


def test_a_divided_ward_lives_on_in_several(session: Session) -> None:
    divided = session.connection().exec_driver_sql(
        "SELECT old_id, count(*) FROM succession s JOIN unit u ON u.id = old_id WHERE u.level = 'commune'"
        " GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT 1"
    )
    old, parts = divided.one()
    after = units.successors(session, old)
    assert len(after) == parts > 1
    assert {kind for _, kind, _ in after} == {"divided"}
