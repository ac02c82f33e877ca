"""The rows of a bundle as the lines that were hashed, each with its place in the log."""

import hashlib
from collections.abc import Iterator

from documents.proof.bundling.choosing import Chosen, NothingSealed
from states.errors import Conflict
from states.log.kinds import BY_NAME, CHANGED, line
from states.verifying.lines import COLUMNS, step_line
from states.verifying.reading import Connection, rows


class NotAsLogged(Conflict):
    """Hàng {kind} {key} không khớp nhật ký niêm phong (a row is not what was sealed): run `dondoc audit verify`."""


def evidence(connection: Connection, chosen: list[Chosen], size: int) -> tuple[bytes, list[int]]:
    """The member `evidence.jsonl`, and all places that it names, ascending. Raises `NotAsLogged`."""
    lines = [each for one in chosen for each in _lines(connection, one, size)]
    if not any(kind == "document" for _, kind, _ in lines):
        raise NothingSealed(document="")
    lines.sort()
    marks = ((place, b"+" if kind.endswith(CHANGED) else b"", said) for place, kind, said in lines)
    return b"".join(b"%d%s %s\n" % marked for marked in marks), [place for place, _, _ in lines]


def _lines(connection: Connection, chosen: Chosen, size: int) -> Iterator[tuple[int, str, bytes]]:
    select, key, table = _of(chosen.kind)
    query = _PLACED.format(kind=chosen.kind, changed=chosen.kind + CHANGED, key=key, select=select, table=table,
                           where=chosen.where, size=size)  # fmt: skip
    for place, kind, digest, *values in rows(connection, query):
        said = step_line(values).encode() if chosen.kind == "step" else line(chosen.kind, values)
        if hashlib.sha256(said).hexdigest() != digest:
            raise NotAsLogged(kind=chosen.kind, key=values[0])
        yield int(place or 0), kind or "", said


def _of(kind: str) -> tuple[str, str, str]:
    """What is selected, the leaf's key, and from where; all of a table `s`."""
    if kind == "step":
        return COLUMNS, "s.document_id || ':' || s.seq", "step"
    if kind == "derivation":
        return "s.id, s.sources", "s.id", _MADE_OF
    known = BY_NAME[kind]
    return known.select, known.key_sql, f'"{kind}"'


_MADE_OF = """(SELECT revision_id::text AS id, string_agg(source_id::text, ',' ORDER BY source_id) AS sources,
    revision_id FROM derivation GROUP BY revision_id) made"""
# Rows that came after the checkpoint are not in it and stay out.
_PLACED = """
SELECT l.position, l.kind, encode(l.digest, 'hex'), {select} FROM (SELECT * FROM {table} WHERE {where}) s
 CROSS JOIN LATERAL (SELECT l.position, l.kind, l.digest FROM leaf l WHERE l.kind IN ('{kind}', '{changed}')
     AND l.key = {key} AND l.position < {size} ORDER BY l.position DESC LIMIT 1) l
"""
