"""Documents and their chains: each step's digest, what it continues, where it left the document, what it sent."""

import json
from dataclasses import dataclass

from states.digests import FIRST
from states.log.kinds import BY_NAME
from states.verifying.faults import Fault, fault
from states.verifying.heaps import Heaps
from states.verifying.lines import COLUMNS, step_digest
from states.verifying.reading import Connection, Row, rows
from states.verifying.traces import Traces

_DOCUMENT, _SENDING = BY_NAME["document"], BY_NAME["sending"]
_WIDTH = len(_DOCUMENT.columns) + 1


@dataclass(slots=True)
class _Life:
    """A document as its steps leave it."""

    row: Row
    previous: str = FIRST.hex()
    state: str | None = "none"
    seq: int = 0
    desk: str | None = None
    office: str | None = None
    since: str | None = None
    revision: str | None = None
    correction: str | None = None


@dataclass
class _Chunk:
    lives: dict[str, _Life]
    contents: dict[str, str]
    sendings: dict[str, Row]
    """By the key of the step that sent."""


def chains(connection: Connection, first: int, following: int, traces: Traces) -> tuple[list[Fault], Heaps, int]:
    """Documents from `first` up to `following`: their faults, their heaps, how many steps."""
    where = f"BETWEEN {first} AND {following - 1}"
    faults: list[Fault] = []
    chunk = _read(connection, where, traces, faults)
    count = 0
    for step in rows(connection, _STEPS.format(where=where)):
        count += 1
        _step(step, chunk, traces, faults)
    for life in chunk.lives.values():
        _end(life, faults)
    for sending in chunk.sendings.values():
        key, document, _, seq = sending[:4]
        faults.append(fault("sending", key, f"văn bản {document} không có bước gửi số {seq}",
                            f"document {document} has no such sending step {seq}"))  # fmt: skip
    return faults, traces.heaps, count


def _read(connection: Connection, where: str, traces: Traces, faults: list[Fault]) -> _Chunk:
    chunk = _Chunk({}, {}, {})
    for row in rows(connection, _DOCUMENTS.format(where=where)):
        traces.row(_DOCUMENT.name, row[:_WIDTH], faults)
        chunk.lives[row[0] or ""] = _Life(row)
    for row in rows(connection, _CONTENTS.format(where=where)):
        chunk.contents[row[0] or ""] = row[1] or ""
    for row in rows(connection, _SENDINGS.format(where=where)):
        traces.row(_SENDING.name, row, faults)
        chunk.sendings[f"{row[1]}:{row[3]}"] = row
    return chunk


def _step(step: Row, chunk: _Chunk, traces: Traces, faults: list[Fault]) -> None:
    document, seq, _, source, action = step[:5]
    content, previous, said, revision, before = step[12], *step[18:]
    key = f"{document}:{seq}"
    digest = step_digest(step)
    if digest != said:
        faults.append(fault("step", key, "mã băm không khớp nội dung của bước", "its digest is not that of its words"))
    traces.leaf("step", key, digest)
    life = chunk.lives.get(document or "")
    if life is None:
        faults.append(fault("step", key, "không có văn bản này", "there is no such document"))
        return
    last, life.seq = life.seq, int(seq or 0)
    if life.seq != last + 1:
        faults.append(fault("step", key, f"thiếu bước {last + 1}", f"step {last + 1} is missing"))
    if previous != life.previous or source != life.state or before != (str(last) if last else None):
        faults.append(fault("step", key, "không nối tiếp bước trước", "it does not continue the step before"))
    if (revision or content) and chunk.contents.get(revision or "") != content:
        faults.append(fault("step", key, "bản nội dung không phải bản đã ghi trong bước (revision_id)",
                            "its content is not the one that the step names (revision_id)"))  # fmt: skip
    if action == "submit" or action == "register":
        _sent(step, key, chunk, faults)
    life.previous = digest
    _go_on(life, step)


def _go_on(life: _Life, step: Row) -> None:
    """What `step_moves_document` does, done again."""
    action, target, desk, office = step[4], step[5], step[14], step[15]
    if desk != life.desk or target != life.state or office != life.office:
        life.since, life.desk, life.office = step[9], desk, office
    if action == "sign" or action == "register":
        life.revision = step[20]
    elif action == "revise":
        life.revision = None
    if action == "return" or action == "reopen":
        life.correction = step[16]
    elif target == "submitted":
        life.correction = None
    life.state = target


def _end(life: _Life, faults: list[Fault]) -> None:
    key, kept = life.row[0], tuple(life.row[_WIDTH:])
    if life.seq == 0:
        faults.append(fault("document", key, "không có bước nào", "it has no step at all"))
        return
    left = (life.state, str(life.seq), life.previous, life.desk, life.office, life.since, life.revision,
            life.correction)  # fmt: skip
    if kept == left:
        return
    for column, found, wanted in zip(_LEFT, kept, left, strict=True):
        if found != wanted:
            faults.append(fault("document", key, f"cột {column} không phải như bước cuối cùng để lại",
                                f"column {column} is not what its steps left"))  # fmt: skip


def _sent(step: Row, key: str, chunk: _Chunk, faults: list[Fault]) -> None:
    """A sending bears what its step says: content, number, date, paper or not."""
    sending = chunk.sendings.pop(key, None)
    if sending is None:
        faults.append(fault("step", key, "không có lần gửi của bước này", "the sending of this step is missing"))
        return
    said, _ = _read_json(step[17] or "{}")
    number = f"{int(sending[8] or 0):02d}/{sending[9]}"
    if (number, sending[10], sending[12] == "true") != (said.get("number"), said.get("date"), bool(said.get("paper"))):
        faults.append(fault("sending", sending[0], "số, ngày không phải như bước gửi ghi",
                            "number or date are not those of its step"))  # fmt: skip


_read_json = json.JSONDecoder().raw_decode
_LEFT = ("state", "seq", "head", "desk", "desk_office_id", "desk_since", "revision_id", "correction_due")
_DOCUMENTS = f"""
SELECT {_DOCUMENT.select}, state, seq, encode(head, 'hex'), desk, desk_office_id, desk_since, revision_id,
       correction_due FROM document s WHERE id {{where}}
"""
_CONTENTS = "SELECT id, encode(digest, 'hex') FROM revision WHERE document_id {where}"
_SENDINGS = f"SELECT {_SENDING.select} FROM sending s WHERE document_id {{where}}"
_STEPS = f"SELECT {COLUMNS} FROM step s WHERE s.document_id {{where}} ORDER BY s.document_id, s.seq"
