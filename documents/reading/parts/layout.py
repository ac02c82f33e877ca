"""The parts of a paper by their places (Phụ lục I): letterhead, type, body, recipients and signature, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from documents.reading.folding import fold, marks_of, squeeze, unmarked
from documents.reading.model import Line, Text
from documents.reading.names.words import TYPES
from documents.reading.parts.columns import (
    APART,
    AUTHORITY,
    BLANK,
    DATED,
    NUMBER,
    RIGHT_OF_HEAD,
    SIGNS,
    of_head,
    of_sign,
)

_TYPES = sorted(((fold(word), word) for word in TYPES), key=lambda one: -len(one[0]))
_ANNEX = re.compile(r"^(?:phu luc|bieu(?: mau| so| tong hop|\b)|mau so|danh sach|de cuong|\(?kem theo)")
_SPACED = re.compile(r"^(?:\w ){3,}\w$")
_COLUMNS = re.compile(r"\S(?:\t+| {3,})\S")
"""Two columns on one line: what goes on below it to the right belongs to the second."""
_CLOSING = re.compile(r"\./\.?\s*$|\.\s?/\.")


@dataclass
class Parts:
    """The lines of each part; any may be empty. `body` holds all that is neither head, signature nor annex."""

    left: list[Line] = field(default_factory=list)
    """Left of the letterhead: body above, issuer, number, and of a công văn "V/v …"."""
    right: list[Line] = field(default_factory=list)
    """Right of it: quốc hiệu, tiêu ngữ, place and date."""
    type_line: Line | None = None
    type_word: str = ""
    body: list[Line] = field(default_factory=list)
    """From the title on."""
    sign_left: list[Line] = field(default_factory=list)
    sign_right: list[Line] = field(default_factory=list)
    annex: list[Line] = field(default_factory=list)

    @property
    def head(self) -> list[Line]:
        """Both columns of the letterhead."""
        return [*self.left, *self.right]

    @property
    def sign(self) -> list[Line]:
        """Recipients and signature, as they stand."""
        return [*self.sign_left, *self.sign_right]


def parts_of(text: Text) -> Parts:
    """Divide a text into its parts."""
    lines = _mended([one for one in (_clean(line) for line in text.lines) if one.text])
    type_at, type_word = _type_line(lines)
    head_until = type_at if type_at is not None else _head_until(lines)
    sign_at = _sign_at(lines, head_until)
    annex_at = _annex_at(lines, sign_at)
    found = Parts(type_word=type_word)
    for line in lines[:head_until]:
        for part in of_head(line):
            (found.right if part.column else found.left).append(part)
    body_from = head_until
    if type_at is not None:
        found.type_line = lines[type_at]
        body_from += not _rest_of_type(lines[type_at], type_word)
    found.body = [_flat(line) for line in lines[body_from:sign_at]]
    for line in lines[sign_at:annex_at]:
        for part in of_sign(line):
            (found.sign_right if part.column else found.sign_left).append(part)
    found.annex = [_flat(line) for line in lines[annex_at:]]
    return found


def _mended(lines: list[Line]) -> list[Line]:
    """Without what a web page put before the letterhead; lines of the head that were broken are made whole."""
    motto = next((n for n, line in enumerate(lines[:60]) if RIGHT_OF_HEAD.search(fold(squeeze(line.text)))), None)
    if motto is None:
        return lines
    start = motto
    while start and _is_above(lines[start - 1]):
        start -= 1
    head: list[Line] = []
    until = motto + 1 + next((n for n, one in enumerate(lines[motto + 1 : motto + 14]) if _ends_head(one)), 13)
    for line in lines[start:until]:
        if (
            head
            and _is_open(fold(squeeze(head[-1].text)), fold(line.text.strip()))
            and len(line.text) < 60
            and (head[-1].column == line.column or line.column > 0 and _COLUMNS.search(head[-1].text.strip()))
        ):
            head[-1] = replace(head[-1], text=f"{head[-1].text} {line.text.strip()}")
        else:
            head.append(line)
    return [*head, *lines[until:]]


def _is_above(line: Line) -> bool:
    """Whether a line before the motto belongs to the letterhead: short, or what a công văn is about."""
    said = fold(squeeze(line.text))
    if re.match(r"(?:v ?/ ?v|ve viec)\b", said) or NUMBER.match(said):
        return True
    return len(said) < 80 and not re.match(r"\s*(?:[-+•*]|\d+(?:[.):/-]|\s*$)|.*\.\.\.$)", line.text)


def _is_open(before: str, behind: str) -> bool:
    """Whether a line of the head goes on below: something to be filled in, or "ngày 17 tháng 12" before its year."""
    dated = re.search(r"\bngay\b.{1,12}\bthang \d{1,2}$", before) and re.match(r"nam (?:19|20)\d\d$", behind)
    return bool(BLANK.search(before) or dated)


def _ends_head(line: Line) -> bool:
    """A line that no letterhead has: a sentence, an item of a list."""
    said = line.text.strip()
    return len(said) > 160 or bool(re.match(r"[-+•*]\s*\w|(?:[IVX]{1,4}|\d)[.)/-]\s", said))


def rest_of_type(line: Line, type_word: str) -> str:
    """What stands behind the type on its own line ("BÁO CÁO KẾT QUẢ …"), else ""."""
    return _rest_of_type(line, type_word)


def _clean(line: Line) -> Line:
    said = unmarked(line.text).rstrip()
    said = "" if re.fullmatch(r"[\s\-_=*.·•|—–~]+", said) else said
    return replace(line, text=said.strip("|") if said.count("|") == 1 else said)


def _flat(line: Line) -> Line:
    return replace(line, text=squeeze(line.text))


def _type_line(lines: Sequence[Line]) -> tuple[int | None, str]:
    """The line that names the type: in capitals, alone or with the title behind it."""
    for at, line in enumerate(lines[:60]):
        said = squeeze(line.text)
        said = said.replace(" ", "") if _SPACED.match(said) else said
        for folded, word in _TYPES:
            tight = fold(said).replace(" ", "")
            if not tight.startswith(folded.replace(" ", "")) or not _is_type(said, word):
                continue
            alone = tight.strip(".:") == folded.replace(" ", "")
            if alone and (said.isupper() or line.bold or at < 25):
                return at, word
            if fold(said).startswith(folded + " ") and _starts_upper(said, len(folded)) and word != "Công văn":
                if not _is_citation(said, len(folded)) and (line.gap or line.bold or said.isupper()):
                    return at, word
    return None, ""


def _is_type(said: str, word: str) -> bool:
    """Whether these letters can be the type's: a scan may lose marks, none gains them ("PHƯỜNG AN" is no Phương án)."""
    written, meant = said.replace(" ", "").lower(), word.replace(" ", "").lower()
    return all(marks_of(one) <= marks_of(other) for one, other in zip(written, meant, strict=False))


