"""Contents: each one's digest, its figures beside it, what it was made of, and each total beside its sources' sum."""

import hashlib
import json
import unicodedata
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from states.adding import summed
from states.log.kinds import BY_NAME
from states.reading.integrity import SOURCES, adds, revision_faults
from states.verifying.faults import Fault, fault
from states.verifying.heaps import Heaps
from states.verifying.reading import Connection, Row, rows
from states.verifying.traces import Traces

_REVISION = BY_NAME["revision"]
_WIDTH = len(_REVISION.columns) + 1
_SIGNS = {"0": "", "1": ">=", "3": ">", "4": "<=", "12": "<", "16": "~"}
_Kept = dict[tuple[str, str], tuple[str, str]]
"""Amount and bound by cell and line, all as text."""


class _Adding(dict[str, bool]):
    """Whether a form keeps figures of a cell, asked once for each."""

    def __init__(self, form: Any) -> None:
        self.form = form

    def __missing__(self, cell: str) -> bool:
        self[cell] = found = adds(self.form, int(cell))
        return found


def contents(connection: Connection, first: int, following: int, traces: Traces) -> tuple[list[Fault], Heaps, int]:
    """Revisions from `first` up to `following`: their faults, their heaps, how many."""
    where = f"BETWEEN {first} AND {following - 1}"
    faults: list[Fault] = []
    forms = {name: _Adding(json.loads(form or "null")) for name, form in rows(connection, _FORMS)}
    none = _Adding(None)
    figures = _figures(connection, where, faults)
    sources = _sources(connection, where, traces)
    count = 0
    for row in rows(connection, _REVISIONS.format(where=where)):
        count += 1
        traces.row("revision", row[:_WIDTH], faults)
        kept, made_of = figures.pop(row[0] or "", {}), sources.pop(row[0] or "", [])
        content, adding = _read_json(row[_WIDTH] or "null")[0], forms.get(row[_WIDTH + 1], none)
        if not _plainly_right(row, content, kept, made_of, adding):
            faults += _slowly(row, content, kept, made_of, adding.form)
    for alone in figures.keys() | sources.keys():
        faults.append(fault("figure", alone, "không có bản nội dung này", "there is no such content"))
    for revision, cell in rows(connection, _SUMS.format(where=where)):
        faults.append(fault("figure", revision or "", f"ô {cell} không bằng tổng các nguồn",
                            f"cell {cell} is not the sum of its sources"))  # fmt: skip
    return faults, traces.heaps, count


def _figures(connection: Connection, where: str, faults: list[Fault]) -> dict[str, _Kept]:
    found: dict[str, _Kept] = {}
    for revision, cell, line, amount, bound in rows(connection, _FIGURES.format(where=where)):
        kept, place = found.setdefault(revision or "", {}), (cell or "0", line or "0")
        if place in kept:
            faults.append(fault("figure", revision or "", f"ô {cell} có hai lần", f"cell {cell} stands there twice"))
        kept[place] = amount or "", bound or "0"
    return found


def _sources(connection: Connection, where: str, traces: Traces) -> dict[str, list[str]]:
    """The digests of what each revision was made of; its set is thrown as one leaf."""
    made: dict[str, list[str]] = {}
    found: dict[str, list[str]] = {}
    for revision, source, digest in rows(connection, _DERIVATIONS.format(where=where)):
        made.setdefault(revision or "", []).append(source or "")
        found.setdefault(revision or "", []).append(digest or "")
    for revision, ids in made.items():
        traces.row("derivation", [revision, ",".join(ids)], [])
    return found


def _plainly_right(row: Row, content: Any, kept: _Kept, made_of: list[str], adding: _Adding) -> bool:
    """The quick way for what is as it should be: what it does not know is looked at slowly."""
    if hashlib.sha256(_canonical(content)).hexdigest() != (row[4] or "")[2:]:
        return False
    if not isinstance(content, dict) or content.get("nil"):
        return False
    if made_of and row[3] == "total" and sorted(content.get("sources") or ()) != sorted(made_of):
        return False
    try:
        said = {(cell, "0"): value for cell, value in (content.get("figures") or {}).items() if adding[cell]}
        own = _in_rows(content, adding) if not made_of and content.get("rows") else {}
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return False
    return {**own, **said} == {place: _SIGNS.get(bound, "?") + amount for place, (amount, bound) in kept.items()}


def _in_rows(content: Any, adding: _Adding) -> dict[tuple[str, str], str]:
    """What a report's rows say; a cell that is said twice is left to the slow way."""
    found: dict[tuple[str, str], str] = {}
    for number, line in enumerate(content["rows"], 1):
        for column, value in (line.get("values") or {}).items():
            cell = str(line["table"] * 10_000 + line.get("row", 0) * 100 + int(column))
            place = cell, "0" if line.get("row") else str(number)
            if place in found:
                raise LookupError(place)
            if adding[cell]:
                found[place] = value
    return found


def _canonical(content: Any) -> bytes:
    """RFC 8785 for all that has no odd letters or numbers; where it is not, the digest differs and is made slowly."""
    text = _write(content)
    return unicodedata.normalize("NFC", text).encode(errors="replace")


_read_json = json.JSONDecoder().raw_decode
_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _slowly(row: Row, content: Any, kept: _Kept, made_of: list[str], form: Any) -> list[Fault]:
    try:
        figures = [(int(cell), int(line), Decimal(amount), int(bound))
                   for (cell, line), (amount, bound) in kept.items()]  # fmt: skip
        seen = SimpleNamespace(no=row[2], part=row[3], content=content, digest=bytes.fromhex((row[4] or "")[2:]),
                               form=form, sources=made_of, figures=figures)  # fmt: skip
        said = list(revision_faults(seen))
    except Exception as error:  # whatever somebody wrote into a content must be told, not stop the audit
        said = [f"bản {row[2]}: nội dung không đọc được ({type(error).__name__})"]
    english = "its digest, figures or sources are not those of its content"
    return [fault("revision", row[0] or "", f"văn bản {row[1]}, {words}", f"document {row[1]}: {english} ({words})")
            for words in said]  # fmt: skip


_FORMS = "SELECT code || '/' || version, content::text FROM form"
_REVISIONS = f"""
SELECT {_REVISION.select}, s.content::text, d.form || '/' || d.form_version
  FROM revision s LEFT JOIN document d ON d.id = s.document_id WHERE s.id {{where}}
"""
_FIGURES = "SELECT revision_id, cell, line, amount::text, bound FROM figure WHERE revision_id {where}"
_DERIVATIONS = """
SELECT v.revision_id, v.source_id, encode(s.digest, 'hex') FROM derivation v LEFT JOIN revision s ON s.id = v.source_id
 WHERE v.revision_id {where} ORDER BY v.revision_id, v.source_id
"""
_SUMS = f"""
WITH total AS (
    SELECT r.* FROM revision r WHERE r.id {{where}} AND EXISTS (SELECT FROM derivation v WHERE v.revision_id = r.id)),
kept AS (SELECT r.id, f.cell, f.amount, f.bound::integer FROM total r JOIN figure f ON f.revision_id = r.id),
made AS (SELECT r.id, s.cell, s.amount, s.bound::integer FROM total r
           CROSS JOIN LATERAL ({summed(SOURCES, "r.cut_at")}) s)
SELECT DISTINCT id, cell FROM ((TABLE kept EXCEPT TABLE made) UNION ALL (TABLE made EXCEPT TABLE kept)) fault
 ORDER BY id, cell
"""
