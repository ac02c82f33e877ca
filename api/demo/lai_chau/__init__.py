"""Story 1, Lai Châu 2023, three levels: the province's plan down to 17 communes, and their Action Month back up.

The totals are those of huyện Phong Thổ's real report; how the communes share them is a sample (data/lai_chau.yaml).
"""

from collections.abc import Callable
from typing import Any

import yaml

from api.demo import show
from api.demo.lai_chau import again, down, up
from api.demo.lai_chau.story import FORM, Story
from api.demo.lai_chau.story import WOMEN as WOMEN
from api.demo.stage import DATA, Stage
from states.reading.provenance import trace_down

TITLE = "Lai Châu 2023: Tháng hành động ở huyện Phong Thổ"
_ACTS = 17 + 15 + 12
_SCENES: tuple[Callable[[Story], None], ...] = (
    down.settle, down.earlier_plan, down.province_plan, down.commune_plans, up.reports_come, up.difficult_ones,
    up.look_at_the_board, again.district_reports, again.province_takes_up, again.reopened, again.made_again,
)  # fmt: skip


def play(stage: Stage) -> dict[str, Any]:
    """Play the story; returns its figures (cells as canonical strings) and what happened to whom."""
    story = Story(stage, yaml.safe_load((DATA / "lai_chau.yaml").read_text(encoding="utf-8")))
    stage.heading(TITLE)
    with stage.progress("Lai Châu 2023", _ACTS) as step:
        story.step = step
        for scene in _SCENES:
            with stage.timed(f"Lai Châu: {_words(scene)}"):
                scene(story)
    return _end(story)


def _end(story: Story) -> dict[str, Any]:
    stage, report, top = story.stage, story.report("district"), story.report("province")
    title = f"Biểu tổng hợp kèm báo cáo {story.told['number']} của Ban VSTBPN huyện Phong Thổ"
    with stage.transaction() as session:
        traced = trace_down(session, WOMEN, document_id=top)
    return story.told | {
        "sample": story.data["sample"], "documents": {"plan": story.plan, "district": report, "province": top},
        "totals": show.figures_of(stage, report), "province": show.figures_of(stage, top),
        "coverage": show.coverage_of(stage, report), "trace": show.trace_data(traced),
        "_late": story.late, "_trace": traced, "_tables": show.tables(stage, report, FORM, title),
    }  # fmt: skip


def _words(scene: Callable[[Story], None]) -> str:
    return (scene.__doc__ or "").strip()
