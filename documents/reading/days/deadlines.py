"""Deadlines that a paper names (thời hạn): the day, the hour if one is told, and what is due."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.reading.days.dates import PartialDate, dates
from documents.reading.flow import Flow
from documents.reading.folding import squeeze
from documents.reading.model import Read

_BEFORE = re.compile(
    r"(?:truoc|cham nhat(?: la)?(?: den| vao| truoc)?|han (?:cuoi|chot|cuoi cung)|khong qua|muon nhat|xong truoc|"
    r"hoan thanh(?: xong)? truoc|"
    r"den het|thoi han[^.;\n]{0,40}?|ket thuc)\s*(?:la|vao|truoc)?\s*:?\s*(?:(?P<hour>\d{1,2})\s?(?:gio|h|g|"
    r":)\s?(?P<minute>\d{2})?\s*(?:phut)?,?\s*)?$"
)
_MONTHLY = re.compile(
    r"truoc ngay (?P<day>\d{1,2})\s*(?P<each>hang thang|hang quy|cua thang cuoi quy|thang cuoi (?:cua )?quy|cua "
    r"thang|hang nam)"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due: a day (parts may be missing), an hour "16:00" or "", `each` for a recurring one."""

    date: PartialDate
    hour: str
    what: str
    each: str = ""

    @property
    def words(self) -> str:
        """As "16:00 12/12/2025: …"."""
        return f"{self.hour} {self.date.words} {self.each}".strip() + f": {self.what}"


def deadlines(flow: Flow) -> list[Read[Deadline]]:
    """All deadlines in the text, in their order."""
    found: list[tuple[int, Read[Deadline]]] = []
    start = 0
    for paragraph in flow.text.split("\n"):
        for dated in dates(paragraph):
            at = start + dated.start
            ahead = re.sub(r"\bngay\s*$", "", flow.folded[max(at - 70, start) : at]).rstrip() + " "
            if before := _BEFORE.search(ahead.rstrip()) or _BEFORE.search(ahead):
                hour = f"{int(before['hour']):02d}:{before['minute'] or '00'}" if before["hour"] else ""
                sentence = flow.sentence(at)
                value = Deadline(dated.date, hour, squeeze(flow.text[sentence[0] : sentence[1]])[:300])
                said = dated.doubt or ("" if dated.date.full else "ngày không đủ")
                found.append((at, Read(value, dated.raw, flow.place(at), 0.6 if said else 0.93, said)))
        start += len(paragraph) + 1
    for each in _MONTHLY.finditer(flow.folded):
        sentence = flow.sentence(each.start())
        words = flow.text[each.start("each") : each.end("each")]
        value = Deadline(
            PartialDate(day=int(each["day"])), "", squeeze(flow.text[sentence[0] : sentence[1]])[:300], words
        )
        found = [one for one in found if not each.start() <= one[0] < each.end()]
        found.append(
            (each.start(), Read(value, squeeze(flow.text[each.start() : each.end()]), flow.place(each.start()), 0.9))
        )
    return [read for _, read in sorted(found, key=lambda one: one[0])]
