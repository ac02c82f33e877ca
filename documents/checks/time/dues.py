"""What a paper sets days for (việc phải xong trước ngày): in its sentences and in the tables of its tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from documents.checks.papers.paper import Grid, Paper, Sentence
from documents.checks.papers.sentences import sentences
from documents.checks.tables.nesting import label_of
from documents.reading.days.dates import Dated, dates
from documents.reading.folding import fold, key

_BEFORE = re.compile(
    r"\b(?:truoc|cham nhat|han chot|han cuoi|han cuoi cung|khong qua|muon nhat|thoi han|den het|xong)\b"
    r"(?![^;.]*\d)[^;.]{0,40}$"
)
_PAST = re.compile(r"\b(?:thanh lap|sap nhap|sap xep|da (?:gui|bao cao|ban hanh)|sinh|ban hanh) (?:truoc|sau)\b")
_LEADING = 20
"""Letters before a day that leads its clause ("Trước ngày 10/12, các thôn báo cáo …")."""
_OVER = re.compile(r"\bqua (?:thoi )?han\b[^;.\d]{0,20}$")
_TIME = re.compile(r"\b(?:thoi gian|thoi han|hoan thanh|tien do|han)\b")
_ACTOR = re.compile(r"\b(?:chu tri|thuc hien|phu trach|phan cong)\b")
_LEADS = re.compile(r"^(?:(?:\d{1,2}|[a-z]|[ivx]+)[.)]\s*)?(?:[-+*•]\s*)?(?:giao|de nghi|yeu cau)?\s*"
                    r"(?P<who>[^:;.]{3,90}?)\s*(?::|\b(?:chu tri|co trach nhiem|tham muu|tong hop|bao cao|"
                    r"phoi hop|xay dung|lap|gui)\b)")  # fmt: skip
_TO = re.compile(r"\b(?:bao cao(?: ket qua)?|gui|gui ve|ve|cho)\s+(?:ve |cho |bao cao ve )?"
                 r"(?P<to>(?:ubnd|uy ban nhan dan|phong|so|van phong|hoi|ban)\b[^,;.():]{0,60}?)"
                 r"(?=\s+(?:truoc|cham nhat|de|theo|khong|muon|tong hop|qua|trong)\b|[,;.():]|$)")  # fmt: skip
_MANY = re.compile(r"^(?:(?:\d{1,2}|[a-z])[.)]\s*)?(?:[-+*•]\s*)?(?:giao|de nghi|yeu cau|\d*)\s*(?:ubnd |"
                   r"uy ban nhan dan |ban chi dao |cong an |tram y te |truong )?"
                   r"cac (?!so\b|phong\b|ban\b|hoi\b|thanh vien\b|truong\b|doan the\b|to chuc\b)")  # fmt: skip
"""Those below who send up: offices beside one another may each have a day of their own."""
_SPANS = re.compile(r"\b(?:\d+|sau|chin) thang\b|\bquy\b|\bnam\b(?! 20\d\d)|\bhang\b|\bdinh ky\b|\bso ket\b|"
                    r"\btong ket\b|\btien do\b|\bso bo\b|\bchinh thuc\b|\bphat dong\b|\bdanh sach\b|\bdang ky\b|"
                    r"\bdot\b|\blan\b|\btuan\b|\bdot xuat\b")  # fmt: skip
_SHORT = {"vh": "van hoa", "xh": "xa hoi", "ldtbxh": "lao dong thuong binh va xa hoi", "lhpn": "lien hiep phu nu",
          "tbxh": "thuong binh va xa hoi", "ldtb": "lao dong thuong binh va", "ubmttq": "uy ban mttq",
          "ubmttqvn": "uy ban mttq", "ubmttqviet": "uy ban mttq", "ubnd": "uy ban nhan dan", "tt": "thong tin",
          "gddt": "giao duc va dao tao", "gd": "giao duc", "dt": "dao tao", "vhtt": "van hoa va thong tin",
          "vhxh": "van hoa xa hoi", "clb": "cau lac bo", "lien": "lien", "tb": "thuong binh"}  # fmt: skip
_IDLE = frozenset("va xa phuong huyen thi tran tinh quan thanh pho dac khu cac don vi".split())


ANYBODY = frozenset(
    "cac co quan ban nganh dia doan the to chuc lien thuoc noi dung thoi han che do bao cao thuc hien ket qua".split()
)
"""Words of whoever is asked, whose names tell nobody apart."""


@dataclass(frozen=True, slots=True)
class Due:
    """One day that is set: for what (folded), who must (words of the name), to whom, and where it stands."""

    day: date
    what: str
    who: frozenset[str]
    to: frozenset[str]
    place: str
    raw: str
    label: str
    spans: frozenset[str] = frozenset()
    over: bool = False
    """Told as the day after which something follows ("quá thời hạn ngày …")."""

    everybody: bool = False
    """Told of those below together ("các xã", "các đơn vị, địa phương")."""

    @property
    def report(self) -> bool:
        """Whether a report is due."""
        return re.search(r"\bbao cao\b", self.what) is not None


def dues(paper: Paper) -> tuple[Due, ...]:
    """All of them, those of the text first."""
    issued = paper.head.date.value.year if paper.head and paper.head.date else None
    told = [due for one in sentences(paper) for due in _of_sentence(one, issued)]
    return (*told, *(due for grid in paper.grids for due in _of_grid(grid)))


def _of_sentence(one: Sentence, issued: int | None) -> Iterator[Due]:
    folded = fold(one.text)
    leads = _LEADS.match(folded)
    who = named(leads["who"]) if leads else frozenset()
    heads = _LEADS.match(fold(one.section) + ":") if who <= ANYBODY and one.section != one.text else None
    who = named(heads["who"]) if heads else who
    for dated in dates(one.text) if re.search(r"\d", one.text) else ():
        ahead = re.sub(r"\bngay\s*$", "", folded[: dated.start]) + _word(folded, dated)
        over = _OVER.search(ahead.rstrip() + " ") is not None
        day = _day(dated, issued)
        if day is None or not (over or _BEFORE.search(ahead)):
            continue
        clause = _clause(folded, dated.start)
        if _PAST.search(clause):
            continue
        to = _TO.search(clause)
        yield Due(day, clause, who,
                  named(to["to"]) if to else frozenset(), one.place, dated.raw, one.text,
                  _spans(clause), over, _MANY.match(folded) is not None)  # fmt: skip


def _day(dated: Dated, issued: int | None) -> date | None:
    """The day, of the paper's year where none is told; None where it is partial or in doubt."""
    said = dated.date
    if said.year or dated.doubt or not issued or (said.day, said.month) == (29, 2):
        return None if dated.doubt else said.full
    return replace(said, year=issued).full


