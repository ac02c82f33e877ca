"""The Action Month of the year before, in four provinces: what this year's boards are compared with."""

from collections.abc import Sequence
from dataclasses import replace

from api.demo.nation.story import Nation
from states.lifecycle import Kind
from workflows.planning import PlanOrder

PROVINCES = ("vn2:01", "vn2:12", "vn2:51", "vn2:79")  # Hà Nội, Lai Châu, Quảng Ngãi, Thành phố Hồ Chí Minh


class LastYear(Nation):
    """The whole campaign, with reports only: no plans of their own."""

    def whole(self, provinces: Sequence[str] = ()) -> None:
        """From the plan in October to the nation's report; `provinces`: of its own only these."""
        self.settle([one for one in PROVINCES if not provinces or one in provinces])
        self.issue_plan()
        self.weeks()

    def _order(self) -> PlanOrder:
        order = super()._order()
        return replace(order, requirements=[one for one in order.requirements if one.kind is Kind.REPORT])

    def _pace(self, province: int) -> float:
        """More than usual came late that year."""
        return 3.5
