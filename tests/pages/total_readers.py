"""Whoever looks at totals in a browser, and a district whose wards have sent: for the pages' stories."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import httpx

from tests.http_world import Api, Voice, issue_plan, report_of, report_text, send_report

DISTRICT, FIRST, SECOND = "Huyện An Mẫu", "Phường Một", "Phường Hai"
EVENTS, MEN, WOMEN = 10201, 10202, 10203
_PAGE = {"Accept": "text/html", "Accept-Language": "vi"}


class Reader:
    """One person's browser without JavaScript, in the office of a seat."""

    def __init__(self, api: Api, unit: str, seat: str) -> None:
        self.api, self.voice = api, api.as_(unit, seat)
        self.unit = api.world.unit(unit)

    def get(self, path: str, status: int = 200, /, **headers: str) -> str:
        """The page's HTML."""
        answer = self.voice.say("GET", path, headers={**_PAGE, **headers})
        assert answer.status_code == status, answer.text
        return answer.text

    def read(self, path: str, status: int = 200) -> str:
        """The page's words."""
        return words(self.get(path, status))

    def post(self, path: str, status: int = 303, /, **fields: Any) -> httpx.Response:
        """A form of ours, sent."""
        data = {name.replace("_", "-"): value for name, value in fields.items()}
        headers = {**_PAGE, "Sec-Fetch-Site": "same-origin"}
        answer = self.voice.say("POST", path, data=data, headers=headers, follow_redirects=False)
        self.voice.client.cookies.clear()  # the sentence that is said once
        assert answer.status_code == status, answer.text
        return answer


class District:
    """A plan whose first ward has sent; the second has not."""

    def __init__(self, api: Api) -> None:
        self.api, self.plan = api, issue_plan(api)
        self.total, self.first, self.second = (report_of(api, self.plan, unit) for unit in (DISTRICT, FIRST, SECOND))
        self.table = f"/ke-hoach/{self.plan}/tong-hop"
        send_report(api, self.first, FIRST, report_text(2, 30, 40))

    def run(self, seat: str = "supervisor", unit: str = DISTRICT, status: int = 303) -> httpx.Response:
        """Take up by the button of the page."""
        return self.reader(seat, unit).post(self.table, status, don_vi=self.api.world.unit(unit), bieu="1")

    def reader(self, seat: str = "supervisor", unit: str = DISTRICT) -> Reader:
        return Reader(self.api, unit, seat)

    def send_total(self) -> None:
        """The district's total is signed and sent as it is."""
        content = {"texts": report_text()["texts"]}
        send_report(self.api, self.total, DISTRICT, content)

    def reopen(self, report: int) -> None:
        """The district's supervisor reopens a ward's report."""
        until = self.api.world.now + timedelta(days=3)
        self.voice.step(report, "reopen", reason="Số nữ chưa khớp", reason_code="figures-wrong",
                        due_at=until.isoformat())  # fmt: skip

    @property
    def voice(self) -> Voice:
        return self.api.as_(DISTRICT, "supervisor")

    def state(self, report: int) -> str:
        return str(self.api.rows("SELECT state FROM document WHERE id = %s", report)[0]["state"])


def words(page: str) -> str:
    """The text of a page without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def line_of(page: str, unit: str) -> str:
    """The words of a unit's line in the table."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    return next(words("<tr" + row) for row in body.split("<tr")[1:] if unit in row)
