"""The words that say what a number counts: the clause before it, or behind it."""

from __future__ import annotations

import re

from documents.reading.flow import MARKER, Flow
from documents.reading.folding import fold, squeeze

_CUT = re.compile(r"[;\n]|[.!?](?=\s)|(?<!lanh dao),\s|,\s(?!quan ly\b)|\d%|:\s(?=.*:)")  # leaders are one group
_LEADS = re.compile(
    r"^(?:(?:trong do|cu the|ket qua|ngoai ra|ben canh do|hien co|hien nay|den nay|tinh den nay|va|co|gom|la|dat|"
    r"chiem|duoc|da|"
    r"con|voi|so luong|so|tong|tong so|ti le|ty le|trong nam|nam \d{4}|toan|o|cua|cho|tai)\b[\s:,]*)+"
)
_GIFT = re.compile("tặng", re.IGNORECASE)
_TRAILS = re.compile(
    r"[\s,:;(\-]*(?:(?:la|dat|chiem|co|duoc|voi|cho|khoang|tren|so tien|gom|hien co|ty le|ti le|tong so tien|tang|"
    r"giam|cong)\b[\s,:(]*)*$"
)


def before(flow: Flow, at: int, floor: int = 0) -> str:
    """The clause that ends at an offset, without the paragraph's marker; not before `floor`."""
    start = max(flow.paragraph(at)[0], floor)
    said = flow.text[start:at]
    cuts = [found.end() for found in _CUT.finditer(fold(said))]
    for cut in reversed([0, *cuts]):
        label = tidy_label(said[cut:])
        if len(core(label).split()) > 2 or cut and said[cut - 1 : cut] in ";.!?\n":
            return label
    return tidy_label(said)


def behind(flow: Flow, at: int, most: int = 90) -> str:
    """The clause that begins at an offset."""
    end = min(flow.paragraph(at)[1], at + most)
    said = flow.text[at:end]
    for found in re.finditer(r"[,;.\n](?:\s|$)|[()]|\s(?:đạt|chiếm)\s(?=[^,;.]{0,30}\d)|/(?=\d)", said):
        least = 6 if found[0][0] == "," else 3 if found[0][0].isspace() else 1  # "thôn, bản" is one thing
        if len(said[: found.start()].split()) >= least:
            return tidy_label(said[: found.start()])
    return tidy_label(said)


def tidy_label(said: str) -> str:
    """A label without marker, leading and trailing small words."""
    text = MARKER.sub("", squeeze(said).lstrip("*•- +"))
    trail = _TRAILS.search(fold(_GIFT.sub("quà.", text)))  # «tặng» folds to a rise
    text = text[: trail.start()] if trail else text
    return squeeze(text).strip(" ,.:;(-–")


def core(label: str) -> str:
    """A label without what only leads up to it ("trong đó số", "hiện có")."""
    lead = _LEADS.match(fold(label))
    rest = label[lead.end() :] if lead else label
    return rest.strip()