def _starts_upper(said: str, length: int) -> bool:
    return said[:length].isupper()


def _is_citation(said: str, length: int) -> bool:
    return bool(re.match(r"\s*(?:s[ốo]\b|\d)", said[length:].lower()))  # "SƠ KẾT" is no number


def _rest_of_type(line: Line, type_word: str) -> str:
    said = squeeze(line.text)
    if _SPACED.match(said):
        return ""
    rest = said[len(type_word) :].strip() if fold(said).startswith(fold(type_word)) else ""
    return rest if any(one.isalpha() for one in rest) else ""


def _head_until(lines: Sequence[Line]) -> int:
    """Without a type: the letterhead ends before the addressee, the legal bases or the first long line."""
    has_head = 0
    for at, line in enumerate(lines[:40]):
        said = fold(squeeze(line.text))
        if said.startswith("kinh gui"):
            return at
        if said.startswith(("can cu", "thuc hien ")) or len(said) > 160:
            break
        if RIGHT_OF_HEAD.search(said) or NUMBER.match(said) or DATED.search(said):
            has_head = at + 1
        if said.startswith(("v/v", "ve viec")) and has_head:
            has_head = at + 1
    return has_head


def _sign_at(lines: Sequence[Line], start: int) -> int:
    """Where recipients or the signature begin: "Nơi nhận", else the first words of authority after the closing."""
    for at in range(start, len(lines)):
        if any(fold(part).lstrip("* ").startswith("noi nhan") for part in APART.split(lines[at].text)):
            return _block_before(lines, at, start)
    for at in range(max(start, 1), len(lines)):
        if _is_sign(lines[at]) and (_CLOSING.search(lines[at - 1].text) or AUTHORITY.search(fold(lines[at].text))):
            return at
    return _last_name(lines, start)


def _block_before(lines: Sequence[Line], at: int, start: int) -> int:
    """Where a signature block begins that stands above the recipients: posts, "(Đã ký)", the name; else `at`."""
    found = at
    for before in range(at - 1, max(start, at - 8), -1):
        if _is_sign(lines[before]):
            found = before
        elif len(squeeze(lines[before].text)) > 40 or _CLOSING.search(lines[before].text):
            break
    return found


def _is_sign(line: Line) -> bool:
    said = squeeze(line.text)
    return bool(SIGNS.match(fold(said))) and said[:8].isupper() and len(said) < 90


def _last_name(lines: Sequence[Line], start: int) -> int:
    """A signature without recipients: a post in capitals in the last lines."""
    for at in range(max(start, len(lines) - 8), len(lines)):
        if _is_sign(lines[at]):
            return at
    return len(lines)


def _annex_at(lines: Sequence[Line], sign_at: int) -> int:
    """Annexes follow the signature, with a caption of their own."""
    for at in range(sign_at + 1, len(lines)):
        said = fold(squeeze(lines[at].text))
        if _ANNEX.match(said) and (lines[at].text.isupper() or said.startswith(("(kem", "phu luc", "bieu", "mau so"))):
            return at
        if at - sign_at > 70:
            return at
    return len(lines)


def joined(lines: Iterable[Line]) -> str:
    """The lines as one."""
    return squeeze(" ".join(line.text for line in lines))
