"""What a ward writes in its Action Month report: plausible sample figures, drawn by chance, typed as people type.

Form action-month/2. Some say «Không» for the products, some give people as a bound («trên 500»).
"""

import random
from collections.abc import Mapping
from typing import Any


def figures(chance: random.Random) -> dict[str, Any]:
    """A ward's report as its drafter types it: events with men and women, media, products, words."""
    rows = [row for row in (_event(chance, *kind) for kind in _EVENTS) if row]
    rows += [row for row in (_reach(chance, *kind) for kind in _MEDIA) if row]
    nil = [3] if chance.random() < 0.15 else []
    if not nil:
        rows += [row for row in (_reach(chance, *kind) for kind in _PRODUCTS) if row]
    texts = {**TEXTS, "difficulties": chance.choice(_DIFFICULTIES)}
    return {"rows": rows, "nil": nil, "texts": {name: text for name, text in texts.items() if text}}


def own_figures(chance: random.Random) -> dict[str, Any]:
    """What a province did itself, beside its communes: its launch, its talks, its banners."""
    rows = [_event(chance, 1, "Lễ phát động cấp tỉnh", 1.0, 1, 600), _event(chance, 2, "Tọa đàm cấp tỉnh", 1.0, 3, 120),
            _reach(chance, 3, 1, "Băng rôn trên các trục đường chính", 1.0, 60)]  # fmt: skip
    return {"rows": rows, "texts": TEXTS}


def corrected(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The first activity had three women fewer in the first sending's lists; now the list is complete."""
    first, *others = typed["rows"]
    women = str(int(first["values"]["3"]) + 3)
    return {**typed, "rows": [{**first, "values": {**first["values"], "3": women}}, *others]}


def _event(chance: random.Random, row: int, label: str, share: float, most: int, people: int) -> dict[str, Any] | None:
    if chance.random() >= share:
        return None
    events = chance.randint(1, most)
    heads = sum(chance.randint(people // 3, people) for _ in range(events))
    if row == 1 and chance.random() < 0.01:
        heads += 2_400  # a parade: more people at one event than usual, the drafter must explain it
    women = round(heads * chance.uniform(0.45, 0.75))
    return {"table": 1, "row": row, "label": label,
            "values": {"1": str(events), "2": str(heads - women), "3": str(women)}}  # fmt: skip


def _reach(chance: random.Random, table: int, row: int, label: str, share: float, most: int) -> dict[str, Any] | None:
    if chance.random() >= share:
        return None
    values = {"1": str(chance.randint(1, most))}
    people = chance.randint(4, 60) * 10
    if chance.random() < 0.08:
        values["4"] = f"trên {people}"
    elif chance.random() < 0.5:
        values |= {"2": str(people * 45 // 100), "3": str(people - people * 45 // 100)}
    else:
        values["4"] = str(people)
    return {"table": table, "row": row, "label": label, "values": values}


TEXTS = {"direction": "Đã ban hành kế hoạch và phân công thực hiện (mẫu).",
         "results": "Các hoạt động được tổ chức đúng kế hoạch (mẫu)."}  # fmt: skip
_EVENTS = (
    (1, "Lễ phát động hưởng ứng Tháng hành động", 1.0, 1, 180),
    (2, "Tọa đàm, sinh hoạt câu lạc bộ", 0.85, 4, 60),
    (3, "Tập huấn kỹ năng phòng, chống bạo lực", 0.35, 2, 50),
    (4, "Thăm hỏi, tặng quà phụ nữ và trẻ em khó khăn", 0.5, 3, 40),
    (5, "Kiểm tra, giám sát", 0.3, 2, 8),
    (6, "Hội thi, văn nghệ, thể thao", 0.25, 2, 120),
)
_MEDIA = (
    (2, 1, "Phát thanh trên loa truyền thanh", 1.0, 30),
    (2, 2, "Tin, bài trên trang thông tin điện tử", 0.7, 8),
    (2, 3, "Bài trên Zalo, Facebook", 0.6, 20),
    (2, 4, "Phổ biến pháp luật trực tiếp", 0.4, 6),
)
_PRODUCTS = (
    (3, 1, "Băng rôn, khẩu hiệu", 1.0, 12),
    (3, 2, "Pa nô, áp phích", 0.4, 6),
    (3, 3, "Tờ rơi, tờ gấp", 0.45, 900),
    (3, 4, "Video, clip", 0.1, 2),
)
_DIFFICULTIES = (
    "", "", "", "Công chức kiêm nhiệm nhiều việc, kinh phí hạn chế (mẫu).",
    "Địa bàn rộng, người dân đi làm xa (mẫu).", "Chưa có kinh phí riêng cho hoạt động (mẫu).",
)  # fmt: skip
