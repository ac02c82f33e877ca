"""Rhythms and averages (nhịp, bình quân): how often and how many, against what the same sentence counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.amounts import Gathering
from documents.checks.papers.paper import Paper, Sentence
from documents.checks.registry import rule
from documents.reading.folding import fold

_MONTHLY = re.compile(r"\b0?(?P<n>\d{1,2}) [a-z ]{2,20}/ ?nam\b.{0,60}\b(?:hang|moi|cua) thang\b")
_QUARTERLY = re.compile(r"\b0?(?P<n>\d{1,2}) lan ?/ ?(?:0?1 )?quy\b")
_PLACES = re.compile(r"\b0?(?P<n>\d{1,3}) (?:khom|to dan pho|thon|ap|ban|khu pho|khu dan cu|buon|lang)\b")
_EACH = re.compile(r"\bmoi (?:lan|cuoc|buoi|lop)\b[^.;]{0,40}?\btu (?P<n>\d{1,4})\b[^.;,]{0,20}\btro len\b")


@rule("rhythm-differs", "note", "Số lần trong năm khác nhịp đã nêu", "So many a year, but another rhythm",
      example="05 chuyên mục/năm (… của tháng); 1 lần/quý tại 03 khóm, 17 cuộc")  # fmt: skip
def rhythm_differs(paper: Paper) -> Iterator[Hit]:
    """Every month is twelve times a year; once a quarter in three places is twelve as well."""
    for one in paper.text:
        found = _MONTHLY.search(fold(one.text))
        if found and int(found["n"]) < 12:
            yield Hit(one.place, f"Ghi {found['n']} lần/năm nhưng phát hằng tháng (12 lần)",
                      f"{found['n']} a year, but every month", (found["n"], "12"))  # fmt: skip
        yield from _more_than_quarters(one, paper)


def _more_than_quarters(one: Sentence, paper: Paper) -> Iterator[Hit]:
    said = fold(one.text)
    often, places = _QUARTERLY.search(said), _PLACES.search(said)
    if often is None or places is None:
        return
    most = 4 * int(often["n"]) * int(places["n"])
    for event in _events_of(one, paper):
        if event.events and event.events.is_exact and event.events.amount > most:
            told = " tại ".join(one.text[found.start() : found.end()] for found in (often, places))
            yield Hit(event.at.place, f"Họp {told} thì nhiều nhất {most} cuộc một năm, ở đây ghi"
                      f" {event.events} cuộc", f"{most} at most in a year by the rhythm told, {event.events} here",
                      (event.events, most), one.place)  # fmt: skip


@rule("average-differs", "note", "Bình quân thấp hơn mức đã nêu", "The average is below what is said of each",
      example="mỗi lần từ 25 người trở lên; 17 cuộc có khoảng 420 người")  # fmt: skip
def average_differs(paper: Paper) -> Iterator[Hit]:
    """So many at least each time, but fewer on the average."""
    for one in paper.text:
        each = _EACH.search(fold(one.text))
        for event in _events_of(one, paper) if each else ():
            if each and event.events and event.people and event.events.amount > 1:
                yield from _below(event, int(each["n"]), one.place)


def _below(event: Gathering, least: int, told_at: str) -> Iterator[Hit]:
    if event.events is None or event.people is None:
        return
    average = event.people.amount / event.events.amount
    if average < least:
        said = f"{average:.1f}".replace(".", ",")
        yield Hit(event.at.place, f"{event.events} cuộc có {event.people} người, bình quân {said}; chỗ khác ghi mỗi lần"
                  f" từ {least} người trở lên", f"{said} on the average, {least} at least each time", (said, least),
                  told_at)  # fmt: skip


def _events_of(one: Sentence, paper: Paper) -> list[Gathering]:
    """The events that a sentence counts: told in the text, their number in its words."""
    return [event for event in paper.gatherings if event.told_in_text and event.events and event.people
            and re.search(rf"\b0?{event.events.amount} (?:cuoc|buoi|lan|lop)\b", fold(one.text))]  # fmt: skip
