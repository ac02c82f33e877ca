"""Head and foot of a paper (thể thức): number, symbol, place, quốc hiệu, signer, recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import Hit
from documents.checks.paper import Head, Paper
from documents.checks.registry import FORM_OF_PAPERS, rule
from documents.reading.folding import fold, key, squeeze
from documents.reading.names import bodies

TOP, BOTTOM, WHOLE = "đầu văn bản", "cuối văn bản", "toàn văn bản"
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_OF_THE_BODY = ("Báo cáo", "Kế hoạch", "Chương trình", "Tờ trình", "Đề án", "Phương án")
_MASS = re.compile(r"(?:hoi(?! dong)|doan|lien doan|cong doan|uy ban mat tran|ban thuong vu|ban chap hanh)\b")
_COLLECTIVE = re.compile(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd)\b")


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


@rule("signer-missing", "explain", "Không có người ký", "No signer", basis=f"{FORM_OF_PAPERS}, mục II.7",
      example="văn bản kết thúc ở nơi nhận")  # fmt: skip
def signer_missing(paper: Paper) -> Iterator[Hit]:
    """Name and post of who signed."""
    if paper.head and paper.head.signer is None:
        yield Hit(BOTTOM, "Văn bản không có tên người ký", "The paper names no signer")


@rule("post-missing", "note", "Không ghi chức vụ người ký", "The signer's post is missing",
      basis=f"{FORM_OF_PAPERS}, mục II.7", example="(tên) không có CHỦ TỊCH hay PHÓ CHỦ TỊCH ở trên")  # fmt: skip
def post_missing(paper: Paper) -> Iterator[Hit]:
    """By the post one sees whether he may sign."""
    if paper.head and paper.head.signer and not paper.head.post:
        yield Hit(paper.head.signer.place, f"Không ghi chức vụ của {paper.head.signer.value}",
                  f"No post stands above {paper.head.signer.value}", (paper.head.signer.value,))  # fmt: skip


@rule(
    "tm-missing",
    "note",
    "Khối ký thiếu TM.",
    "The signature block lacks TM.",
    basis=f"{FORM_OF_PAPERS}, mục II.7",
    example="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH (thiếu TM. ỦY BAN NHÂN DÂN)",
)
def tm_missing(paper: Paper) -> Iterator[Hit]:
    """A collective body's paper is signed for it; many leave that out, so it is only told. A chair's own decisions
    and letters have no TM."""
    head = paper.head
    if head is None or head.signer is None or head.with_tm or head.authority not in ("", "KT."):
        return
    if paper.type_word not in _OF_THE_BODY:
        return
    for_the_chair = "chu tich" in fold(head.on_behalf or head.post)
    if for_the_chair and paper.issuers and _COLLECTIVE.match(fold(paper.issuers[0].value)):
        said = f"{head.authority} {head.on_behalf}".strip() or head.post
        yield Hit(head.signer.place, f"Khối ký ghi «{said}», thiếu «TM. ỦY BAN NHÂN DÂN» ở trên",
                  f"The block says «{said}» without «TM.» and the collective body above", (said, "TM."))  # fmt: skip


@rule("recipients-missing", "explain", "Không có nơi nhận", "No recipients", basis=f"{FORM_OF_PAPERS}, mục II.9",
      example="không có phần «Nơi nhận:»")  # fmt: skip
def recipients_missing(paper: Paper) -> Iterator[Hit]:
    """To whom it goes."""
    if paper.head and not paper.head.recipients and not paper.head.addressees:
        yield Hit(BOTTOM, "Văn bản không có nơi nhận", "The paper names no recipients")


@rule("receiver-missing", "explain", "Nơi nhận thiếu cơ quan phải nhận", "The named receiver is not a recipient",
      basis="NĐ 09/2019/NĐ-CP", example="báo cáo gửi Phòng …, nơi nhận không có")  # fmt: skip
def receiver_missing(paper: Paper) -> Iterator[Hit]:
    """The receiver that the requirement names."""
    wanted = paper.asked.receiver
    if paper.head and wanted and paper.head.recipients and not any(
        _is(wanted, one) for one in (*(said.value for said in paper.head.recipients), *paper.head.addressees)
    ):  # fmt: skip
        listed = _listed(paper.head)
        yield Hit(paper.head.recipients[0].place, f"Yêu cầu gửi {wanted}, nơi nhận chỉ có: {listed}",
                  f"It is asked for by {wanted}; the recipients are: {listed}", (listed, wanted))  # fmt: skip


@rule(
    "superior-not-recipient",
    "note",
    "Nơi nhận không có cơ quan cấp trên",
    "No body above among the recipients",
    basis=f"{FORM_OF_PAPERS}, mục II.9",
    example="thực hiện kế hoạch của UBND thị xã, chỉ gửi trong phường",
)
def superior_not_recipient(paper: Paper) -> Iterator[Hit]:
    """Who asked for it by a plan is told; any body of that level will do, for regimes name departments."""
    above = paper.answers if paper.kind else None  # a letter goes to whom it addresses
    if not paper.head or not paper.head.recipients or paper.asked.receiver or above is None:
        return
    level = _level_word(above.issuer)
    if above.role != "parent_plan" or not level:
        return
    told = (*(one.value for one in paper.head.recipients), *paper.head.addressees)
    if not any(_of_level(one, level, above.issuer) for one in told):
        yield Hit(
            paper.head.recipients[0].place,
            f"Văn bản thực hiện {above.words}, nhưng nơi nhận không có cơ quan nào của cấp đó: {_listed(paper.head)}",
            f"It carries out {above.words}, but no recipient is of that level: {_listed(paper.head)}",
            (_listed(paper.head), above.issuer), above.place,
        )  # fmt: skip


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


def _listed(head: Head) -> str:
    return "; ".join(one.value for one in head.recipients)


def _is(wanted: str, said: str) -> bool:
    """Whether a recipient is this body: all of its words but the small ones, or its unit and kind."""
    one, two = key(bodies.canonical(wanted)), key(bodies.canonical(said))
    return one in two or two in one and len(two.split()) > 1


_LEVELS = {"tinh": ("tinh",), "thanh pho": ("thanh pho", "tp"), "huyen": ("huyen",), "quan": ("quan",),
           "thi xa": ("thi xa", "tx"), "xa": ("xa",), "phuong": ("phuong",)}  # fmt: skip


def _level_word(issuer: str) -> str:
    """The type of unit that a body is of: "UBND thị xã Đức Phổ" is of "thi xa"."""
    found = re.search(r"(?<!\w)(tinh|thanh pho|huyen|quan|thi xa)(?!\w)", fold(issuer))
    return found[1] if found else ""


def _of_level(recipient: str, level: str, issuer: str) -> bool:
    """As "UBND thị xã", "Phòng LĐTBXH thị xã", "Sở Nội vụ" for a province's; or it bears the unit's own name."""
    said = f" {key(recipient)} "
    if any(f" {word} " in said for word in _LEVELS[level]):
        return True
    if level in ("tinh", "thanh pho") and re.match(r" (?:so|tinh uy|thanh uy|ban ttnd) ", said):
        return True
    if level in ("huyen", "quan", "thi xa") and re.match(r" (?:phong|huyen uy|quan uy|thi uy) ", said):
        return True
    own = key(issuer).split(level, 1)[-1].strip()
    return bool(own) and f" {own} " in said
