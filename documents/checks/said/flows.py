"""What was there, came, went and is left (đầu kỳ, phát sinh, giảm, cuối kỳ): the last is made by the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from documents.checks.finding import Hit
from documents.checks.papers.paper import Paper
from documents.checks.papers.sentences import sentences, shortened
from documents.checks.registry import rule
from documents.checks.said.phrases import Quantity, quantities
from states.figures import Figure

_FIRST = re.compile(
    r"\b(?:đầu (?:năm|kỳ|quý|tháng|đợt)|tồn (?:đầu|cũ|kỳ trước|năm trước)|(?:năm|kỳ|quý|"
    r"tháng) trước (?:chuyển (?:sang|qua)|còn|có)|"
    r"chuyển (?:sang|qua)|cuối năm (?:20\d\d|trước))\b"
)
_IN = re.compile(
    r"\b(?:phát sinh|tiếp nhận|nhận (?:mới|thêm)|kết nạp|tái (?:nghèo|nghiện)|nhập|bổ sung|thêm|tăng|phát hiện|"
    r"mới|chuyển đến|"
    r"thành lập|đăng ký mới)\b"
)
_OUT = re.compile(
    r"\b(?:thoát|giảm|xuất|(?:đã )?(?:giải quyết|xử lý|sử dụng|cấp phát|cấp|hoàn thành|trả|tháo gỡ|chi trả)|"
    r"chuyển đi|ra khỏi|xóa|xoá|"
    r"cắt cơn|khỏi bệnh|bỏ học|giải thể|rời khỏi|khai trừ|xóa tên)\b"
)
_LEFT = re.compile(r"\b(?:còn(?: lại)?|cuối (?:năm|kỳ|quý|tháng|đợt)|tồn|hiện có)\b")
_TAKEN = re.compile(r"\b(?:nhận|được cấp|được giao|tiếp nhận|nhập|mua)\b")
_USED = re.compile(r"\b(?:sử dụng|cấp phát|cấp|giải quyết|xử lý|dùng)\b")
_BREAKS = re.compile(
    r"\b(?:so với|cùng kỳ|kế hoạch|chỉ tiêu|trong đó|bao gồm|gồm|ước|bình quân|dự kiến|phấn đấu|chưa kể|mỗi|riêng)\b"
)


@rule("flow-differs", "explain", "Đầu kỳ, tăng, giảm không ra cuối kỳ",
      "What was, came and went does not make what is left",
      example="đầu năm 196 hộ, thoát nghèo 57 hộ, phát sinh 11 hộ, cuối năm còn 148 hộ")  # fmt: skip
def flow_differs(paper: Paper) -> Iterator[Hit]:
    """Only where each number before the last is told as there, come or gone, all of one unit."""
    for one in sentences(paper):
        for flow in _flows(one.text):
            made = sum(sign * said.figure.amount for sign, said in flow[:-1])
            last = flow[-1][1]
            if made != last.figure.amount:
                told = " ".join(f"{'-' if sign < 0 else '+'} {said.figure}" for sign, said in flow[:-1])
                sums = told.removeprefix("+ ")
                yield Hit(one.place, f"{sums} là {Figure(Decimal(made))}, nhưng ghi còn {last.figure}:"
                          f" «{shortened(one.text)}»", f"{sums} makes {made}, {last.figure.canonical} is said"
                          " to be left", (last.figure, Figure(Decimal(made))))  # fmt: skip


def _flows(text: str) -> Iterator[list[tuple[int, Quantity]]]:
    """What was there first, then what came (+1) and went (-1), what is left last."""
    bare = re.sub(r"\([^()]*\)", lambda found: " " * len(found[0]), text)
    found = [one for one in quantities(bare) if not one.percent]
    for at, first in enumerate(found):
        if not _begins(bare, found, at):
            continue
        flow = [(1, first)]
        for n, one in enumerate(found[at + 1 :], at + 1):
            said = _words(bare, found, n)
            if _BREAKS.search(said) or not _alike(first, one):
                break
            if _LEFT.search(said) and len(flow) > 1:
                yield [*flow, (0, one)]
                return
            sign = _sign(said)
            if not sign:
                break
            flow.append((sign, one))


def _begins(text: str, found: list[Quantity], at: int) -> bool:
    """What stands first: "đầu năm 196 hộ", "tồn 12 hồ sơ"; or what was received, where it is used and left at once."""
    said = _words(text, found, at)
    if _BREAKS.search(said) or not found[at].figure.is_exact or found[at].of is not None:
        return False
    if _FIRST.search(said):
        return True
    rest = [_words(text, found, n) for n in range(at + 1, len(found))]
    return (
        at == 0
        and len(rest) == 2
        and bool(_TAKEN.search(said) and _USED.search(rest[0]) and re.search(r"\bcòn(?: lại)?\b", rest[1]))
    )


def _sign(said: str) -> int:
    """Whether it came or went; 0 where neither or both are told."""
    came, went = _IN.search(said), _OUT.search(said)
    if came and went:  # "thoát nghèo … tăng": what stands last before the number
        return 0
    return 1 if came else -1 if went else 0


def _words(text: str, found: list[Quantity], n: int) -> str:
    """The clause of a number with its marks (còn is not con): from the last comma or semicolon, and up to the next."""
    one = found[n]
    since, until = (found[n - 1].end if n else 0), (found[n + 1].start if n + 1 < len(found) else len(text))
    ahead = re.split(r"[;,.]\s", text[since : one.start])[-1]
    behind = re.split(r"[;,.:]", text[one.end : until])[0]
    return f"{ahead} # {behind}".lower()


def _alike(first: Quantity, one: Quantity) -> bool:
    unit, other = (said.unit for said in (first, one))
    return one.figure.is_exact and one.of is None and (not other or not unit or unit == other)
