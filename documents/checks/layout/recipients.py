"""Whom it goes to (nơi nhận): somebody, who asked for it, a body above, the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.checks.finding import BOTTOM, Hit
from documents.checks.papers.paper import Head, Paper
from documents.checks.registry import FORM_OF_PAPERS, REPORTING, rule
from documents.reading.folding import fold, key
from documents.reading.names import bodies


@rule("archive-missing", "note", "Nơi nhận không có dòng «Lưu»", "The recipients lack the copy for the file",
      basis=f"{FORM_OF_PAPERS}, mục II.9", example="Nơi nhận: Như trên; UBND các xã (không có Lưu: VT)")  # fmt: skip
def archive_missing(paper: Paper) -> Iterator[Hit]:
    """The last line of the list by the decree."""
    listed = paper.head.recipients if paper.head else ()
    if len(listed) > 1 and not any("luu" in fold(one.value).split(":")[0].split() for one in listed):
        said = "; ".join(one.value for one in listed)
        yield Hit(listed[-1].place, "Nơi nhận không có dòng «Lưu: VT, …»", "The recipients lack the copy for the file",
                  (said,))  # fmt: skip


@rule("recipients-missing", "explain", "Không có nơi nhận", "No recipients", basis=f"{FORM_OF_PAPERS}, mục II.9",
      example="không có phần «Nơi nhận:»")  # fmt: skip
def recipients_missing(paper: Paper) -> Iterator[Hit]:
    """To whom it goes."""
    if paper.head and not paper.head.recipients and not paper.head.addressees:
        yield Hit(BOTTOM, "Văn bản không có nơi nhận", "The paper names no recipients")


@rule("receiver-missing", "explain", "Nơi nhận thiếu cơ quan phải nhận", "The named receiver is not a recipient",
      basis=REPORTING, example="báo cáo gửi Phòng …, nơi nhận không có")  # fmt: skip
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
