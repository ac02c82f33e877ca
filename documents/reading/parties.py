"""Who receives and who signs: "Nơi nhận", "Kính gửi", and the signature block with its authority (Điều 13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.reading.folding import LOWER, UPPER, fold, squeeze
from documents.reading.layout import Parts
from documents.reading.model import NOWHERE, Line, Read
from documents.reading.own_unit import Own
from documents.reading.words import AUTHORITIES, POST, SURNAMES, right_post

_BULLET = re.compile(r"^\s*(?:[-–—+*•●▪]+|\d{1,2}[.)])\s*")
_AUTHORITY = re.compile(rf"^(?P<word>{'|'.join(AUTHORITIES)})\s?[. ]\s*(?P<rest>.*)$")
_POST = re.compile(rf"^{POST}\b")
_SEAL = re.compile(r"^\(?(?:da ky|ky ten|ky|dong dau|chu ky|ky so|ky dien tu|da duoc ky|ky boi|nguoi ky|ngay ky|thoi gian ky|email|co quan)\b.*$")
_DEGREE = re.compile(r"^(?:(?:th\.?s|ts|pgs|gs|bs(?:ck)?(?:\s?i{1,2})?|cn|ks|ckii?|d/c)\b[.:]?\s*)+")
_FIXED = {"LĐTĐ&XH": "LĐTB&XH", "LDTB&XH": "LĐTB&XH", "LĐTBXH": "LĐTBXH", "LĐTĐXH": "LĐTBXH", "MTTO": "MTTQ", "UBNĐ": "UBND",
          "UBMTTO": "UBMTTQ", "HDND": "HĐND"}  # fmt: skip


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
        return " / ".join(one for one in (behalf, self.through, self.position, self.also, self.name) if one)

    @property
    def with_tm(self) -> bool:
        """Whether the line "TM. …" stands above (Điều 13 asks for it; many leave it out)."""
        return self.body is not None


def recipients(parts: Parts, own: Own) -> list[Read[str]]:
    """The items of "Nơi nhận", in their order, the copy for the file (Lưu) too."""
    lines = _listed(parts.sign_left)
    items: list[tuple[str, Line]] = []
    for line, piece in lines:
        new = _BULLET.match(piece) or not items or items[-1][0].rstrip().endswith((";", ".")) or fold(piece).startswith("luu")
        if new:
            items.append((_BULLET.sub("", piece), line))
        else:
            items[-1] = (f"{items[-1][0]} {piece}", items[-1][1])
    return [_recipient(squeeze(text).strip(" ;.,"), line, own) for text, line in items if re.search(r"\w", text)]


def _listed(left: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """The pieces behind "Nơi nhận:", an item each where several stand on one line."""
    began = False
    for line in left:
        said = line.text
        found = re.match(r"[\s*]*noi nhan\s*[:.]?\s*", fold(said))
        if found:
            began, said = True, said[found.end() :]
        if not began or not said.strip():
            continue
        if not found and (_AUTHORITY.match(fold(said)) or _POST.match(fold(said)) and said[:6].isupper() or _SEAL.match(fold(said))):
            break
        for piece in re.split(r"(?<=;)\s*(?=\S)|(?<=[.;])\s+(?=-\s*Lưu)", said):
            yield line, piece
        if re.match(r"[-–+*•\s]*luu\b", fold(said)) and said.rstrip().endswith("."):
            break


def _recipient(text: str, line: Line, own: Own) -> Read[str]:
    said = text
    for wrong, right in _FIXED.items():
        said = said.replace(wrong, right)
    notes = [f"«{wrong}» hiểu là {right}" for wrong, right in _FIXED.items() if wrong in text and wrong != right]
    for mention in own.gazetteer.mentions(said):
        found = own.gazetteer.match(f"{mention.type_word} {mention.name}", own.day, own.context)
        if found and 0.8 <= found.score:
            right = found.unit.name.split()[-len(mention.name.split()) :]
            written = said[mention.start : mention.end]
            new = written[: len(written) - len(mention.name)] + " ".join(right)
            if new != written and len(new) == len(written):
                said = said[: mention.start] + new + said[mention.end :]
                notes.append(f"«{written}» hiểu là {new}")
    return Read(said, text, line.place, 0.85 if notes else 0.97, "; ".join(notes))


def addressees(parts: Parts) -> list[Read[str]]:
    """Whom a công văn or tờ trình is for ("Kính gửi")."""
    found: list[Read[str]] = []
    began = False
    for line in [*parts.head, *parts.body[:12]]:
        said, folded = line.text, fold(line.text)
        if start := re.match(r"\s*kinh gui\s*[:.]?\s*", folded):
            began, said = True, said[start.end() :]
        elif began and not _BULLET.match(said):
            break
        if began and said.strip():
            found += [Read(squeeze(_BULLET.sub("", one)).strip(" ;.,"), line.text, line.place, 0.95) for one in said.split(";") if one.strip(" .")]
    return found


def signer(parts: Parts) -> Read[Signer]:
    """The signature block; the name is the last line that looks like one."""
    lines = _block(parts)
    titles: list[str] = []
    authority = behalf = body = through = None
    name: tuple[str, Line] | None = None
    sure, said = 0.97, ""
    for line in lines:
        for piece in map(right_post, _pieces(squeeze(line.text))):
            found = _AUTHORITY.match(fold(piece))
            if found:
                word = next(said for pattern, said in AUTHORITIES.items() if re.fullmatch(pattern, found["word"]))
                rest = piece[found.start("rest") :].strip(" ,")
                if word == "TM.":
                    body = rest
                elif authority is not None:
                    through = f"{word} {rest}"
                else:
                    authority, behalf = word, rest
            elif _POST.match(fold(piece)) and piece[: len(piece.split()[0])].isupper():
                titles.append(piece.strip(" ,"))
            elif person := _person(piece):
                name = (person, line)
            elif body is not None and not titles and piece.isupper() and authority is None:
                body = f"{body} {piece}"
            elif behalf is not None and not titles and piece.isupper():
                behalf = f"{behalf} {piece}"
    if body is not None and authority is None and not titles:
        said = "khối ký không ghi chức vụ"
    if authority is None and body is not None:
        authority = "TM."
    position, also = (titles[0] if titles else None), (titles[1] if len(titles) > 1 else None)
    if name is None:
        sure, said = 0.6, "không thấy tên người ký"
    elif fold(name[0]).split()[0] not in SURNAMES:
        sure, said = 0.75, f"họ «{name[0].split()[0]}» ít gặp, hãy xem lại tên"
    block = squeeze(" ".join(line.text for line in lines))
    place = name[1].place if name else lines[0].place if lines else NOWHERE
    value = Signer(name[0] if name else None, position, authority, behalf, body, also, through)
    return Read(value, block, place, sure, said)


def _block(parts: Parts) -> list[Line]:
    """The right column; where all stands in one column, what follows the recipients."""
    own = [line for line in parts.sign_right if not re.match(r"\s*noi nhan", fold(line.text))]
    if any(_is_signing(line.text) for line in own):
        rest = _after_recipients(parts.sign_left)
        return own if any(_person(piece) for line in own for piece in _pieces(squeeze(line.text))) else [*own, *rest]
    return [*own, *_after_recipients(parts.sign_left)]


def _after_recipients(left: Sequence[Line]) -> list[Line]:
    start = 0
    for at, line in enumerate(left):
        if re.match(r"[-–+*•\s]*(?:noi nhan|luu\b)", fold(line.text)):
            start = at + 1
    return [line for line in left[start:] if not _BULLET.match(line.text)]


def _is_signing(text: str) -> bool:
    said = fold(squeeze(text))
    return bool(_AUTHORITY.match(said) or _POST.match(said))


def _pieces(text: str) -> Iterator[str]:
    """A line taken apart where posts and the name run together ("PHÓ CHỦ TỊCHNguyễn Thị Lan")."""
    said = re.sub(r"\((?:đã ký|ký tên|đã kí|đóng dấu|ký, đóng dấu|ký tên, đóng dấu)[^)]*\)|\[[^\]]*\]", " ", text, flags=re.I)
    if _SEAL.match(fold(said).strip()):
        return
    glued = re.search(rf"(?<={UPPER}{{2}})(?={UPPER}{LOWER})", said)
    parted = [said[: glued.start()], said[glued.start() :]] if glued and said[: glued.start()].isupper() else [said]
    for part in parted:
        spaced = re.search(rf"(?<={UPPER}) (?={UPPER}{LOWER})", part)
        halves = [part[: spaced.start()], part[spaced.start() :]] if spaced and part[: spaced.start()].isupper() else [part]
        for half in halves:
            yield from (one.strip() for one in _posts_apart(half.strip()) if one.strip())


def _posts_apart(said: str) -> list[str]:
    """"KT. CHỦ TỊCH PHÓ CHỦ TỊCH": the deputy's post begins a piece of its own."""
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
