"""Which rows, once a heap has shown that something is wrong: rows and leaves by key. Slow, and only then."""

from states.log.kinds import BY_NAME, CHANGED, CHANGING, row_digest
from states.verifying.faults import MOST, Fault, fault
from states.verifying.lines import COLUMNS, step_digest
from states.verifying.reading import Connection, rows
from states.verifying.traces import changed


def locate(connection: Connection, kind: str) -> list[Fault]:
    """The rows of a kind that are not what the log has, that it does not have, and those that are gone."""
    if kind.endswith(CHANGED) and kind.removesuffix(CHANGED) in CHANGING:
        kind = kind.removesuffix(CHANGED)
    if kind not in BY_NAME and kind not in ("step", "derivation"):
        return [fault("leaf", kind, "loại dấu vết này không có", "there is no such kind of trace")]
    logged = {key or "": digest for key, digest in rows(connection, _LOGGED.format(kind=kind, changed=kind + CHANGED))}
    faults: list[Fault] = []
    for key, digest in _there(connection, kind):
        last = logged.pop(key, None)
        if last is None:
            faults.append(fault(kind, key, "không có dấu vết trong nhật ký: được thêm vào ngoài chương trình",
                                "the log has no trace of it: it was added around the program"))  # fmt: skip
        elif last != digest:
            faults.append(changed(kind, key))
    faults += [fault(kind, key, "có dấu vết trong nhật ký nhưng không còn: đã bị xóa",
                     "the log has its trace but it is gone: it was deleted") for key in logged]  # fmt: skip
    if len(faults) > MOST:
        rest = len(faults) - MOST
        faults[MOST:] = [fault(kind, "", f"và {rest} chỗ khác", f"and {rest} more")]
    return faults or [fault(kind, "", "số dấu vết trong nhật ký không khớp với số hàng",
                            "the log has another number of traces than there are rows")]  # fmt: skip


def _there(connection: Connection, kind: str) -> list[tuple[str, str]]:
    if kind == "step":
        return [(f"{row[0]}:{row[1]}", step_digest(row)) for row in rows(connection, f"SELECT {COLUMNS} FROM step s")]
    query = _DERIVATIONS if kind == "derivation" else f'SELECT {BY_NAME[kind].select} FROM "{kind}" s'
    return [(row[0] or "", row_digest(kind, row).hex()) for row in rows(connection, query)]


_LOGGED = """
SELECT key, encode(digest, 'hex') FROM (
    SELECT 0 AS part, position AS place, key, digest FROM leaf WHERE kind IN ('{kind}', '{changed}')
    UNION ALL SELECT 1, id, key, digest FROM trace WHERE kind IN ('{kind}', '{changed}')) kept ORDER BY part, place
"""
_DERIVATIONS = """
SELECT revision_id, string_agg(source_id::text, ',' ORDER BY source_id) FROM derivation GROUP BY revision_id
"""
