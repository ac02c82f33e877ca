"""A plain text (.txt): its encoding is found out and told; tables of tabs, bars or aligned columns are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.reading import limits
from documents.reading.folding import fold, tidy
from documents.reading.formats import old_fonts
from documents.reading.formats.aligned import aligned
from documents.reading.formats.stacked import stacked
from documents.reading.model import Grid, Line, Text
from documents.reading.refusals import NothingIn, TooMuch, UnknownEncoding, UnknownKind
from states.sentences import Sentence

_COMMON = re.compile(
    r"\b(của|và|ngày|tháng|năm|báo cáo|kế hoạch|thực hiện|công tác|phụ nữ|giới|ủy ban|nhân dân|nơi nhận|được|các)\b",
    re.I,
)
_RULE = re.compile(r"[\s|:+=_-]*")
_BAR = re.compile(r"^\s*\|.*\|\s*$")


def read(name: str, sha256: str, data: bytes) -> Text:
    """The text with its tables; `UnknownEncoding` where no encoding gives Vietnamese."""
    said, notes = decoded(name, data)
    pages = said.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    lines: list[Line] = []
    grids: list[Grid] = []
    number = 0
    for page, text in enumerate(pages, 1):
        rows = [tidy(line) for line in text.split("\n")]
        _write(name, rows, page, number, lines, grids)
        number += len(rows) if page < len(pages) else 0
    if not lines and not grids:
        raise NothingIn(name=name)
    return Text(name, "txt", sha256, len(pages), tuple(lines), tuple(grids), tuple(notes))


def decoded(name: str, data: bytes) -> tuple[str, list[Sentence]]:
    """The characters and, unless it is plain UTF-8, which encoding they came in."""
    for mark, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            notes = [] if code == "utf-8-sig" else [Sentence("bảng mã {code}", code=code.upper())]
            return _strict(name, data, code), notes
    if code := _wide(data):
        return _strict(name, data, code), [Sentence("bảng mã {code} không có dấu BOM", code=code.upper())]
    if b"\0" in data:
        raise UnknownKind(name=name, what=" (tệp nhị phân)")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _one_byte(name, data)


def _strict(name: str, data: bytes, code: str) -> str:
    try:
        return data.decode(code)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(name=name) from error


def _wide(data: bytes) -> str:
    """UTF-16 without a mark shows by its zeros: every second byte of plain letters."""
    even, odd = data[:2000:2].count(0), data[1:2000:2].count(0)
    half = max(len(data[:2000]) // 2, 1)
    if odd / half > 0.3 and even / half < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even / half > 0.3 and odd / half < 0.05 else ""


def _one_byte(name: str, data: bytes) -> tuple[str, list[Sentence]]:
    """Windows-1258 or TCVN3, whichever gives more common words."""
    tried = {"Windows-1258": tidy(data.decode("cp1258", "replace")), "TCVN3 (ABC)": old_fonts.decode(data)}
    found = {code: len(_COMMON.findall(text)) for code, text in tried.items()}
    best = max(found, key=lambda code: found[code])
    if not found[best]:
        raise UnknownEncoding(name=name)
    return tried[best], [Sentence("bảng mã {code}, đã chuyển sang Unicode", code=best)]


def _write(name: str, rows: list[str], page: int, start: int, lines: list[Line], grids: list[Grid]) -> None:
    taken: set[int] = set()
    for first, until, grid in _tables(rows):
        taken |= set(range(first, until))
        grids += [Grid(grid.rows, page, start + first + 1, "", grid.spans, grid.doubt)] if grid.rows else []
    gap = False
    for at, row in enumerate(rows):
        text = row.strip()
        if at in taken or not text or _RULE.fullmatch(text):
            gap = True
            continue
        if len(lines) >= limits.LINES or len(text) > limits.MEGA:
            raise TooMuch(name=name, what="dòng", most=limits.LINES)
        lines.append(Line(row.rstrip(), page, start + at + 1, 0, gap, tail=False))
        gap = False


def _tables(rows: list[str]) -> Iterator[tuple[int, int, Grid]]:
    """Runs of lines with two tabs or more, of barred lines, of columns aligned by blanks under "STT", of cells that
    stand one below the other: the first line, the line behind the last, the rows."""
    at = 0
    while at < len(rows):
        found = stacked(rows, at)
        block = [] if found else _block(rows, at)
        if found:
            yield at, found.until, Grid(tuple(map(tuple, found.rows)), 0, 0, "", found.spans, found.doubt)
            at = found.until
        elif block and not _is_head(block):
            yield at, at + len(block), _square(block)
            at += len(block)
        elif blank := aligned(rows, at):
            yield at, blank.until, Grid(tuple(map(tuple, blank.rows)), 0, 0, doubt=blank.doubt)
            at = blank.until
        else:
            at += 1


def _block(rows: list[str], at: int) -> list[list[str]]:
    """The lines from here on that are rows of one table, cut into cells."""
    for cells_of in (_tabbed, _barred):
        block: list[list[str]] = []
        while at + len(block) < len(rows) and (cells := cells_of(rows[at + len(block)])):
            block.append(cells)
        if block and not _is_head(block):
            return block
    return _in_pairs(rows, at) or _aligned(rows, at)


def _in_pairs(rows: list[str], at: int) -> list[list[str]]:
    """A table of two columns parted by a tab: names, then at least two rows of words with a figure."""
    block: list[list[str]] = []
    while at + len(block) < len(rows) and rows[at + len(block)].count("\t") == 1:
        cells = [cell.strip() for cell in rows[at + len(block)].split("\t")]
        if not all(cells) or bool(block) != bool(re.fullmatch(r"[\d.,]+ ?%?", cells[1])):
            break
        block.append(cells)
    return block if len(block) > 2 else []


def _square(block: list[list[str]]) -> Grid:
    kept = [row for row in block if not all(_RULE.fullmatch(cell) for cell in row) or not any(row)]
    kept = [row for row in kept if any(cell.strip() for cell in row)]
    width = max((len(row) for row in kept), default=0)
    return Grid(tuple(tuple(cell.strip() for cell in row) + ("",) * (width - len(row)) for row in kept), 0, 0)


def _is_head(block: list[list[str]]) -> bool:
    """A letterhead set with tabs is no table."""
    said = fold(" ".join(" ".join(row) for row in block))
    return "cong hoa xa hoi" in said or "noi nhan" in said or "doc lap - tu do" in said


def _tabbed(row: str) -> list[str]:
    return row.split("\t") if row.count("\t") >= 2 else []


def _barred(row: str) -> list[str]:
    return row.strip().strip("|").split("|") if _BAR.match(row) and row.count("|") >= 3 else []


def _aligned(rows: list[str], at: int) -> list[list[str]]:
    """A table printed with blanks (as pdftotext -layout does): columns begin where the words of its head begin."""
    if not re.match(r"\s*(stt|tt|so tt)\s{2,}\S", fold(rows[at])) or len(re.findall(r"\S {2,}(?=\S)", rows[at])) < 2:
        return []
    starts = [found.start() for found in re.finditer(r"(?:^|(?<=  ))\S", rows[at].expandtabs())]
    block: list[list[str]] = []
    blanks = 0
    for row in rows[at:]:
        blanks = blanks + 1 if not row.strip() else 0
        if blanks > 1 or (block and len(re.findall(r"\S {2,}(?=\S)", row)) == 0 and row and row[0] != " "):
            break
        block.append(_cut(row, starts))
    return block if len(block) > 1 else []


def _cut(row: str, starts: list[int]) -> list[str]:
    """Each run of words goes to the column whose start is nearest to its own."""
    cells = [""] * len(starts)
    for found in re.finditer(r"\S+(?: \S+)*", row):
        middle = found.start()
        nearest = min(range(len(starts)), key=lambda n: abs(starts[n] - middle))
        cells[nearest] = f"{cells[nearest]} {found[0]}".strip()
    return cells
