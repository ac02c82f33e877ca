"""CSV for spreadsheets, in and out: UTF-8 with a mark that Excel knows, and no cell that a spreadsheet would run.

A text that begins with = + - @ (or a tab) gets an apostrophe before it on the way out, taken off on the way in.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

from fastapi.responses import Response

_RUN = ("=", "+", "-", "@", "\t", "\r")


def answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A file to be downloaded, named for people."""
    headers = {"Content-Disposition": f"attachment; filename=\"dondoc.csv\"; filename*=UTF-8''{quote(name)}"}
    return Response(written(columns, rows), media_type="text/csv; charset=utf-8", headers=headers)


def written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The file's bytes: a heading line, then the rows; days as 2026-12-18, nothing for None."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def plain(raw: bytes) -> bytes:
    """A file as spreadsheets save it, with commas and without our apostrophes; as it is where it is no CSV."""
    try:
        text = raw.decode("utf-8-sig")
        heading = text.split("\n", 1)[0]
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(heading), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return raw
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([" ".join(_bare(one).split("\n")) for one in row] for row in rows)
    return out.getvalue().encode()


def _delimiter(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RUN) else value
    return str(value)


def _bare(value: str) -> str:
    return value[1:] if value.startswith("'") and value[1:].startswith(_RUN) else value
