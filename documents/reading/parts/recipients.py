"""Who receives a paper: "Nơi nhận" and "Kính gửi", each item with the names in it put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.reading.folding import fold, squeeze
from documents.reading.model import Line, Read
from documents.reading.names.own_unit import Own
from documents.reading.parts.layout import Parts
from documents.reading.parts.signing import BULLET, begins_block, names_somebody

_FIXED = {"LĐTĐ&XH": "LĐTB&XH", "LDTB&XH": "LĐTB&XH", "LĐTBXH": "LĐTBXH", "LĐTĐXH": "LĐTBXH", "MTTO": "MTTQ",
          "UBNĐ": "UBND",
          "UBMTTO": "UBMTTQ", "HDND": "HĐND"}  # fmt: skip


_BETWEEN = re.compile(r"(?<=;)\s*(?=\S)|(?<=[.;])\s+(?=-\s*Lưu)")
"""Between items of one line; behind a bullet a semicolon may stand within an item ("- TT Đảng ủy; TT HĐND xã;")."""


_PREPARES = re.compile(r"(?:nguoi (?:lap|bao cao|tong hop|thong ke|viet|kiem tra)|lap bieu|ke toan|thu quy|can bo)\b")
"""Posts of those who draw a table up, between recipients and signature."""


def recipients(parts: Parts, own: Own) -> list[Read[str]]:
    """The items of "Nơi nhận", in their order, the copy for the file (Lưu) too."""
    lines = _listed(parts.sign_left)
    items: list[tuple[str, Line]] = []
    for line, piece in lines:
        new = (
            BULLET.match(piece)
            or not items
            or items[-1][0].rstrip().endswith((";", "."))
            or fold(piece).startswith("luu")
        )
        if new:
            items.append((BULLET.sub("", piece), line))
        else:
            items[-1] = (f"{items[-1][0]} {piece}", items[-1][1])
    return [_recipient(squeeze(text).strip(" ;.,"), line, own) for text, line in items if re.search(r"\w", text)]


def _listed(left: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """The pieces behind "Nơi nhận:", an item each where several stand on one line."""
    began = ended = False
    bulleted = any(BULLET.match(line.text) for line in left)
    of_lines = _one_a_line(left)
    for line in left:
        said = line.text
        found = re.match(r"[\s*]*noi nhan\s*[:.]?\s*", fold(said))
        if found:
            began, said = True, said[found.end() :]
        if not began or not said.strip():
            continue
        if not found and (begins_block(said) or ended and names_somebody(said)):
            break
        if not found and not BULLET.match(said) and (_PREPARES.match(fold(said)) or bulleted and names_somebody(said)):
            continue  # who drew the table up signs between the columns
        ended = said.rstrip().endswith(".")
        for piece in re.split(r"(?<=[.;,])\s*(?=[-–+•]\s*\S)" if BULLET.match(said) or of_lines else _BETWEEN, said):
            yield line, piece
        if re.match(r"[-–+*•\s]*luu\b", fold(said)) and said.rstrip().endswith("."):
            break


def _one_a_line(left: Sequence[Line]) -> bool:
    """A list whose bullets a copy has lost: three lines or more end as items do."""
    ended = [line for line in left if line.text.rstrip().endswith(";")]
    return len(ended) > 2 and not any(BULLET.match(line.text) for line in left)


def _recipient(text: str, line: Line, own: Own) -> Read[str]:
    said = text
    for wrong, right in _FIXED.items():
        said = said.replace(wrong, right)
    notes = [f"«{wrong}» hiểu là {right}" for wrong, right in _FIXED.items() if wrong in text and wrong != right]
    sure = 0.85 if notes else 0.97
    for mention in own.gazetteer.mentions(said):
        found = own.gazetteer.match(f"{mention.type_word} {mention.name}", own.day, own.context)
        if found and 0.8 <= found.score:
            official = found.unit.name.split()[-len(mention.name.split()) :]
            written = said[mention.start : mention.end]
            new = written[: len(written) - len(mention.name)] + " ".join(official)
            if new != written and len(new) == len(written):
                said = said[: mention.start] + new + said[mention.end :]
                notes.append(f"«{written}» hiểu là {new}")
                sure = min(sure, 0.85, found.sure)
    return Read(said, text, line.place, sure, "; ".join(notes))


def addressees(parts: Parts) -> list[Read[str]]:
    """Whom a công văn or tờ trình is for ("Kính gửi")."""
    found: list[Read[str]] = []
    began = False
    for line in [*parts.head, *parts.body[:12]]:
        said, folded = line.text, fold(line.text)
        if start := re.match(r"\s*kinh gui\s*[:.]?\s*", folded):
            began, said = True, said[start.end() :]
        elif began and not BULLET.match(said):
            break
        if began and said.strip():
            found += [
                Read(squeeze(BULLET.sub("", one)).strip(" ;.,"), line.text, line.place, 0.95)
                for one in said.split(";")
                if one.strip(" .")
            ]
    return found
