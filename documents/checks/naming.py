"""Names (tên gọi): of the issuer in head, symbol, text and closing; of units; of the paper and its programmes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.paper import Paper, Said
from documents.checks.registry import FORM_OF_PAPERS, rule
from documents.checks.terms import PROGRAMMES
from documents.reading.folding import fold, key, squeeze
from documents.reading.names import bodies
from documents.reading.names.words import type_of_abbreviation

_SMALL = re.compile(r"\b(?:cua|va|ve|cac)\b")
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


@rule("issuer-differs", "explain", "Cơ quan ban hành được gọi khác nhau", "The issuer is named differently",
      basis=f"{FORM_OF_PAPERS}, mục II.2", example="mở đầu: Phòng …; kết: Ban vì sự tiến bộ của phụ nữ")  # fmt: skip
def issuer_differs(paper: Paper) -> Iterator[Hit]:
    """Head, opening, closing and captions name one body. Resolutions and notices speak of others, and are left."""
    told: set[str] = set()
    if not paper.kind:
        return
    for one in paper.issuers[1:]:
        if not _same(paper.issuers[0].value, one.value) and _body(one.value) not in told:
            told.add(_body(one.value))
            yield _differs(one, paper.issuers[0])


def _differs(one: Said[str], first: Said[str]) -> Hit:
    return Hit(one.place, f"Ở đây cơ quan ban hành là «{one.value}», chỗ khác là «{first.value}» ({first.place})",
               f"The issuer is «{one.value}» here, «{first.value}» elsewhere", (one.value, first.value),
               first.place)  # fmt: skip


def _same(one: str, other: str) -> bool:
    """One name within the other is the same body shortened, or its own standing committee."""
    first, second = _body(one), _body(other)
    return first in second or second in first or _untyped(first) == _untyped(second)


def _untyped(name: str) -> str:
    """An office of a province named with its type or without ("Sở Y tế Cà Mau", "Sở Y tế tỉnh Cà Mau")."""
    return re.sub(r"\b(?:tinh|thanh pho)\b ?", "", name) if name.startswith("so ") else name


def _body(name: str) -> str:
    said = re.sub(r"^(?:chu tich|lanh dao|ban (?:thuong vu|chap hanh)(?= (?:hoi|doan|lien doan|dang bo))) ", "",
                  key(bodies.canonical(name)))  # fmt: skip
    said = re.sub(r" (?:tong hop|bao cao|tham muu|xay dung|ban hanh|kinh|tran trong)$", "", said)  # the verb behind it
    return " ".join(_SMALL.sub(" ", said).split())


@rule("symbol-differs", "explain", "Ký hiệu không khớp cơ quan ban hành", "The symbol is not that of the issuer",
      basis=f"{FORM_OF_PAPERS}, mục II.3", example="BC-UBND trên văn bản của Phòng Văn hóa - Xã hội")  # fmt: skip
def symbol_differs(paper: Paper) -> Iterator[Hit]:
    """UBND stands in the symbols of the People's Committee and of nobody else."""
    symbol = paper.head.symbol if paper.head else None
    if symbol is None or not paper.issuers:
        return
    parts = re.split(r"[-/]", symbol.value)
    issuer = _body(paper.issuers[0].value)
    committee = issuer.startswith("ubnd")
    if len(parts) == 2 and type_of_abbreviation(parts[0]) and (parts[1] == "UBND") != committee and (
        committee or parts[1] == "UBND"
    ):  # fmt: skip
        yield Hit(symbol.place, f"Ký hiệu {symbol.value} không phải của «{paper.issuers[0].value}»",
                  f"The symbol {symbol.value} is not that of «{paper.issuers[0].value}»",
                  (symbol.value, paper.issuers[0].value), paper.issuers[0].place)  # fmt: skip


def _meet(one: str, other: str) -> bool:
    """Whether two periods have years in common: one scheme may follow another."""
    (a, b), (c, d) = (map(int, said.split(" - ")) for said in (one, other))
    return a < d and c < b


@rule("type-unlike-symbol", "explain", "Tên loại khác ký hiệu", "Type and symbol differ",
      basis="NĐ 30/2020/NĐ-CP, Phụ lục III", example="BÁO CÁO mang ký hiệu KH-UBND")  # fmt: skip
def type_unlike_symbol(paper: Paper) -> Iterator[Hit]:
    """The symbol begins with the type's letters."""
    symbol = paper.head.symbol if paper.head else None
    if symbol is None or not paper.head or not paper.head.type_line:
        return
    by_symbol = type_of_abbreviation(re.split(r"[-/]", symbol.value)[0])
    if by_symbol and paper.type_word and by_symbol != paper.type_word:
        yield Hit(symbol.place, f"Ký hiệu {symbol.value} là của {by_symbol}, tên loại lại là {paper.type_word}",
                  f"The symbol {symbol.value} is that of a {by_symbol}, the type says {paper.type_word}",
                  (symbol.value, paper.type_word))  # fmt: skip


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


def _not_its_own(paper: Paper) -> Iterator[Hit]:
    for one in paper.text:
        said = squeeze(fold(one.text))
        for name, (period, basis) in PROGRAMMES.items():
            found = re.search(rf"{re.escape(fold(name))}[^.;]{{0,3}}? giai doan (?P<a>20\d\d) ?- ?(?P<b>20\d\d)", said)
            told = f"{found['a']} - {found['b']}" if found else period
            if told != period and _meet(told, period):
                yield Hit(one.place, f"Ghi «{name}» giai đoạn {told}, {basis} là giai đoạn {period}",
                          f"«{name}» is given the period {told}, {basis} says {period}", (told, period))  # fmt: skip


@rule("programme-differs", "explain", "Một chương trình ghi hai giai đoạn", "One programme with two periods",
      example="Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 - 2025 … 2021 - 2030")  # fmt: skip
def programme_differs(paper: Paper) -> Iterator[Hit]:
    """A strategy or scheme has one period; the rarer one is told, and one that is not the scheme's own."""
    yield from _not_its_own(paper)
    found: dict[str, list[tuple[str, str]]] = {}
    for sentence in paper.text:
        for match in _PROGRAMME.finditer(squeeze(fold(sentence.text)).replace(" - ", " - ")):
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
