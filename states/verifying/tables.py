"""The other kinds of rows: each thrown as the leaf that the log should have; forms and files beside their bytes."""

import hashlib
import json

import rfc8785

from states.lifecycle import RULES
from states.log.kinds import BY_NAME
from states.verifying.faults import Fault, fault
from states.verifying.heaps import Heaps
from states.verifying.reading import Connection, all_of, rows
from states.verifying.traces import Traces

ELSEWHERE = ("document", "sending", "revision")
"""Read in chunks with what belongs to them."""


def table(connection: Connection, kind: str, traces: Traces) -> tuple[list[Fault], Heaps, int]:
    """All rows of one kind."""
    faults: list[Fault] = []
    count = 0
    for row in rows(connection, f'SELECT {BY_NAME[kind].select} FROM "{kind}" s'):
        count += 1
        traces.row(kind, row, faults)
    return faults + _MORE.get(kind, lambda _: [])(connection), traces.heaps, count


def _forms(connection: Connection) -> list[Fault]:
    found = rows(connection, "SELECT code || ':' || version, content::text, encode(digest, 'hex') FROM form")
    return [fault("form", key, "mã băm không khớp nội dung biểu mẫu", "its digest is not that of its content")
            for key, content, digest in found
            if hashlib.sha256(rfc8785.dumps(json.loads(content or "null"))).hexdigest() != digest]  # fmt: skip


def _files(connection: Connection) -> list[Fault]:
    found = []
    with connection.cursor(name="files", binary=True) as cursor:
        cursor.itersize = 20
        for digest, size, data in cursor.execute("SELECT digest, size, bytes FROM file"):
            if hashlib.sha256(data).digest() != bytes(digest) or len(data) != size:
                found.append(fault("file", f"\\x{bytes(digest).hex()}", "nội dung tệp không khớp mã băm",
                                   "its bytes are not those of its digest"))  # fmt: skip
    return found


def _certificates(connection: Connection) -> list[Fault]:
    found = rows(connection, "SELECT id, encode(der, 'hex'), encode(digest, 'hex') FROM certificate")
    return [fault("certificate", key or "", "không khớp mã băm của nó", "its bytes are not those of its digest")
            for key, der, digest in found
            if hashlib.sha256(bytes.fromhex(der or "")).hexdigest() != digest]  # fmt: skip


def _registers(connection: Connection) -> list[Fault]:
    return [fault("register", key, "số không liên tục, hoặc số cuối không phải số đã cấp",
                  "its numbers have a gap, or its last number was not given")
            for (key,) in all_of(connection, _GAPS)]  # fmt: skip


def _entries(connection: Connection) -> list[Fault]:
    return [fault("register_entry", key, "không có lần gửi hoặc lần nhận mang số này",
                  "nothing that was sent or received bears this number")
            for (key,) in all_of(connection, _ALONE)]  # fmt: skip


def _rules(connection: Connection) -> list[Fault]:
    kept = {":".join(row) for row in all_of(connection, "SELECT kind, from_state, action, to_state FROM rule")}
    return [fault("rule", key, "không phải như vòng đời của chương trình", "it is not in the program's table of rules")
            for key in sorted(kept ^ _lawful())]  # fmt: skip


def _lawful() -> set[str]:
    return {":".join((kind.value, source.value, rule.action.value, target.value))
            for rule in RULES for kind in rule.kinds for source, target in rule.ways}  # fmt: skip


_MORE = {"form": _forms, "file": _files, "certificate": _certificates, "register": _registers,
         "register_entry": _entries, "rule": _rules}  # fmt: skip
_GAPS = """
SELECT r.id FROM register r LEFT JOIN register_entry e ON e.register_id = r.id
 GROUP BY r.id, r.opened_at_number, r.last
HAVING coalesce(max(e.number), r.opened_at_number - 1) <> r.last
    OR count(e.number) <> r.last - r.opened_at_number + 1 OR min(e.number) <> r.opened_at_number
    OR count(e.number) FILTER (WHERE e.before IS DISTINCT FROM CASE WHEN e.number = r.opened_at_number THEN NULL
                                                                 ELSE e.number - 1 END) > 0 LIMIT 50
"""
# A number out is borne by a sending of that office, year and series; a number in by a receipt of that unit.
_ALONE = """
SELECT e.register_id || ':' || e.number FROM register_entry e JOIN register r ON r.id = e.register_id
 WHERE (r.direction = 'out' AND NOT EXISTS (SELECT FROM sending s WHERE s.issuer_id = r.unit_id AND s.year = r.year
            AND s.series = r.series AND s.number = e.number AND s.document_id = e.document_id))
    OR (r.direction = 'in' AND NOT EXISTS (SELECT FROM sending s JOIN receipt t ON t.sending_id = s.id
            WHERE s.document_id = e.document_id AND t.unit_id = r.unit_id AND t.number = e.number)) LIMIT 50
"""
