"""What the scenes of story 1 know of each other, and what its people write."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from api.demo.stage import Stage
from documents.forms import form
from states.figures import Cell
from states.periods import action_month
from states.reading.standings import Line

WINDOW = action_month(2023)
FORM = form("action-month", 2)
WOMEN = Cell.of(1, 4, 3)
EVENTS, MEN, SESSIONS, BANNERS = Cell.of(1, 4, 1), Cell.of(1, 4, 2), Cell.of(2, 4, 1), Cell.of(3, 1, 1)


@dataclass
class Story:
    """What the scenes know of each other: units, documents, and what is shown and kept at the end."""

    stage: Stage
    data: dict[str, Any]
    units: dict[str, int] = field(default_factory=dict)
    communes: dict[str, int] = field(default_factory=dict)
    plan: int = 0
    own_plan: int = 0
    told: dict[str, Any] = field(default_factory=dict)
    late: list[Line] = field(default_factory=list)
    step: Callable[..., None] = lambda *_: None

    def report(self, code: str) -> int:
        """The report that a unit owes: province, district, or a commune by its code."""
        return self.stage.owed(self.plan, self.units.get(code) or self.communes[code])

    def name(self, code: str) -> str:
        """A commune's name."""
        return str(self.stage.rows("SELECT name FROM unit WHERE id = %(id)s", id=self.communes[code])[0]["name"])


def plan_text(purpose: str, assignee: str) -> dict[str, Any]:
    """A short plan: purpose, budget, one task with its day, who carries it out."""
    return {
        "texts": {"purpose": f"{purpose} (lời văn mẫu)", "budget": "Từ dự toán được giao."},
        "tasks": [{"number": 1, "title": "Tổ chức và báo cáo Tháng hành động", "due": "2023-12-15"}],
        "assignees": [{"name": assignee, "tasks": ["Tham mưu, tổng hợp"], "asked": False}],
    }


def commune_text(figures: list[int]) -> dict[str, Any]:
    """A commune's report: events with men and women, sessions, no banners."""
    events, men, women, sessions = map(str, figures)
    rows = [
        {"table": 1, "row": 4, "label": "Tổng vệ sinh, tặng quà nữ chủ hộ cao tuổi", "level": "Ban VSTBCPN cấp xã",
         "values": {"1": events, "2": men, "3": women}},
        {"table": 2, "row": 4, "label": "Tuyên truyền kế hoạch", "level": "Ban VSTBCPN cấp xã",
         "values": {"1": f"{sessions} buổi"}},
        {"table": 3, "row": 1, "label": "Băng rôn", "level": "Ban VSTBCPN cấp xã", "values": {"1": "Không"}},
    ]  # fmt: skip
    texts = {"direction": "Đã ban hành kế hoạch của xã.", "results": "Hoàn thành các hoạt động."}
    return {"rows": rows, "texts": texts}


def district_text(own: dict[str, str]) -> dict[str, Any]:
    """What the Phòng writes for the committee beside the communes' figures: the district's own."""
    rows = [
        {"table": 2, "row": 4, "label": "Tuyên truyền kế hoạch", "level": "Ban VSTBCPN cấp huyện",
         "values": {"1": own["sessions"]}},
        {"table": 3, "row": 1, "label": "Băng zôn", "level": "Ban VSTBCPN cấp huyện", "values": {"1": own["banners"]}},
    ]  # fmt: skip
    texts = {
        "direction": "Triển khai kế hoạch của tỉnh và của huyện.", "launch": "Phát động trên toàn huyện.",
        "results": "Các hoạt động hoàn thành.", "difficulties": "Thông tin, báo cáo của cơ sở chưa kịp thời.",
        "proposals": "Tăng cường các lớp tập huấn.",
    }  # fmt: skip
    figures = {"40106": own["state_budget"], "40206": own["mobilised"]}
    return {"rows": rows, "figures": figures, "texts": texts}
