"""What rules look at in a file's own lines: sentences, captions of annexes, closing words, who is named as issuer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.checks.papers.paper import Annexed, Said, Sentence
from documents.reading.days.dates import PartialDate
from documents.reading.days.dates import one as first_date
from documents.reading.flow import Flow
from documents.reading.folding import fold, squeeze
from documents.reading.incoming import Incoming
from documents.reading.model import Line, Text
from documents.reading.names import bodies
from documents.reading.names.words import TYPES
from documents.reading.parts import issuer, letterheads
from documents.reading.parts.layout import Parts, parts_of

_HEADING = re.compile(r"^(?:[IVX]{1,4}|[A-H]|\d{1,2})\s?[.)/]\s?\S")
_OPENS = re.compile(r"^(?:[IVX]{1,4}|[A-H]|1)\s?[.)/]\s?\S")
_CARRIED = re.compile(r"kèm theo\s+(?P<type>[^\d(),]{3,24}?)\s*(?:số)?\s*[:.]?\s*(?P<number>\d{0,5})[\s.…]*"
                      r"(?P<mark>[/-])\s*(?P<symbol>[A-ZĐ&]{2,}(?:-[A-ZĐ&]+)*)", re.I)  # fmt: skip
_CLOSES = re.compile(r"tren day la (?:toan bo )?(?P<type>ke hoach|bao cao)\s+(?P<title>[^;]{15,}?)"
                     r"(?=,? (?:de nghi|yeu cau|kinh|cua (?:ubnd|uy ban|ban|phong|so))\b|, (?:ubnd|uy ban)\b|"
                     r"[.;](?:\s|/)|\./|\n|$)")  # fmt: skip
_OWNED = re.compile(r"(?:tong hop |ket qua )?cua ")
_ANNEX = re.compile(r"\W*(?:phu luc|bieu|mau|de cuong|danh sach)\b")
_RIGHT = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_SURE = 0.7
"""A closing that only tells others what to do names them, not the issuer."""
_ENDS = re.compile(r"[.!?](?:\s+(?=[^\W\d_])|$)|(?<=\w{3})\.(?=[A-ZĐ][a-zà-ỹ])|$")
_MOTTO = re.compile(r"c[oộ]ng h[oòa][aà]? .{0,4}x[aã] h[oộ]i.*", re.I)


@dataclass(frozen=True)
class Told:
    """What the lines of a file say besides what is recognised in them."""

    sentences: tuple[Sentence, ...] = ()
    starts: tuple[tuple[int, int], ...] = ()
    """Page and line that each sentence begins on, in their order."""
    annexed: tuple[Annexed, ...] = ()
    annexes: tuple[str, ...] | None = None
    closing_title: Said[str] | None = None
    issuers: tuple[Said[str], ...] = ()
    motto: str = ""
    letterhead: bool = False
    type_line: bool = True
    ends_at: str = ""
    ends_with: str = ""


def told(incoming: Incoming, text: Text) -> Told:
    """Read it once more, for the officer's eye."""
    parts = parts_of(text)
    flow = Flow(parts.body)
    counted = {read.place.words for read in (*incoming.indicators, *incoming.events, *incoming.money)}
    last = parts.body[-1] if parts.body else None
    sentences = tuple(_sentences(flow, counted))
    return Told(
        sentences=tuple(one for _, one in sentences), starts=tuple(start for start, _ in sentences),
        annexed=tuple(_captions(parts)), annexes=tuple(_annexes(text, parts)),
        closing_title=_closing(flow), issuers=tuple(_issuers(parts)),
        motto=_motto(parts), letterhead=bool(letterheads.letterhead(parts.left)), type_line=parts.type_line is not None,
        ends_at=last.place.words if last else "", ends_with=last.text if last and not parts.sign else "",
    )  # fmt: skip


