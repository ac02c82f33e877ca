"""The signature block (khối ký, Điều 13): authority, posts and name, glued or broken as they may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.reading.folding import LOWER, UPPER, fold, squeeze
from documents.reading.model import NOWHERE, Line, Read
from documents.reading.names.words import AUTHORITIES, POST, SURNAMES, right_post
from documents.reading.parts.layout import Parts

BULLET = re.compile(r"^\s*(?:[-–—+*•●▪]+|\d{1,2}[.)])\s*")
"""How an item of a list begins."""
_AUTHORITY = re.compile(rf"^(?P<word>{'|'.join(AUTHORITIES)})\s?[. ]\s*(?P<rest>.*)$")
_POST = re.compile(rf"^{POST}\b")
_LEADS = re.compile(r"(?:phó |q\. ?|quyền )*(?:trưởng|chủ nhiệm|chánh|tổng|chỉ huy|thủ trưởng)\b")
"""How a post begins that no list names ("TRƯỞNG TIỂU BAN"), with its marks: Trương is a family name."""
_SEAL = re.compile(
    r"^\(?(?:da ky|ky ten|ky|dong dau|chu ky|ky so|ky dien tu|da duoc ky|ky boi|nguoi ky|ngay ky|thoi gian ky|email|"
    r"co quan)\b.*$"
)
_DEGREE = re.compile(
    r"^(?:(?:th\.?s|ts|pgs|gs|bs(?:ck)?(?:\s?i{1,2})?|ds|ls|cn|ks|ckii?|d/c|y si|bac si|duoc si|thac si|tien si|ky su|"
    r"cu nhan|nha giao|dong chi|(?:dai|thuong|trung|thieu) (?:uy|ta|tuong))\b[.:]?\s*)+"
)
"""Degrees and ranks before a name (Điều 13: only those of the forces, of teachers and doctors; many write others)."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature block: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / name"; `bodies` is what TM. names, `also` a second post."""

    name: str | None
    position: str | None
    authority: str | None = None
    on_behalf_of: str | None = None
    body: str | None = None
    also: str | None = None
    through: str | None = None
    """A second authority below the first: "TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ …"."""

    @property
    def words(self) -> str:
        """The block on one line."""
        behalf = f"{self.authority} {self.on_behalf_of or self.body or ''}".strip() if self.authority else ""
        return (
            " / ".join(one for one in (behalf, self.through, self.position, self.also, self.name) if one)
            or "không thấy"
        )

    @property
    def with_tm(self) -> bool:
        """Whether the line "TM. …" stands above (Điều 13 asks for it; many leave it out)."""
        return self.body is not None


def signer(parts: Parts) -> Read[Signer]:
    """The signature block; the name is the last line that looks like one."""
    lines, found = _block(parts), _Found()
    for line in lines:
        for piece in map(right_post, _pieces(squeeze(line.text))):
            found.take(piece, line)
    raw = squeeze(" ".join(line.text for line in lines))
    place = found.at.place if found.at else lines[0].place if lines else NOWHERE
    return Read(found.signer, raw, place, *_doubt(found.signer))


def _doubt(value: Signer) -> tuple[float, str]:
    if value.name is None:
        return 0.6, "không thấy tên người ký"
    if fold(value.name).split()[0] not in SURNAMES:
        return 0.75, f"họ «{value.name.split()[0]}» ít gặp, hãy xem lại tên"
    return (0.97, "") if value.position else (0.75, "khối ký không ghi chức vụ")


class _Found:
    """What the pieces of a block have told so far."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.authority: str | None = None
        self.behalf: str | None = None
        self.body: str | None = None
        self.through: str | None = None
        self.name: str | None = None
        self.at: Line | None = None

    @property
    def signer(self) -> Signer:
        """All of it; TM. alone is an authority too, on behalf of its body."""
        position, also, *_ = [*self.titles, None, None]
        if self.authority is None and self.body is not None:
            return Signer(self.name, position, "TM.", self.body or None, self.body, also, self.through)
        return Signer(self.name, position, self.authority, self.behalf, self.body, also, self.through)

    def take(self, piece: str, line: Line) -> None:
        """One piece: authority, post, name, or the rest of a broken line above."""
        if found := _AUTHORITY.match(fold(piece)):
            word = next(said for pattern, said in AUTHORITIES.items() if re.fullmatch(pattern, found["word"]))
            self._authorised(word, piece[found.start("rest") :].strip(" ,"))
        elif piece.split()[0].isupper() and (_POST.match(fold(piece)) or _LEADS.match(piece.lower())):
            self.titles.append(piece.strip(" ,"))
        elif person := _person(piece):
            self.name, self.at = person, line
        elif piece.isupper() and self.name is None:
            self._goes_on(piece)

    def _authorised(self, word: str, rest: str) -> None:
        if word == "TM.":
            self.body = rest
        elif self.authority is not None:
            self.through = f"{word} {rest}"
        elif word == "Q.":
            self.authority = word
            self.titles.append(rest)
        else:
            self.authority, self.behalf = word, rest

    def _goes_on(self, piece: str) -> None:
        """A broken line goes on: of the post ("CHÁNH VĂN PHÒNG HĐND VÀ" / "UBND"), the office, the body."""
        if self.titles:
            self.titles[-1] = f"{self.titles[-1]} {piece}"
        elif self.authority is not None:
            self.behalf = f"{self.behalf} {piece}"
        elif self.body is not None:
            self.body = f"{self.body} {piece}"


