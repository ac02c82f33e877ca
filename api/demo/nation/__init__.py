"""Story 3, the nation in 2026: one Action Month plan to 34 provinces and 3,321 communes, and every report back up.

The weeks pass on a simulated clock: wards draft, sign and send through the real door, the ladder reminds, provinces
and the nation consolidate, and in the end a national figure is followed down to the ward that gave it. People and
figures are samples; the units are the real ones. The same seed gives the same figures.
"""

from collections.abc import Sequence
from typing import Any

from api.demo.nation.story import YEAR, Nation
from api.demo.stage import Stage


def play(stage: Stage, *, provinces: Sequence[str] = (), seed: int = YEAR) -> dict[str, Any]:
    """Play the year; returns its figures. `provinces` ("vn2:12") plays only these, with all their communes.

    Raises `TotalsDiffer` where the national total is not what the wards signed.
    """
    stage.heading(f"3. Cả nước, {YEAR}: Tháng hành động, hai cấp")
    story = Nation(stage, seed)
    with stage.timed("Cả nước: người mẫu của 3.356 đơn vị"):
        story.settle(provinces)
    with stage.timed("Cả nước: kế hoạch, mở báo cáo"):
        story.issue_plan()
    with stage.timed("Cả nước: kế hoạch của tỉnh, xã"):
        story.plans_below()
    with stage.timed("Cả nước: các tuần báo cáo, tổng hợp"):
        story.weeks()
    with stage.timed("Cả nước: đối chiếu, truy nguồn"):
        return story.end()
