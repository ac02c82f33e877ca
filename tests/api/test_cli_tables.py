"""What `dondoc` shows in a table: words, never what Python writes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from api.cli import tables
from states.errors import Reason
from states.figures import Figure
from states.periods import LOCAL
from states.reading.standings import Standing


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "có"),
        ([], ""),
        (["a", Standing.OVERDUE], "a, overdue"),
        ({Standing.OVERDUE: 2, "x": None}, "overdue: 2, x: "),
        (datetime(2026, 12, 18, 17, tzinfo=LOCAL), "18/12/2026 17:00"),
        (datetime(2026, 12, 19, tzinfo=LOCAL), "18/12/2026 24:00"),
        (date(2026, 12, 18), "18/12/2026"),
        (timedelta(days=2, hours=3), "2 ngày 3 giờ"),
        (Decimal("1.5"), "1.5"),
        (b"\x01", "01"),
        (Figure.exact(7), "7"),
        (Reason("ô 10201", "trống"), "place: ô 10201, message: trống, remedy: "),
    ],
)
def test_a_table_shows_words_and_never_what_python_writes(value: object, shown: str) -> None:
    assert tables.cell(value) == shown


def test_a_name_with_brackets_stays_whole(capsys: pytest.CaptureFixture[str]) -> None:
    tables.show([{"name": "Kế hoạch [bold]"}], {"name": "Tên"}, as_json=False, title="[1]")
    assert "Kế hoạch [bold]" in (told := capsys.readouterr().out) and "[1]" in told
