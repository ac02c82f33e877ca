"""The tile map: every unit once, none over another, neighbours kept, the archipelagos never missing."""

from collections.abc import Sequence
from math import cos, radians

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pages.board.tilemap import HALF, STEP, Layout, Point, Tile, lay_out
from api.pages.board.tilemap_grid import Cell, around, arrange, centre
from api.pages.board.tilemap_insets import HOANG_SA, SEAS, TRUONG_SA
from api.pages.board.tilemap_spread import neighbours
from api.pages.board.tilemap_words import WIDTH, Tag, _wide, two_lines
from api.pages.rendering import environment
from states.registry import UnitRow, read_units

NOW = [row for row in read_units() if row.registry == "vn2"]
PROVINCES = [row for row in NOW if row.level == "province"]
MAINLAND = st.tuples(st.floats(8.5, 23.4), st.floats(102.2, 109.4))


def communes(province: str) -> list[UnitRow]:
    return [row for row in NOW if row.level == "commune" and row.parent_code == province]


def points(rows: Sequence[UnitRow]) -> list[Point]:
    return [Point(int(row.code), row.latitude, row.longitude, row.name) for row in rows]


def all_tiles(layout: Layout) -> list[Tile]:
    return [*layout.tiles, *(tile for box in layout.insets for tile in box.tiles), *layout.foot]


@st.composite
def any_places(draw: st.DrawFn) -> list[Point]:
    """Up to 60 places: scattered, crowded on one spot, at sea, or without coordinates."""
    spot = draw(MAINLAND)
    near = st.tuples(st.floats(-0.5, 0.5), st.floats(-0.5, 0.5)).map(lambda by: (spot[0] + by[0], spot[1] + by[1]))
    sea = st.sampled_from([(16.6, 112.1), (9.7, 114.4), (8.6, 111.9)])
    one = st.one_of(MAINLAND, near, st.just(spot), sea, st.just((None, None)))
    return [Point(i, *where) for i, where in enumerate(draw(st.lists(one, min_size=1, max_size=60)))]


@settings(max_examples=150, deadline=None)
@given(places=any_places(), nation=st.booleans())
def test_each_place_stands_once_and_none_covers_another(places: list[Point], nation: bool) -> None:
    layout = lay_out(places, nation=nation)
    tiles = all_tiles(layout)
    assert sorted(tile.id for tile in tiles) == [place.id for place in places]
    for i, one in enumerate(tiles):
        assert HALF - 0.2 <= one.y <= layout.height - HALF + 0.2
        assert STEP / 2 - 0.2 <= one.x <= layout.width - STEP / 2 + 0.2
        for other in tiles[:i]:
            assert abs(complex(one.x - other.x, one.y - other.y)) >= STEP - 0.3
    assert {tile.id for tile in layout.foot} == {place.id for place in places if place.latitude is None}


@settings(max_examples=150, deadline=None)
@given(places=any_places(), nation=st.booleans())
def test_boxes_keep_clear_of_the_tiles_and_of_each_other(places: list[Point], nation: bool) -> None:
    layout = lay_out(places, nation=nation)
    for i, box in enumerate(layout.insets):
        across, down = range_of(box.x, box.width), range_of(box.y, box.height)
        for tile in layout.tiles:
            assert not (meets(across, (tile.x - 25, tile.x + 25)) and meets(down, (tile.y - HALF, tile.y + HALF)))
        for other in layout.insets[:i]:
            assert not (meets(across, range_of(other.x, other.width)) and meets(down, range_of(other.y, other.height)))


@settings(max_examples=150, deadline=None)
@given(places=any_places(), north=MAINLAND, nation=st.booleans())
def test_no_picture_of_the_nation_is_without_hoang_sa_and_truong_sa(
    places: list[Point], north: tuple[float, float], nation: bool
) -> None:
    if not nation:  # two places of the mainland far apart in latitude make any picture one of the nation
        places = [*places, Point(1000, 21.0, north[1]), Point(1001, 10.0, 106.0), Point(1002, 15.5, 108.0)]
    layout = lay_out(places, nation=nation)
    named = [box for box in layout.insets if box.lines]
    assert [box.name for box in named] == ["Hoàng Sa (Đà Nẵng)", "Trường Sa (Khánh Hòa)"]
    assert named[0].y + named[0].height < named[1].y
    for box in named:
        beside = [tile for tile in layout.tiles if box.y - HALF < tile.y < box.y + box.height + HALF]
        assert all(tile.x + STEP / 2 <= box.x for tile in beside)


