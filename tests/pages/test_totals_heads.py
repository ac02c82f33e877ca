"""The merged headings of every form cover each column exactly once, in every row."""

from __future__ import annotations

import pytest

from api.pages.totals.heads import layout
from api.pages.totals.words import Numbers
from documents.forms import Form, Table, load_forms
from states.figures import Bound, Figure

TABLES = [(form, table) for form in load_forms().values() if form.kind == "report" for table in form.tables]


@pytest.mark.parametrize(("form", "table"), TABLES, ids=lambda it: getattr(it, "key", getattr(it, "code", "")))
def test_headings_cover_every_column_once(form: Form, table: Table) -> None:
    told = [spec.cell for spec in form.specs.values() if spec.cell.table == table.number]
    made = layout(form, table, told, None, "Chưa xếp")
    deep = len(made.heads)
    covered = [[0] * len(made.cells) for _ in range(deep)]
    for at, row in enumerate(made.heads):
        for head in row:
            place = covered[at].index(0)
            for below in range(at, at + head.deep):
                for column in range(place, place + head.span):
                    covered[below][column] += 1
    assert all(count == 1 for row in covered for count in row) and made.cells
    assert [head.words for head in made.heads[0]][-1] == "Chưa xếp" or not any(not cell.row for cell in told)


def test_cells_that_nobody_told_and_that_never_go_up_have_no_column() -> None:
    form = load_forms()["half-year", 1]
    cells = [int(spec.cell) for spec in layout(form, form.table(1), (), None, "").cells]
    assert cells == [10101, 10102, 10103]
    percents = [int(spec.cell) for spec in layout(form, form.table(2), (), None, "").cells]
    assert percents == [20102, 20103, 20105], "a share is made again, a change is not"


def test_figures_are_written_in_either_language() -> None:
    figure = Figure.from_canonical(">1234.5")
    assert Numbers(str, "vi")(figure) == "trên 1.234,5" and Numbers(str, "vi")(Figure.exact(1234567)) == "1.234.567"
    english = Numbers({"trên %(n)s": "over %(n)s"}.get, "en")  # type: ignore[arg-type]
    assert english(figure) == "over 1,234.5"
    assert {Numbers(str, "vi")(Figure(figure.amount, bound)) for bound in Bound} == {
        "1.234,5", "từ 1.234,5 trở lên", "trên 1.234,5", "tối đa 1.234,5", "dưới 1.234,5", "khoảng 1.234,5",
    }  # fmt: skip
