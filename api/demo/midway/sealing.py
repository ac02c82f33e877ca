"""Quảng Ngãi signs with certificates from the day before the moment on; elsewhere people sign plainly, as they did.

What was signed before stays as it was. One certificate soon runs out, so that the pages say so.
"""

from api.demo import certificates
from api.demo.midway.extras import CAM_THANH, QUANG_NGAI
from api.demo.nation.told import NATION
from api.demo.stage import Stage

_SOON = 24
"""Days that are left of one of them."""


def play(stage: Stage) -> int:
    """Leaders of the province and its wards, and all their seals; returns how many certificates."""
    stage.at("2026-12-28", 17)
    province, soon = stage.unit(QUANG_NGAI), stage.unit(CAM_THANH)
    units = [province, *stage.below(province, "commune").values()]
    leaders = [row["id"] for row in stage.rows(_LEADERS, units=units)]
    expiring = stage.who(soon, "vice").office_id
    admin = stage.who(NATION, "admin")
    made = certificates.issue(stage, admin, [one for one in leaders if one != expiring], units)
    return made + certificates.issue(stage, admin, [expiring], days=_SOON)


_LEADERS = """
SELECT id FROM office WHERE unit_id = ANY(%(units)s) AND seat = 'leader' AND valid_to IS NULL ORDER BY unit_id, id
"""