@settings(max_examples=60, deadline=None)
@given(places=any_places(), order=st.randoms(use_true_random=False))
def test_the_same_places_give_the_same_picture_in_any_order(places: list[Point], order: object) -> None:
    shuffled = sorted(places, key=lambda place: order.random())  # type: ignore[attr-defined]
    assert lay_out(shuffled) == lay_out(places)
    cells = [complex(p.longitude, -p.latitude) for p in places if p.latitude is not None and p.longitude is not None]
    assert not cells or arrange(cells) == arrange(cells)


def test_the_nation_s_archipelagos_take_their_province_s_colour() -> None:
    layout = lay_out(points(PROVINCES))
    seas = {box.name: box.belongs for box in layout.insets}
    codes = {row.name: int(row.code) for row in PROVINCES}
    assert seas == {"Hoàng Sa (Đà Nẵng)": codes["Thành phố Đà Nẵng"],
                    "Trường Sa (Khánh Hòa)": codes["Tỉnh Khánh Hòa"]}  # fmt: skip
    assert len(layout.tiles) == 34


@pytest.mark.parametrize(("province", "sea"), [("48", HOANG_SA), ("56", TRUONG_SA)])
def test_a_special_zone_s_tile_stands_in_its_named_box(province: str, sea: object) -> None:
    rows = communes(province)
    [box] = lay_out(points(rows)).insets
    zone = next(row for row in rows if row.name.startswith("Đặc khu"))
    assert [tile.id for tile in box.tiles] == [int(zone.code)]
    assert box.lines[0] == getattr(sea, "name", None) == zone.name.removeprefix("Đặc khu ")
    assert box.belongs is None


def test_far_islands_of_every_province_stand_in_boxes_and_nothing_else_does() -> None:
    boxed = set()
    for province in PROVINCES:
        names = {int(row.code): row.name for row in communes(province.code)}
        boxed |= {names[tile.id] for box in lay_out(points(communes(province.code))).insets for tile in box.tiles}
    zones = {row.name for row in NOW if row.level == "commune" and row.name.startswith("Đặc khu")}
    assert boxed == zones - {"Đặc khu Cát Hải", "Đặc khu Vân Đồn"}  # these two hang on the coast


def test_an_island_s_box_lies_where_the_island_does() -> None:
    layout = lay_out(points(communes("51")))
    [ly_son] = layout.insets
    assert ly_son.x > layout.width / 2 and ly_son.y < layout.height / 3


def test_neighbours_stay_neighbours_far_better_than_first_come_first_served() -> None:
    """Measured on all 34 provinces: kept neighbours, and how far a tile lies from where the unit is."""
    ours, naive = [], []
    for province in PROVINCES:
        places = plane([row for row in communes(province.code) if row.latitude and (row.longitude or 0) < 110])
        ours.append(faithful(places, arrange(places)))
        naive.append(faithful(places, first_come(places)))
    kept, lost = (sum(one[0] for one in each) / 34 for each in (ours, naive))
    assert kept > 0.84 and min(one[0] for one in ours) > 0.65
    assert kept > lost + 0.2, (kept, lost)


def test_no_tile_of_a_province_is_cut_off_and_no_hole_is_left() -> None:
    for province in PROVINCES:
        cells = set(arrange(plane([row for row in communes(province.code) if row.latitude])))
        free = {near for cell in cells for near in around(cell)} - cells
        assert not [hole for hole in free if sum(near in cells for near in around(hole)) >= 5], province.name


@pytest.mark.parametrize("places", [
    [Point(i, 21.0, 105.8) for i in range(400)],
    [Point(i, 21.0 + i / 100, 105.8) for i in range(400)],
    [Point(i, None, None) for i in range(30)],
    [Point(1, 21.0, 105.8)],
    [],
], ids=["one spot", "one line", "nowhere", "one", "none"])  # fmt: skip
def test_odd_places_are_laid_out_too(places: list[Point]) -> None:
    tiles = all_tiles(lay_out(places))
    assert len({(tile.x, tile.y) for tile in tiles}) == len({tile.id for tile in tiles}) == len(places)


def test_a_place_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        lay_out([Point(1, 21.0, 105.0), Point(1, 22.0, 105.0)])


@pytest.mark.parametrize(("name", "lines"), [
    ("Sơn Hà", ("Sơn Hà",)), ("Nguyễn Nghiêm", ("Nguyễn", "Nghiêm")), ("Trương Quang Trọng", ("Trương", "Q. Trọng")),
    ("Hồ Chí Minh", ("Hồ Chí", "Minh")), ("Lâm Viên - Đà Lạt", ("Lâm Viên", "Đà Lạt")), ("1", ("1",)),
    ("Lý Thường Kiệt", ("Lý", "T. Kiệt")),
])  # fmt: skip
def test_a_name_is_written_in_two_short_lines(name: str, lines: tuple[str, ...]) -> None:
    assert two_lines(name) == lines


