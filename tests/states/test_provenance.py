"""Every figure of every total can be followed down to the wards' own rows, and what is shown always adds up to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from documents import contributing
from documents.forms import form, label_key
from states import acting, contents
from states.figures import Cell, Figure
from states.opening import open_supplement
from states.reading import provenance
from states.reading.coverage import of_total
from states.reading.integrity import verify_chain
from states.reading.provenance import NothingToTrace, Traced, trace, trace_down
from states.reading.staleness import difference, pending_difference, stale_totals
from states.taking_up import take_up
from tests.world import World
from workflows.consolidation import consolidate

FORM = form("action-month", 2)
TALKS = Cell.of(1, 2, 1)
LABELS = ("Đêm hội trăng rằm", "Ngày chủ nhật xanh", "Chợ phiên")
WARDS = {"W1": "AM", "W2": "AM", "W3": "BM", "W4": "BM"}


@pytest.fixture
def world(session: Session) -> World:
    """Mẫu Giang with its plan issued."""
    world = World(session)
    world.issue_plan()
    return world


def test_a_cell_of_the_province_is_followed_down_to_the_row_of_a_ward(world: World) -> None:
    world.report("W1", events=5)
    world.report("W2", events=7)
    world.later(hours=1)
    world.consolidate("AM")
    world.write(world.report_of("AM"), events=2)
    world.send(world.report_of("AM"))
    world.later(hours=1)
    world.consolidate("MG")

    found = trace_down(world.session, TALKS, document_id=world.report_of("MG"))

    assert _told(found) == (
        "total", "Tỉnh Mẫu Giang", "14",
        [("whole", "Huyện An Mẫu", "14",
          [("own", "Huyện An Mẫu", "2", [("row", "Huyện An Mẫu", "2", [])]),
           ("whole", "Phường Một", "5", [("row", "Phường Một", "5", [])]),
           ("whole", "Phường Hai", "7", [("row", "Phường Hai", "7", [])])])],
    )  # fmt: skip
    ward = found.parts[0].parts[1]
    assert ward.signed is not None and ward.signed.words == "KT. Phó Chủ tịch Hoa, Phường Một (mẫu)"
    assert ward.digest == world.steps(ward.document_id)[2]["revision_digest"].hex()
    assert ward.parts[0].words == "Tọa đàm"


def test_one_level_shows_the_parts_and_a_level_by_name_goes_straight_to_its_units(world: World) -> None:
    for ward, events in zip(WARDS, (5, 7, 1, 2), strict=True):
        world.report(ward, events=events, men=30)
    world.later(hours=1)
    for district in ("AM", "BM"):
        world.consolidate(district)
        world.write(world.report_of(district), events=10, men=30)
        world.send(world.report_of(district))
    world.later(hours=1)
    world.consolidate("MG")
    total = world.report_of("MG")

    one = trace(world.session, TALKS, document_id=total)
    wards = trace(world.session, TALKS, document_id=total, at_level="commune")

    assert [(part.unit, part.figure.canonical, part.parts) for part in one.parts] == [
        ("Huyện An Mẫu", "22", ()), ("Huyện Bình Mẫu", "13", ()),
    ]  # fmt: skip
    assert [(part.part, part.figure.canonical) for part in wards.parts] == [
        ("own", "10"), ("whole", "5"), ("whole", "7"), ("own", "10"), ("whole", "1"), ("whole", "2"),
    ]  # fmt: skip
    assert one.adds_up and wards.adds_up


def test_a_cell_that_nobody_reported_is_no_zero(world: World) -> None:
    report = world.report("W1")

    with pytest.raises(NothingToTrace):
        trace(world.session, Cell.of(1, 5, 1), document_id=report)
    nil = trace(world.session, Cell.of(2, 1, 1), document_id=report)
    assert [(part.part, part.words) for part in nil.parts] == [("nil", "Không")]


def test_a_mapping_of_later_changes_no_total_of_earlier(world: World) -> None:
    report = world.report_of("W1")
    world.write(report, events=9, men=30, free=LABELS[0])
    world.send(report)
    world.later(hours=1)
    world.consolidate("AM")
    before = world.value("SELECT max(id) FROM revision WHERE document_id = %s", world.report_of("AM"))
    world.later(hours=1)
    _map(world, "AM", LABELS[0], 2)
    world.later(hours=1)
    world.consolidate("AM")

    old = trace_down(world.session, Cell.of(1, 0, 1), revision_id=before)
    new = trace_down(world.session, TALKS, document_id=world.report_of("AM"))

    assert [(p.unit, p.words, p.line) for p in old.parts] == [("Phường Một", LABELS[0], 1)]
    assert _told(new)[2:] == _told(old)[2:]
    with pytest.raises(NothingToTrace):
        trace_down(world.session, TALKS, revision_id=before)


def test_documents_in_a_total_are_listed_with_who_signed_them_and_what_came_on_paper(world: World) -> None:
    world.report("W1")
    world.register(world.report_of("W2"), 31)
    world.later(hours=1)
    world.consolidate("AM")
    _send(world, world.report_of("AM"))

    found = provenance.documents_in_total(world.session, _signed(world, "AM"))

    assert [(d.unit, d.number, d.leaf, d.paper, d.signed.signer if d.signed else None) for d in found] == [
        ("Phường Một", "01/BC-UBND", True, False, "Hoa, Phường Một (mẫu)"),
        ("Phường Hai", "31/BC-UBND", True, True, "Phạm Văn Giấy (mẫu)"),
    ]
    assert "ký ngoài hệ thống" in found[1].signed.words if found[1].signed else False


def test_what_changes_is_foretold_and_then_found_again_when_a_ward_is_corrected(world: World) -> None:
    _all_send(world)
    old = _newest_total(world, "MG")
    ward, district = world.report_of("W1"), world.report_of("AM")
    world.later(days=1)
    world.reopen(ward)

    stale = stale_totals(world.session, plan_id=world.plan)
    assert [(s.unit, [(c.unit, c.why) for c in s.causes]) for s in stale] == [
        ("Tỉnh Mẫu Giang", [("Phường Một", "reopened")]), ("Huyện An Mẫu", [("Phường Một", "reopened")]),
    ]  # fmt: skip
    gone = pending_difference(world.session, world.report_of("MG"))
    assert (gone.cells[0].old, gone.cells[0].new) == (Figure.exact(8), Figure.exact(6))

    world.write(ward, events=20, men=30)
    world.send(ward)
    assert stale_totals(world.session, document_id=district)[0].causes[0].why == "corrected"
    foretold = pending_difference(world.session, world.report_of("MG"))
    world.reopen(district)
    world.later(hours=1)
    world.consolidate("AM")
    _send(world, district)
    world.later(hours=1)
    world.consolidate("MG")
    _send(world, world.report_of("MG"))
    found = difference(world.session, old, _signed(world, "MG"))

    assert found.cells == foretold.cells
    assert [(c.cell, str(c.old), str(c.new)) for c in found.cells] == [(TALKS, "8", "26"), (TALKS + 1, "12", "39")]
    assert foretold.accepted is None and found.accepted is not None
    assert found.accepted.signer == "Hoa, Tỉnh Mẫu Giang (mẫu)"
    assert stale_totals(world.session, plan_id=world.plan) == []


def test_a_ward_corrected_after_the_total_was_sent_is_never_counted_twice(world: World) -> None:
    _all_send(world)
    ward, district = world.report_of("W1"), world.report_of("AM")
    world.later(days=1)
    world.reopen(ward)
    world.write(ward, events=20, men=30)
    world.send(ward)

    done = consolidate(world.session, world.plan, "district", world.now)
    by_hand = take_up(world.session, [open_supplement(world.session, district, world.now)], world.now)
    world.consolidate("MG")

    assert (done.reports, done.supplements, by_hand.reports, world.state(ward)) == (0, 0, 0, "submitted")
    assert trace(world.session, TALKS, document_id=world.report_of("MG")).figure == Figure.exact(8)
    assert [s.unit for s in stale_totals(world.session, plan_id=world.plan)] == ["Tỉnh Mẫu Giang", "Huyện An Mẫu"]
    world.reopen(district)
    world.consolidate("AM")
    assert trace(world.session, TALKS, document_id=district).figure == Figure.exact(22)


def test_coverage_names_each_gap_with_its_reason(world: World) -> None:
    _all_send(world)
    world.later(hours=1)
    world.reopen(world.report_of("W1"))
    world.reopen(world.report_of("AM"))
    world.later(hours=1)
    world.consolidate("AM")

    district, province = of_total(world.session, world.report_of("AM")), of_total(world.session, world.report_of("MG"))

    assert (str(district.children), str(district.wards)) == ("1/2", "1/2")
    assert [gap.words for gap in district.gaps] == ["Phường Một: mở lại, đang sửa"]
    assert (str(province.children), str(province.wards)) == ("2/2", "4/4")  # what it was made from stays told
    world.consolidate("MG")
    province = of_total(world.session, world.report_of("MG"))
    assert (str(province.children), str(province.wards)) == ("1/2", "2/4")
    assert [gap.words for gap in province.gaps] == [
        "Huyện An Mẫu: mở lại, đang sửa", "Phường Một: mở lại, đang sửa",
        "Phường Hai: đã tổng hợp ở cấp dưới, chưa lên đến đây (Huyện An Mẫu)",
    ]  # fmt: skip


# ── whatever the wards write ────────────────────────────────────────────────────────────────────────────────

_FIGURES = st.builds(lambda sign, n: f"{sign}{n}", st.sampled_from(["", "", "", ">=", ">", "<=", "<", "~"]),
                     st.integers(0, 60))  # fmt: skip
_VALUES = st.builds(lambda events, people: {"1": events, **people}, _FIGURES,
                    st.dictionaries(st.sampled_from("23"), _FIGURES))  # fmt: skip
_ROWS = st.lists(
    st.one_of(
        st.builds(lambda row, values: {"table": 1, "row": row, "label": "Theo mẫu", "values": values},
                  st.integers(1, 3), _VALUES),
        st.builds(lambda label, values: {"table": 1, "label": label, "values": values},
                  st.sampled_from(LABELS), _VALUES),
    ), max_size=3)  # fmt: skip
_CONTENT = st.builds(
    lambda rows, stated: {"rows": rows, "figures": stated, "nil": [2, 3] if rows or stated else [1, 2, 3]},
    _ROWS, st.dictionaries(st.sampled_from(["10101", "10201"]), _FIGURES, max_size=1),
)  # fmt: skip
_TOTAL = _CONTENT.map(lambda said: {**said, "nil": []})  # a total of others can't say «Không» for all of them
# A ward's stated figures must be the sum of its rows, or it can't be signed.
_WARD = _CONTENT.map(lambda said: {**said, "figures": {}, "nil": [2, 3] if said["rows"] else [1, 2, 3]})


@dataclass
class _Season:
    """What everybody writes in one season: by unit its own part and contributions, by district how it maps labels."""

    own: dict[str, dict[str, Any]]
    given: dict[str, list[dict[str, Any]]]
    maps: dict[str, dict[str, int]]
    correction: dict[str, Any]


@st.composite
def _seasons(draw: st.DrawFn) -> _Season:
    given = {unit: draw(st.lists(_CONTENT, max_size=2)) for unit in ("W1", "AM")}
    own = {unit: draw(_WARD if unit in WARDS and not given.get(unit) else _TOTAL) for unit in (*WARDS, "AM", "BM")}
    maps = {unit: {label: draw(st.integers(1, 3)) for label in LABELS} for unit in ("W1", "AM", "BM")}
    return _Season(own, given, maps, draw(_WARD))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(season=_seasons())
def test_whatever_is_reported_every_cell_traces_to_parts_that_make_it(world: World, season: _Season) -> None:
    with _undone(world):
        _run(world, season)
        for unit in ("W1", "AM", "BM", "MG"):
            assert _figures(world, _standing(world, world.report_of(unit))) == _expected(season, unit)
        _assert_each_cell_traces(world, world.report_of("MG"))
        assert [verify_chain(world.session, world.report_of(unit)) for unit in (*WARDS, "AM", "BM", "MG")] == [[]] * 7


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(season=_seasons())
def test_whatever_is_corrected_the_difference_is_exact(world: World, season: _Season) -> None:
    with _undone(world):
        _run(world, season)
        old = _standing(world, world.report_of("MG"))
        was = _figures(world, old)
        _correct(world, season)
        foretold = pending_difference(world.session, world.report_of("MG"))
        _again(world)
        new = _standing(world, world.report_of("MG"))
        found, now = difference(world.session, old, new), _figures(world, new)

        assert now == _expected(season, "MG")
        assert foretold.cells == found.cells
        assert {c.cell: (c.old, c.new) for c in found.cells} == {
            cell: (was.get(cell), now.get(cell)) for cell in sorted(was.keys() | now.keys())
            if was.get(cell) != now.get(cell)
        }  # fmt: skip


# ── below ───────────────────────────────────────────────────────────────────────────────────────────────────


def _assert_each_cell_traces(world: World, total: int) -> None:
    for cell, figure in _figures(world, _standing(world, total)).items():
        found = trace_down(world.session, cell, document_id=total)
        assert found.figure == figure and found.adds_up
        assert Figure.total(leaf.figure for leaf in found.leaves()) == figure
        assert {leaf.part for leaf in found.leaves()} <= {"row", "stated", "nil"}
        for level in (None, "commune") if cell.table == 1 else ():
            shown = trace(world.session, cell, document_id=total, at_level=level)
            assert Figure.total(part.figure for part in shown.parts) == figure


def _run(world: World, season: _Season) -> None:
    for unit, how in season.maps.items():
        for label, row in how.items():
            _map(world, unit, label, row)
    world.later(hours=1)
    for ward in WARDS:
        _report(world, season, ward)
    world.later(hours=1)
    for district in ("AM", "BM"):
        world.consolidate(district)
        _report(world, season, district)
    world.later(hours=1)
    world.consolidate("MG")


def _report(world: World, season: _Season, unit: str) -> None:
    report = world.report_of(unit)
    world._save(report, season.own[unit], None)
    for number, content in enumerate(season.given.get(unit, ())):
        asked = contributing.ask(world.session, report, f"Tổ {number}", world.holder(unit, "drafter"), world.now)
        contributing.give(world.session, asked, content, "Chị Mẫu", "phone", world.holder(unit, "drafter"), world.now)
    world.later(minutes=1)
    _send(world, report)


def _send(world: World, report: int) -> None:
    """Present, explain whatever the checks want explained, sign and submit."""
    world.present(report)
    wanted = world.rows("SELECT code, place FROM finding WHERE revision_id = %s AND severity = 'explain'",
                        world.newest(report))  # fmt: skip
    unit = world.document(report)["drafter_id"]
    for finding in wanted:
        contents.explain(world.session, report, finding["code"], finding["place"], "Đúng thực tế",
                         world.holder(unit, "drafter"), world.now)  # fmt: skip
    world.sign(report)
    world.submit(report)


def _correct(world: World, season: _Season) -> None:
    season.own["W2"] = season.correction
    report = world.report_of("W2")
    world.later(hours=1)
    world.reopen(report)
    world._save(report, season.correction, None)
    world.later(minutes=1)
    _send(world, report)


def _again(world: World) -> None:
    world.later(hours=1)
    world.reopen(world.report_of("AM"))
    world.consolidate("AM")
    _send(world, world.report_of("AM"))
    world.later(hours=1)
    world.consolidate("MG")


def _expected(season: _Season, unit: str) -> dict[Cell, Figure]:
    """The sum as a careful officer would make it by hand, with a pencil and no database."""
    sources = [season.own[unit], *season.given.get(unit, ())] if unit in season.own else []
    cells: dict[Cell, Figure] = {}
    total = unit not in WARDS or bool(season.given.get(unit))
    for content in sources:
        for cell, figure in _by_hand(content, season.maps.get(unit, {}) if total else {}):
            cells[cell] = cells[cell] + figure if cell in cells else figure
    below = [ward for ward, district in WARDS.items() if district == unit] or (["AM", "BM"] if unit == "MG" else [])
    for child in below:
        for cell, figure in _expected_from(season, child, unit):
            cells[cell] = cells[cell] + figure if cell in cells else figure
    return cells


def _expected_from(season: _Season, child: str, above: str) -> Iterator[tuple[Cell, Figure]]:
    """What a child brings: a ward without contributions still has free rows, mapped by the district."""
    if child in WARDS and not season.given.get(child):
        yield from _by_hand(season.own[child], season.maps[above])
    else:
        yield from _expected(season, child).items()


def _by_hand(content: dict[str, Any], maps: dict[str, int]) -> Iterator[tuple[Cell, Figure]]:
    rows: dict[Cell, Figure] = {}
    free: list[tuple[Cell, Figure]] = []
    for row in content["rows"]:
        for column, text in row["values"].items():
            figure, number = Figure.from_canonical(text), row.get("row") or maps.get(row["label"], 0)
            cell = Cell.of(1, number, int(column))
            if row.get("row"):
                rows[cell] = rows[cell] + figure if cell in rows else figure
            else:
                free.append((cell, figure))
    nil = {spec.cell: Figure.exact(0) for spec in FORM.cells() if spec.cell.table in content["nil"]}
    stated = {Cell(key): Figure.from_canonical(text) for key, text in content["figures"].items()}
    yield from {**nil, **rows, **stated}.items()
    yield from free


def _figures(world: World, revision: int) -> dict[Cell, Figure]:
    rows = world.rows("SELECT cell, sum(amount) AS amount, bit_or(bound) AS bound FROM figure"
                      " WHERE revision_id = %s GROUP BY cell", revision)  # fmt: skip
    return {Cell(row["cell"]): Figure.of(row["amount"], row["bound"]) for row in rows}


def _standing(world: World, report: int) -> int:
    return int(world.value("SELECT max(id) FROM revision WHERE document_id = %s AND part IN ('whole','total')", report))


def _signed(world: World, unit: str) -> int:
    return int(world.document(world.report_of(unit))["revision_id"])


def _newest_total(world: World, unit: str) -> int:
    return _standing(world, world.report_of(unit))


def _all_send(world: World) -> None:
    for ward in WARDS:
        world.report(ward)
    world.later(hours=1)
    for district in ("AM", "BM"):
        world.consolidate(district)
        _send(world, world.report_of(district))
    world.later(hours=1)
    world.consolidate("MG")


def _map(world: World, unit: str, label: str, row: int) -> None:
    actor = world.act(unit, "drafter")
    acting.tell(world.session, actor.office_id)
    world.session.connection().exec_driver_sql(
        "INSERT INTO mapping (unit_id, form, table_no, label_key, row_no, person_id, office_id, at)"
        " VALUES (%s, 'action-month', 1, %s, %s, %s, %s, %s)",
        (world.unit(unit), label_key(label), row, actor.person_id, actor.office_id, world.now),
    )


def _told(node: Traced) -> tuple[Any, ...]:
    return (node.part, node.unit, node.figure.canonical, [_told(part) for part in node.parts])


class _undone:
    """One example in a savepoint of its own, so that the next one finds the world as it was."""

    def __init__(self, world: World) -> None:
        self.world, self.now = world, world.now

    def __enter__(self) -> None:
        self.point = self.world.session.begin_nested()

    def __exit__(self, *_: object) -> None:
        self.point.rollback()
        self.world.now = self.now