def _word(folded: str, dated: Dated) -> str:
    """The leading word that the date's own wording took ("trước ngày 20 tháng 11")."""
    found = re.match(r"(?:truoc|den)\b", folded[dated.start : dated.end])
    return found[0] if found else ""


def _clause(folded: str, at: int) -> str:
    """From the last semicolon up to the day; what stands behind belongs to it only where the day leads."""
    start, end = folded.rfind(";", 0, at) + 1, folded.find(";", at)
    ahead = folded[start:at]
    leads = len(ahead.strip()) < _LEADING or re.search(r"\bhan\b", ahead)
    return folded[start : end if end >= 0 else None] if leads else ahead


def _of_grid(grid: Grid) -> Iterator[Due]:
    times = [n for n, name in enumerate(grid.columns) if _TIME.search(fold(name))]
    actors = [n for n, name in enumerate(grid.columns) if _ACTOR.search(fold(name)) and n not in times]
    for row, place in zip(grid.rows, grid.places, strict=True) if len(times) == 1 else ():
        told = [one for one in dates(row[times[0]]) if one.date.full and not one.doubt]
        if len(told) != 1 or told[0].date.full is None:
            continue
        label = label_of(row, 200)
        who = named(row[actors[0]]) if actors else frozenset()
        yield Due(told[0].date.full, fold(label), who, frozenset(), place, row[times[0]], label, _spans(fold(label)))


def _spans(clause: str) -> frozenset[str]:
    return frozenset(_SPANS.findall(clause))


def named(said: str) -> frozenset[str]:
    """The words of a body's name, its short forms written out."""
    words = " ".join(_SHORT.get(word, word) for word in key(said).split()).split()
    return frozenset(word for word in words if word not in _IDLE)
