"""The rows of a bundle as the lines that were hashed, each with its place in the log."""

import hashlib
from collections.abc import Iterator

from documents.proof.bundling.choosing import Chosen, NothingSealed
from states.errors import Conflict
from states.log import heads
from states.log.kinds import BY_NAME, CHANGED, line
from states.sentences import InBoth
from states.verifying.faults import NAMES
from states.verifying.lines import COLUMNS, step_line
from states.verifying.reading import Connection, rows


class ChangedSince(Conflict):
    """Dữ liệu mà hồ sơ này cần ({what}) vừa được đổi hợp lệ và chưa niêm phong (changed lawfully since the newest
    checkpoint): lập lại sau lần niêm phong tới, hoặc chạy `dondoc audit seal`.
    """


class NotAsLogged(Conflict):
    """Hàng {kind} {key} không khớp nhật ký niêm phong (a row is not what was sealed): run `dondoc audit verify`."""


def evidence(connection: Connection, chosen: list[Chosen], size: int) -> tuple[bytes, list[int]]:
    """The member `evidence.jsonl`, and all places that it names, ascending. Raises `NotAsLogged`, `ChangedSince`."""
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
    other = None
    for place, kind, digest, *values in rows(connection, query):
        said = step_line(values).encode() if chosen.kind == "step" else line(chosen.kind, values)
        if hashlib.sha256(said).hexdigest() != digest:
            other = values[0] or "", said  # told when all rows are read: until then the connection is taken
        yield int(place or 0), kind or "", said
    if other is not None:
        raise _why_other(connection, chosen.kind, *other, size)


def _why_other(connection: Connection, kind: str, key: str, said: bytes, size: int) -> Conflict:
    """Why a row is not what was sealed: its change waits for the next checkpoint, or nothing knows of it."""
    wanted = {"kind": kind + CHANGED, "key": key, "digest": hashlib.sha256(said).digest(), "size": size}
    if connection.execute(_WAITS, wanted).fetchone():
        return ChangedSince(what=InBoth(*NAMES[kind]))
    return NotAsLogged(kind=kind, key=key)


def _of(kind: str) -> tuple[str, str, str]:
    """What is selected, the leaf's key, and from where; all of a table `s`."""
    if kind == "step":
        return COLUMNS, "s.document_id || ':' || s.seq", "step"
    if kind == "derivation":
        return "s.id, s.sources", "s.id", _MADE_OF
    if kind == heads.KIND:
        return "s.id, s.root", "s.id", _ENDED
    known = BY_NAME[kind]
    return known.select, known.key_sql, f'"{kind}"'


_MADE_OF = """(SELECT revision_id::text AS id, string_agg(source_id::text, ',' ORDER BY source_id) AS sources,
    revision_id FROM derivation GROUP BY revision_id) made"""
_ENDED = """(SELECT (1::bigint << height)::text AS id, hash::text AS root FROM head ORDER BY height DESC LIMIT 1)"""
# Rows that came after the checkpoint are not in it and stay out.
_PLACED = """
SELECT l.position, l.kind, encode(l.digest, 'hex'), {select} FROM (SELECT * FROM {table} WHERE {where}) s
 CROSS JOIN LATERAL (SELECT l.position, l.kind, l.digest FROM leaf l WHERE l.kind IN ('{kind}', '{changed}')
     AND l.key = {key} AND l.position < {size} ORDER BY l.position DESC LIMIT 1) l
"""
_WAITS = b"""
SELECT 1 FROM trace WHERE kind = %(kind)s AND key = %(key)s AND digest = %(digest)s
UNION ALL
SELECT 1 FROM leaf WHERE kind = %(kind)s AND key = %(key)s AND digest = %(digest)s AND position >= %(size)s LIMIT 1
"""
