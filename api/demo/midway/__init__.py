"""Story 4, the middle of life: the nation's reporting weeks of 2026, stopped on Tuesday 29/12/2026 at 09:20.

The year before is played first, so that boards can compare. Then wards stand everywhere at once: late at every desk,
extended, returned, reopened, waived, never opened; provinces draft, some have sent, some hold totals that are stale.
People call, ask, promise. Nothing is made up outside the doors: the play simply ends at a moment.
"""

from collections.abc import Sequence
from typing import Any

from api.demo.midway import aside, batch, extras, sealing, told_already
from api.demo.midway.last_year import LastYear
from api.demo.midway.story import MOMENT, Midway
from api.demo.stage import Stage

SEED = 2026


def play(stage: Stage, *, provinces: Sequence[str] = ()) -> dict[str, Any]:
    """Play up to the moment; returns what the boards show and who is useful to look at the pages with.

    `provinces` ("vn2:46") plays only these; Quảng Ngãi and Thành phố Hồ Chí Minh must be among them.
    """
    stage.heading("4. Giữa kỳ: Tháng hành động 2026, dừng lúc 09:20 ngày 29/12/2026")
    with stage.timed("Giữa kỳ: năm trước, bốn tỉnh"):
        LastYear(stage, SEED, 2025).whole(provinces)
    story = Midway(stage, SEED)
    with stage.timed("Giữa kỳ: người mẫu, kế hoạch, mở báo cáo"):
        story.settle(provinces)
        extras.people(stage)
        story.issue_plan()
    with stage.timed("Giữa kỳ: kế hoạch của tỉnh, xã"):
        story.plans_below()
    with stage.timed("Giữa kỳ: báo cáo, đến lúc dừng"):
        story.weeks()
    with stage.timed("Giữa kỳ: chờ ký hàng loạt, điện thoại, hỏi đáp, nhắc"):
        batch.play(stage)
        aside.play(stage, story.plan)
        sealing.play(stage)
        stage.now = MOMENT
        told_already.end(stage)
    return extras.useful(stage) | story.told()
