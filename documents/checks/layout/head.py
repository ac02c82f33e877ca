"""The head of a paper (phần đầu): number, symbol, place, quốc hiệu, type, and how a number is written and given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import TOP, Hit
from documents.checks.papers.paper import Paper
from documents.checks.registry import FORM_OF_PAPERS, rule
from documents.reading.folding import fold, squeeze
from documents.reading.names import bodies

_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_MASS = re.compile(r"(?:hoi(?! dong)|doan|lien doan|cong doan|uy ban mat tran|ban thuong vu|ban chap hanh)\b")


@rule("number-missing", "explain", "Không có số", "No number", basis=f"{FORM_OF_PAPERS}, mục II.3",
      example="Số:      /BC-UBND")  # fmt: skip
def number_missing(paper: Paper) -> Iterator[Hit]:
    """A paper that has gone out has its number."""
    if paper.head and paper.head.number is None:
        symbol = paper.head.symbol
        yield Hit(symbol.place if symbol else TOP,
                  "Văn bản không có số" + (f", chỉ có ký hiệu {symbol.value}" if symbol else ""),
                  "The paper has no number" + (f", only the symbol {symbol.value}" if symbol else ""))  # fmt: skip


@rule("symbol-missing", "explain", "Không có ký hiệu", "No symbol", basis=f"{FORM_OF_PAPERS}, mục II.3",
      example="Số: 236")  # fmt: skip
def symbol_missing(paper: Paper) -> Iterator[Hit]:
    """A number without its symbol says neither type nor issuer."""
    if paper.head and paper.head.number and paper.head.symbol is None:
        number = paper.head.number
        yield Hit(number.place, f"Số {number.value} không có ký hiệu (tên loại, cơ quan ban hành)",
                  f"The number {number.value} has no symbol (type, issuing body)", (number.value,))  # fmt: skip


@rule("place-missing", "note", "Không có địa danh", "No place of issue", basis=f"{FORM_OF_PAPERS}, mục II.4",
      example="ngày 31 tháng 10 năm 2024 (không ghi nơi)")  # fmt: skip
def place_missing(paper: Paper) -> Iterator[Hit]:
    """Where it was issued."""
    if paper.head and paper.head.place is None:
        at = paper.head.date.place if paper.head.date else TOP
        yield Hit(at, "Văn bản không ghi địa danh", "The paper names no place of issue")


@rule("header-missing", "note", "Không có quốc hiệu hoặc tên cơ quan", "No national title or issuing body at the head",
      basis=f"{FORM_OF_PAPERS}, mục II.1, II.2", example="văn bản bắt đầu bằng «Số: …»")  # fmt: skip
def header_missing(paper: Paper) -> Iterator[Hit]:
    """Both stand at the head of every paper of the state; mass organisations have a head of their own."""
    if paper.head:
        gone = [("quốc hiệu", "national title")] * (not paper.head.motto and not of_masses(paper))
        gone += [("tên cơ quan ban hành", "issuing body")] * (not paper.head.letterhead)
        if gone:
            yield Hit(TOP, "Đầu văn bản không có " + ", ".join(vi for vi, _ in gone),
                      "Missing at the head: " + ", ".join(en for _, en in gone))  # fmt: skip


@rule("motto-misspelt", "note", "Quốc hiệu viết sai", "The national title is misspelt",
      basis=f"{FORM_OF_PAPERS}, mục II.1", example="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆTNAM")  # fmt: skip
def motto_misspelt(paper: Paper) -> Iterator[Hit]:
    """Its letters and blanks are given by the decree."""
    said = squeeze(paper.head.motto) if paper.head else ""
    whole = "conghoaxahoichunghiavietnam" in fold(said).replace(" ", "")  # a line broken in two is no misspelling
    if paper.head and whole and not _MOTTO.search(said):
        right = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        yield Hit(TOP, f"Quốc hiệu ghi «{squeeze(paper.head.motto)}», đúng là «{right}»",
                  f"The national title reads «{squeeze(paper.head.motto)}», it should be «{right}»",
                  (squeeze(paper.head.motto), right))  # fmt: skip


@rule("type-missing", "note", "Không có tên loại văn bản", "No type of paper", basis=f"{FORM_OF_PAPERS}, mục II.5",
      example="trích yếu đứng đầu, không có dòng BÁO CÁO")  # fmt: skip
def type_missing(paper: Paper) -> Iterator[Hit]:
    """Every paper but a công văn names its type."""
    if paper.head and paper.type_word not in ("", "Công văn") and not paper.head.type_line:
        yield Hit(TOP, f"Không có dòng tên loại; nội dung là {paper.type_word}",
                  f"No line names the type; by its words it is a {paper.type_word}")  # fmt: skip


@rule("number-used-twice", "refuse", "Số đã dùng trong năm", "The number is used twice in its year",
      basis="NĐ 30/2020/NĐ-CP, Điều 15", example="hai văn bản cùng số 236/BC-UBND năm 2024")  # fmt: skip
def number_used_twice(paper: Paper) -> Iterator[Hit]:
    """Unique within issuer, series and year; a number once given is never given again."""
    head = paper.head
    if head and head.number and head.symbol:
        code = f"{head.number.value.lstrip('0')}/{head.symbol.value}"
        if other := paper.numbers.get(code):
            yield Hit(head.number.place, f"Số {code} đã dùng trong năm ở {other}",
                      f"The number {code} is already used this year by {other}", (code, other), other)  # fmt: skip
    for first, second, code in paper.below.twice if paper.below else ():
        yield Hit("sources", f"{first} và {second} cùng dùng số {code}", f"{first} and {second} both use {code}",
                  (first, second))  # fmt: skip


@rule("leading-zero", "note", "Thiếu số 0 ở đầu số hoặc ngày", "A leading zero is missing in number or date",
      basis=f"{FORM_OF_PAPERS}, mục II.3, II.4", example="Số: 5/BC-UBND; ngày 5 tháng 3")  # fmt: skip
def leading_zero(paper: Paper) -> Iterator[Hit]:
    """Numbers and days below 10 and months 1 and 2 are written with a zero."""
    head = paper.head
    if head and head.number and re.fullmatch(r"[1-9]", head.number.value):
        yield Hit(head.number.place, f"Số {head.number.value} dưới 10 phải ghi 0{head.number.value}",
                  f"The number {head.number.value} is written 0{head.number.value}", (head.number.value,))  # fmt: skip
    said = fold(head.date_words) if head else ""
    if head and head.date and (found := re.search(r"ngay\s+([1-9])(?=\s+thang)|thang\s+([12])(?=\s+nam)", said)):
        one = found[1] or found[2]
        yield Hit(head.date.place, f"«{head.date_words}»: số {one} phải ghi 0{one}",
                  f"«{head.date_words}»: {one} is written 0{one}", (head.date_words,))  # fmt: skip


def of_masses(paper: Paper) -> bool:
    """Whether a party or mass organisation issued it: layout and periods of the state are not theirs."""
    return bool(paper.issuers and _MASS.match(fold(bodies.canonical(paper.issuers[0].value))))
