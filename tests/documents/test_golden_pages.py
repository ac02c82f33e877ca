"""Golden pages: a plan, a ward's report, a total with its gaps and annexes look as when somebody looked at them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlmodel import Session

from documents.writing.pages import pdf
from tests.documents.golden import FOLDER, TOLERANCE, assert_looks, difference, drawn
from tests.world import DISTRICTS, World

AN = DISTRICTS[0]
WRITTEN = {
    "direction": "Đã ban hành kế hoạch và phân công các ban, ngành, đoàn thể thực hiện (mẫu).",
    "results": "Các hoạt động được tổ chức đúng kế hoạch, thu hút đông đảo nhân dân tham gia (mẫu).",
    "difficulties": "- Kinh phí hạn chế (mẫu).\n- Cán bộ kiêm nhiệm nhiều việc (mẫu).",
    "proposals": "Mở thêm các lớp tập huấn (mẫu).",
}
ROWS = (
    (1, 1, "Lễ phát động tại nhà văn hóa", {"1": "1", "2": "120", "3": "165"}),
    (1, 2, "Tọa đàm về bình đẳng giới", {"1": "3", "2": "41", "3": "88"}),
    (1, 3, "Tập huấn kỹ năng hòa giải", {"1": "2", "2": "25", "3": "31"}),
    (1, 5, "Kiểm tra, giám sát", {"1": "1", "2": "4", "3": "5"}),
    (2, 1, "Phát thanh trên loa truyền thanh", {"1": "18", "4": ">1200"}),
    (2, 2, "Viết bài trên trang thông tin điện tử", {"1": "4", "4": ">300"}),
    (3, 1, "Băng rôn", {"1": "12", "2": "300", "3": "340"}),
)


@pytest.fixture
def there(session: Session) -> World:
    """A plan issued; one ward's report sent, the other's started; the first taken up by the district."""
    there = World(session)
    there.issue_plan()
    there.at("2026-12-16")
    write(there, "Phường Một")
    there.send(there.report_of("Phường Một"))
    write(there, "Phường Hai")
    there.at("2026-12-20")
    there.consolidate(AN)
    return there


def write(there: World, ward: str) -> None:
    """A ward's report with several activities, a blank, a bound and words."""
    rows = [{"table": t, "row": r, "label": label, "values": dict(values)} for t, r, label, values in ROWS]
    content: dict[str, Any] = {"rows": rows, "texts": WRITTEN, "figures": {"40106": "20000000"}}
    there._save(there.report_of(ward), content, None)


def made(there: World, document: int) -> bytes:
    """The PDF of a document as it stands."""
    return pdf(there.session, document, None, there.now)


def test_a_plan(there: World, tmp_path: Path) -> None:
    assert_looks(made(there, there.plan), 1, "plan-1", tmp_path)


def test_a_wards_report_sent_with_number_day_and_signature(there: World, tmp_path: Path) -> None:
    report = made(there, there.report_of("Phường Một"))
    assert_looks(report, 1, "ward-report-1", tmp_path)
    assert_looks(report, -1, "ward-report-last", tmp_path)


def test_a_draft_with_its_marks(there: World, tmp_path: Path) -> None:
    assert_looks(made(there, there.report_of("Phường Ba")), 1, "blank-draft-1", tmp_path)


def test_a_total_with_its_coverage_figures_and_annexes(there: World, tmp_path: Path) -> None:
    total = made(there, there.report_of(AN))
    for page in (1, 2, 3):
        assert_looks(total, page, f"total-{page}", tmp_path)
    assert_looks(total, -1, "total-units-gap", tmp_path)
    wide = drawn(total, -1)
    assert wide.width > wide.height


def test_one_other_word_is_seen(there: World) -> None:
    page = drawn(made(there, there.plan), 1)
    with Image.open(FOLDER / "plan-1.png") as kept:
        other = page.copy()
        other.paste(255, (98, 204, 128, 219))  # «I. MỤC» is gone
        assert difference(page, kept.convert("L")) <= TOLERANCE < difference(other, kept.convert("L"))
    assert difference(page, page.rotate(90, expand=True)) == 1.0
