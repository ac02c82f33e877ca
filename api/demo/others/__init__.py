"""Story 2: four more papers of the field, each under the plan that it answers.

Hai Bà Trưng 2023 (a ward's Action Month), Đức Phổ 2024 (a ward's plan and the ten who carry it out), Tịnh Biên 2024 (a
ward's year), An Giang 2023 (a province's half year). Figures are those of the real papers; what is not is marked.
"""

from collections.abc import Callable, Sequence
from typing import Any

from api.demo.others.an_giang import an_giang
from api.demo.others.duc_pho import duc_pho
from api.demo.others.hai_ba_trung import hai_ba_trung
from api.demo.others.nhon_hung import nhon_hung
from api.demo.stage import Stage

TITLE = "Bốn văn bản khác của ngành"


def play(stage: Stage) -> dict[str, Any]:
    """Play the four; returns each one's figures, numbers and what was noted."""
    stage.heading(TITLE)
    told: dict[str, Any] = {}
    scenes: Sequence[tuple[str, str, Callable[[Stage], dict[str, Any]]]] = (
        ("an_giang", "An Giang, 6 tháng 2023", an_giang),
        ("hai_ba_trung", "Hai Bà Trưng, Tháng hành động 2023", hai_ba_trung),
        ("nhon_hung", "Nhơn Hưng, báo cáo năm 2024", nhon_hung),
        ("duc_pho", "Đức Phổ, kế hoạch năm 2024", duc_pho),
    )
    with stage.progress("Bốn văn bản khác", len(scenes)) as step:
        for name, words, scene in scenes:
            with stage.timed(words):
                told[name] = scene(stage)
            if sample := told[name].get("sample"):
                stage.note(f"[dim]số mẫu: {sample}[/]")
            step()
    return told
