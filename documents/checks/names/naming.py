"""Names (tên gọi) of units, of the paper itself in head, opening and closing, of programmes and their periods."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import rule
from documents.reading.folding import fold, key, squeeze

_PROGRAMME = re.compile(
    r"(?P<name>(?:chien luoc|chuong trinh|de an|ke hoach)(?: [a-z]+){3,12}?),? giai doan "
    r"(?P<a>20\d\d) ?- ?(?P<b>20\d\d)"
)
_NEXT = r"phuong huong|nhiem vu"
_OPENS = re.compile(rf"\bbao cao ket qua [^.;:]{{5,160}}? va (?:{_NEXT})[^.;:,]{{0,60}}")
_FILLERS = frozenset(
    "ket qua thuc hien trien khai cong tac danh gia bao cao ke hoach ve viec tren dia ban nam cua cac va trong tinh"
    " hinh"
    " phuong xa huyen quan thi tinh thanh pho ubnd uy ban nhan dan chong ngua phong ung pho hoat dong noi dung to chuc"
    .split()
)  # fmt: skip
_OF_GOVERNMENT = {
    "hỗ trợ phụ nữ tham gia giải quyết một số vấn đề xã hội liên quan đến phụ nữ":
        ("2017 - 2027", "Quyết định số 938/QĐ-TTg"),
    "Hỗ trợ phụ nữ khởi nghiệp": ("2017 - 2025", "Quyết định số 939/QĐ-TTg"),
}  # fmt: skip
"""Schemes of the Government that every ward names, with their periods and where those stand."""


@rule("name-misspelt", "note", "Tên đơn vị viết sai", "A unit's name is misspelt",
      basis="danh mục đơn vị hành chính", example="Phong Thỏ (đúng: Phong Thổ)")  # fmt: skip
def name_misspelt(paper: Paper) -> Iterator[Hit]:
    """A slip or a fault of the scan; told, and read as the unit it most likely means."""
    for wrong, right, place in paper.misspelt:
        yield Hit(place, f"Viết «{wrong}», tên đúng là «{right}»", f"Written «{wrong}», the name is «{right}»",
                  (wrong, right))  # fmt: skip


@rule("title-differs", "note", "Câu kết gọi văn bản khác trích yếu", "The closing calls the paper otherwise",
      example="trích yếu: bình đẳng giới; câu kết: bình đẳng giới và vì sự tiến bộ của phụ nữ")  # fmt: skip
def title_differs(paper: Paper) -> Iterator[Hit]:
    """It adds something of substance; a closing that shortens the title is usual."""
    yield from _more_in_opening(paper)
    if paper.title is None or paper.closing_title is None:
        return
    one, two = (_substance(said.value, paper) for said in (paper.title, paper.closing_title))
    if len(set(two) - set(one)) >= 4 and len(set(two) & set(one)) >= 2:
        yield Hit(paper.closing_title.place,
                  f"Câu kết: «{paper.closing_title.value}»; trích yếu: «{paper.title.value}»",
                  f"Closing: «{paper.closing_title.value}»; title: «{paper.title.value}»",
                  (paper.closing_title.value, paper.title.value), paper.title.place)  # fmt: skip


def _more_in_opening(paper: Paper) -> Iterator[Hit]:
    """The opening reports on what comes next as well, and the title leaves it out."""
    for one in paper.text[:6]:
        found = _OPENS.search(squeeze(fold(one.text)))
        if found and paper.title and paper.kind == "report" and not re.search(_NEXT, fold(paper.title.value)):
            said = squeeze(one.text)[found.start() : found.end()]
            yield Hit(one.place, f"Mở đầu ghi «{said}»; trích yếu không có: «{paper.title.value}»",
                      f"The opening says «{said}»; the title does not: «{paper.title.value}»",
                      (said, paper.title.value), paper.title.place)  # fmt: skip
            return


def _substance(said: str, paper: Paper) -> list[str]:
    unit = set(key(paper.unit.name).split()) if paper.unit else set()
    return [word for word in key(said).split() if word not in _FILLERS and word not in unit and not word.isdigit()]


@rule("programme-differs", "explain", "Một chương trình ghi hai giai đoạn", "One programme with two periods",
      example="Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 - 2025 … 2021 - 2030")  # fmt: skip
def programme_differs(paper: Paper) -> Iterator[Hit]:
    """A strategy or scheme has one period; the rarer one is told, and one that is not the scheme's own."""
    yield from _not_its_own(paper)
    found: dict[str, list[tuple[str, str]]] = {}
    for sentence in paper.text:
        for match in _PROGRAMME.finditer(squeeze(fold(sentence.text))):
            name = re.split(r"(?=\b(?:chien luoc|chuong trinh|de an|ke hoach)\b)", match["name"])[-1].strip()
            found.setdefault(name, []).append((f"{match['a']} - {match['b']}", sentence.place))
    for name, told in found.items():
        counted = Counter(period for period, _ in told)
        usual = counted.most_common(1)[0][0]
        other = next(place for period, place in told if period == usual)
        for period, place in told:
            if period != usual and len(name.split()) > 4 and _meet(period, usual):
                yield Hit(place, f"Ở đây ghi giai đoạn {period}, chỗ khác ({other}) ghi {usual} cho cùng một văn bản",
                          f"Here the period is {period}, elsewhere {usual} for the same programme",
                          (period, usual), other)  # fmt: skip


def _not_its_own(paper: Paper) -> Iterator[Hit]:
    for one in paper.text:
        said = squeeze(fold(one.text))
        for name, (period, basis) in _OF_GOVERNMENT.items():
            found = re.search(rf"{re.escape(fold(name))}[^.;]{{0,3}}? giai doan (?P<a>20\d\d) ?- ?(?P<b>20\d\d)", said)
            told = f"{found['a']} - {found['b']}" if found else period
            if told != period and _meet(told, period):
                yield Hit(one.place, f"Ghi «{name}» giai đoạn {told}, {basis} là giai đoạn {period}",
                          f"«{name}» is given the period {told}, {basis} says {period}", (told, period))  # fmt: skip


def _meet(one: str, other: str) -> bool:
    """Whether two periods have years in common: one scheme may follow another."""
    (a, b), (c, d) = (map(int, said.split(" - ")) for said in (one, other))
    return a < d and c < b