@given(name=st.text("aeimnghtăâêôơưđAĐHMQTW -", min_size=1, max_size=40))
def test_no_line_is_wider_than_a_tile(name: str) -> None:
    lines = two_lines(name)
    assert 1 <= len(lines) <= 2
    assert all(_wide(line) <= WIDTH for line in lines)


def test_every_name_of_the_country_fits() -> None:
    for row in NOW:
        assert all(_wide(line) <= WIDTH for line in two_lines(row.name))


def test_the_drawing_links_every_tile_and_says_its_standing() -> None:
    rows = communes("48")
    layout = lay_out(points(rows))
    tags = {int(r.code): Tag(int(r.code), f"/don-vi/{r.code}", r.name, "late3", f"{r.name}: quá hạn 7 ngày", "", 7)
            for r in rows}  # fmt: skip
    svg = draw(layout, tags)
    assert svg.count("<a ") == svg.count('class="days') == svg.count("<title>") == len(rows)
    assert "<title>Đặc khu Hoàng Sa: quá hạn 7 ngày</title>" in svg and 'aria-label="Hoàng Sa (Đà Nẵng)"' in svg
    assert "style=" not in svg and 'class="t t-late3"' in svg
    assert len(svg.encode()) < 400 * len(rows)


def test_the_nation_is_drawn_with_both_archipelagos_even_where_no_unit_has_a_tag() -> None:
    svg = draw(lay_out(points(PROVINCES)), {})
    for sea in SEAS:
        assert f">{sea.name}</tspan>" in svg and f">({sea.province})</tspan>" in svg
        assert f'aria-label="{sea.name} ({sea.province})"' in svg
    assert "<a " not in svg


def test_a_place_without_coordinates_is_drawn_under_words_that_say_so() -> None:
    tag = Tag(2, "/x", "Tiên Hải", "draft", "Tiên Hải")
    svg = draw(lay_out([Point(1, 21.0, 105.8), Point(2, None, None)]), {2: tag})
    assert "Chưa có toạ độ" in svg and "<title>Tiên Hải</title>" in svg


# ── helpers ─────────────────────────────────────────────────────────────────────────────────────────────────


def draw(layout: Layout, tags: dict[int, Tag]) -> str:
    page = environment("vi").from_string(
        '{% import "macros/tilemap.html" as map with context %}{{ map.tilemap(layout, tags, "Bản đồ") }}'
    )
    return page.render(layout=layout, tags=tags)


def range_of(start: float, size: float) -> tuple[float, float]:
    return start, start + size


def meets(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def plane(rows: Sequence[UnitRow]) -> list[complex]:
    known = [(row.latitude, row.longitude) for row in rows if row.latitude is not None and row.longitude is not None]
    narrow = cos(radians(sum(latitude for latitude, _ in known) / len(known)))
    return [complex(longitude * narrow, -latitude) for latitude, longitude in known]


def faithful(places: Sequence[complex], cells: Sequence[Cell]) -> tuple[float, float]:
    """The share of natural neighbours whose tiles touch; the mean distance, in tiles, from the best-fitting map."""
    pairs = neighbours(places)
    kept = sum(cells[j] in around(cells[i]) for i, j in pairs) / len(pairs)
    tiles = [centre(cell) for cell in cells]
    true, drawn = level(places), level(tiles)
    size = sum((a * b.conjugate()).real for a, b in zip(drawn, true, strict=True)) / sum(abs(b) ** 2 for b in true)
    return kept, sum(abs(a - size * b) for a, b in zip(drawn, true, strict=True)) / len(true)


def level(at: Sequence[complex]) -> list[complex]:
    middle = sum(at) / len(at)
    return [one - middle for one in at]


def first_come(places: Sequence[complex]) -> list[Cell]:
    """The naive way: the true map over a grid of n/0.6 cells, each unit in turn to the nearest free cell."""
    wide = max(p.real for p in places) - min(p.real for p in places)
    high = max(p.imag for p in places) - min(p.imag for p in places)
    size = (len(places) / 0.6 * 0.866 / (wide * high)) ** 0.5
    cells = {(c, r): centre((c, r)) for c in range(-22, 23) for r in range(-22, 23)}
    out = []
    for aim in level(places):
        here = aim * size
        _, cell = min((abs(middle - here), one) for one, middle in cells.items())
        del cells[cell]
        out.append(cell)
    return out