def _block(parts: Parts) -> list[Line]:
    """The right column; where all stands in one column, what follows the recipients."""
    own = [line for line in parts.sign_right if not re.match(r"\s*noi nhan", fold(line.text))]
    own += _before_recipients(parts.sign_left)
    if any(_is_signing(line.text) for line in own):
        rest = _after_recipients(parts.sign_left)
        return own if any(_person(piece) for line in own for piece in _pieces(squeeze(line.text))) else [*own, *rest]
    return [*own, *_after_recipients(parts.sign_left)]


def _before_recipients(left: Sequence[Line]) -> list[Line]:
    """What stands above "Nơi nhận" in one column: "(Đã ký)", the name."""
    at = next((n for n, line in enumerate(left) if re.match(r"[\s*]*noi nhan", fold(line.text))), 0)
    return [line for line in left[:at] if not BULLET.match(line.text)]


def _after_recipients(left: Sequence[Line]) -> list[Line]:
    start = 0
    for at, line in enumerate(left):
        if re.match(r"[-–+*•\s]*(?:noi nhan|luu\b)", fold(line.text)):
            start = at + 1
    return [line for line in left[start:] if not BULLET.match(line.text)]


def begins_block(said: str) -> bool:
    """Whether this line is of a signature block, not of the recipients beside it."""
    folded = fold(said)
    return bool(_AUTHORITY.match(folded) or _POST.match(folded) and said[:6].isupper() or _SEAL.match(folded))


def names_somebody(said: str) -> bool:
    """Whether a line is a person's name and nothing else."""
    return _person(squeeze(said)) is not None


def _is_signing(text: str) -> bool:
    said = fold(squeeze(text))
    return bool(_AUTHORITY.match(said) or _POST.match(said))


def _pieces(text: str) -> Iterator[str]:
    """A line taken apart where posts and the name run together ("PHÓ CHỦ TỊCHNguyễn Thị Lan")."""
    said = re.sub(
        r"\((?:đã ký|ký tên|đã kí|đóng dấu|ký, đóng dấu|ký tên, đóng dấu)[^)]*\)|\[[^\]]*\]", " ", text, flags=re.I
    )
    if _SEAL.match(fold(said).strip()):
        return
    glued = re.search(rf"(?<={UPPER}{{2}})(?={UPPER}{LOWER})", said)
    parted = [said[: glued.start()], said[glued.start() :]] if glued and said[: glued.start()].isupper() else [said]
    for part in parted:
        spaced = re.search(rf"(?<={UPPER}) (?={UPPER}{LOWER})", part)
        halves = (
            [part[: spaced.start()], part[spaced.start() :]]
            if spaced and part[: spaced.start()].isupper() and spaced.start() > 1  # "Y Bhiông" is a name
            else [part]
        )
        for half in halves:
            yield from (one.strip() for one in _posts_apart(half.strip()) if one.strip())


def _posts_apart(said: str) -> list[str]:
    """As "KT. CHỦ TỊCH PHÓ CHỦ TỊCH": the deputy's post begins a piece of its own."""
    if not said.isupper():
        return [said]
    inside = re.search(r"(?<=\w) (?=(?:K/?T|T/?L|TUQ|Q)\s?\.)", said)
    if inside:
        return [said[: inside.start()], *_posts_apart(said[inside.end() :])]
    deputy = re.search(r"(?<=\w) (?=(?:PHÓ|P\.) (?:CHỦ|GIÁM|TRƯỞNG|BÍ|CHÁNH|CỤC|HIỆU|VIỆN))", said)
    return [said[: deputy.start()], said[deputy.end() :]] if deputy else [said]


def _person(piece: str) -> str | None:
    """A person's name: two to six capitalised words, in small letters (or all capitals of a known family name)."""
    said = piece.strip(" .,;:*_")
    said = said[found.end() :] if (found := _DEGREE.match(fold(said))) else said
    words = said.split()
    if not 2 <= len(words) <= 6 or not all(re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", word) for word in words):
        return None
    if said.isupper():
        known = fold(words[0]) in SURNAMES and not _POST.match(fold(said)) and len(words) <= 5
        return " ".join(word.capitalize() for word in words) if known else None
    return said if all(word[0].isupper() and not word.isupper() or len(word) == 1 for word in words) else None