def _sentences(flow: Flow, counted: set[str]) -> Iterator[tuple[tuple[int, int], Sentence]]:
    """Each sentence with the line that it begins on; it counts where a figure was found on one of its lines."""
    section, start = "", 0
    for paragraph in flow.text.split("\n"):
        if _HEADING.match(paragraph) and len(paragraph) < 200:
            section = paragraph
        at = 0
        for stop in [found.end() for found in _ENDS.finditer(paragraph)]:
            lines = {flow.place(start + one).words for one in (*range(at, stop, 40), max(stop - 1, at))}
            if said := paragraph[at:stop].strip():
                place = flow.place(start + at)
                yield (place.page, place.line), Sentence(said, place.words, bool(lines & counted), section)
            at = stop
        start += len(paragraph) + 1


def _captions(parts: Parts) -> Iterator[Annexed]:
    for own, lines in ((False, parts.body[:8]), (True, parts.annex)):
        for line in lines:
            said = squeeze(line.text)
            if found := _CARRIED.search(said):
                word = next((one for one in TYPES if fold(one) == fold(found["type"].strip())), "")
                dated = first_date(said[found.end() :])
                behind = said[found.end() + dated.end :] if dated else said[found.end() :]
                issued = re.match(r"[\s,]*của\s+(?P<by>[^),;]{4,80})", behind, re.I)
                yield Annexed(word, found["number"], found["symbol"].upper(),
                              dated.date if dated else PartialDate(), line.place.words, own,
                              issued["by"].strip() if issued else "")  # fmt: skip


def _annexes(text: Text, parts: Parts) -> Iterator[str]:
    """Headings of annexes wherever they stand, names of sheets, and what stands behind the signature."""
    lines = {squeeze(line.text) for line in text.lines if len(line.text) < 120}
    yield from sorted(one for one in lines if _ANNEX.match(fold(one)))
    yield from (grid.sheet for grid in text.grids if grid.sheet)
    yield from (squeeze(line.text) for line in parts.annex[:1])


def _closing(flow: Flow) -> Said[str] | None:
    found = next(reversed(list(_CLOSES.finditer(flow.folded))), None)
    if found is None or found.start() < len(flow.text) * 0.5 or _OWNED.match(found["title"]):
        return None
    return Said(squeeze(flow.text[found.start("title") : found.end("title")]), flow.place(found.start()).words)


def _issuers(parts: Parts) -> Iterator[Said[str]]:
    """Opening, closing and captions, as the reader's witnesses name them."""
    opening, closing = _opening(parts.body), squeeze(" ".join(line.text for line in parts.body[-8:]))[-900:]
    for one in issuer.witnesses(parts, opening, closing):
        if one.weight < _SURE or (one.where == "câu kết" and not parts.sign):
            continue  # what ends in the middle has no closing
        start = fold(squeeze(one.name))[:24]
        at = next((line.place for line in parts.body if start in fold(line.text)), one.place)
        yield Said(bodies.canonical(one.name), (at if one.where == "câu mở đầu" else one.place).words)


def _opening(body: list[Line]) -> str:
    said: list[str] = []
    addressed = False
    for line in body[:30]:
        if _OPENS.match(line.text) and said:
            break
        addressed = fold(line.text).startswith("kinh gui") or addressed and line.text.startswith(("-", "+"))
        if not addressed or re.search(r"\bbao cao\b", fold(line.text)):  # to whom it goes is no issuer
            said.append(line.text)
    return squeeze(" ".join(said))[:2500]


def _motto(parts: Parts) -> str:
    """Quốc hiệu as its line has it; one that a page has broken over two lines is there all the same."""
    for line in parts.head:
        if "cong hoa xa hoi" in fold(squeeze(line.text)):
            found = _MOTTO.search(squeeze(line.text))
            return found[0] if found else squeeze(line.text)
    letters = "".join(fold(line.text) for line in parts.head if line.text).replace(" ", "")
    return _RIGHT if "conghoaxahoichunghia" in letters else ""
