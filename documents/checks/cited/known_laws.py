"""Laws and decrees that wards cite (văn bản hay được viện dẫn): the date of each, and what came in its place.

Only what is beyond doubt: a date is that of the paper's passing or signing, `since` the day on which the next one took
effect. What is missing here is not wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Known:
    """One paper: its date, the number of what replaced it, and from when."""

    day: date
    instead: str = ""
    since: date | None = None


def _known(lines: str) -> dict[str, Known]:
    """Lines "number day [next since]", days as in ISO."""
    known = {}
    for line in lines.split("\n"):
        if parts := line.split():
            later = (parts[2], date.fromisoformat(parts[3])) if len(parts) > 2 else ("", None)
            known[parts[0].upper()] = Known(date.fromisoformat(parts[1]), *later)
    return known


KNOWN: Final = _known("""
77/2015/QH13 2015-06-19 65/2025/QH15 2025-03-01
65/2025/QH15 2025-02-19 72/2025/QH15 2025-06-16
72/2025/QH15 2025-06-16
80/2015/QH13 2015-06-22 64/2025/QH15 2025-04-01
64/2025/QH15 2025-02-19
73/2006/QH11 2006-11-29
102/2016/QH13 2016-04-05
02/2007/QH12 2007-11-21 13/2022/QH15 2023-07-01
13/2022/QH15 2022-11-14
03/2007/QH12 2007-11-21
79/2015/QH13 2015-06-19
78/2015/QH13 2015-06-19
39/2009/QH12 2009-11-23
51/2010/QH12 2010-06-17
52/2014/QH13 2014-06-19
45/2013/QH13 2013-11-29 31/2024/QH15 2024-08-01
31/2024/QH15 2024-01-18
38/2005/QH11 2005-06-14 43/2019/QH14 2020-07-01
43/2019/QH14 2019-06-14
10/2012/QH13 2012-06-18 45/2019/QH14 2021-01-01
45/2019/QH14 2019-11-20
57/2020/QH14 2020-06-16
01/2011/QH13 2011-11-11 33/2024/QH15 2025-07-01
33/2024/QH15 2024-06-21
66/2011/QH12 2011-03-29 53/2024/QH15 2025-07-01
53/2024/QH15 2024-11-28
58/2014/QH13 2014-11-20 41/2024/QH15 2025-07-01
41/2024/QH15 2024-06-29
23/2012/QH13 2012-11-20 17/2023/QH15 2024-07-01
17/2023/QH15 2023-06-20
83/2015/QH13 2015-06-25
73/2021/QH14 2021-03-30
30/2020/NĐ-CP 2020-03-05
09/2019/NĐ-CP 2019-01-24
20/2014/NĐ-CP 2014-03-24
163/2016/NĐ-CP 2016-12-21
104/2016/NĐ-CP 2016-07-01
07/2021/NĐ-CP 2021-01-27
20/2021/NĐ-CP 2021-03-15
125/2021/NĐ-CP 2021-12-28
76/2023/NĐ-CP 2023-11-01
28/NQ-CP 2021-03-03
""")
"""By number and symbol; those without a year in the number are looked up with the year of the date told."""
