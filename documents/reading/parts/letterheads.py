"""The bodies of a letterhead (cơ quan chủ quản, cơ quan ban hành), its broken lines joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.reading.folding import fold, squeeze
from documents.reading.model import Line
from documents.reading.names.words import BODY

_STARTS = re.compile(rf"^{BODY}\b")
_NOT_HEAD = re.compile(
    r"^(?:s ?[o06] ?(?:[:.,]|\d|/)|v/v|ve viec|cong hoa|doc lap|dang cong san|(?:tuyet |toi )?mat$|hoa toc|khan|"
    r"thuong khan|du thao)"
)
_UNITED = re.compile(r"(?<!\w)(?:tinh|thanh pho|tp|quan|huyen|thi xa|xa(?! hoi)|phuong|thi tran|dac khu)\.? \w")


def letterhead(left: Sequence[Line]) -> list[tuple[str, Line]]:
    """The bodies of the letterhead, top down: each begins like a body's name, its broken lines joined."""
    found: list[tuple[str, Line]] = []
    for line in left:
        said = fold(line.text).strip(" *-")
        if _NOT_HEAD.match(said):
            break
        if not any(one.isalpha() for one in said) or ":" in said:  # a web page's own lines: "Nơi ban hành: …"
            continue
        if found and (not _STARTS.match(said) or _goes_on(found[-1][0], said)) and not _two(found[-1][0], said):
            found[-1] = (squeeze(f"{found[-1][0]} {line.text}"), found[-1][1])
        elif _STARTS.match(said) or line.text.isupper() and (not found or _two(found[-1][0], said)):
            found.append((squeeze(line.text), line))
    return found


def _goes_on(before: str, said: str) -> bool:
    """As "BAN VÌ SỰ TIẾN BỘ" / "CỦA PHỤ NỮ"; "PHÒNG KINH TẾ," / "HẠ TẦNG": a name that is not over yet."""
    return bool(re.search(r"(?:\b(?:va|cua|cac|ve)|[-,&])$", fold(before).strip())) or said.startswith(("va ", "- "))


def _two(before: str, said: str) -> bool:
    """Whether each of two lines names a unit: then each is a body of its own, whatever its first word."""
    return bool(_UNITED.search(fold(before)) and _UNITED.search(said))
