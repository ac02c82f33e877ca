"""After the storm: what the clients were told, beside what is there; asked by plain SQL, as an outsider would.

Every difference is a sentence with a count; an empty table of differences is what the storm is about.
"""

from __future__ import annotations

import email
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session

from states.database import transaction
from states.log import keys
from states.reading.integrity import verify_chain
from states.settings import current
from states.verifying import everything
from tests.chaos.clock import SERVERS
from tests.chaos.found import Found
from tests.chaos.invariants import MUST_BE_EMPTY
from tests.chaos.ledger import Line, all_lines
from tests.chaos.questions import ALL_STEPS, ALONE, DRAFTS, MESSAGES, NUMBERS, SIGNED, THERE, TRACED, TRACES, WIDE
from tests.chaos.stage import Stage, looking

RACING = "k0"
"""What the keys of the races begin with; those count their acts themselves."""
_STEPS = ("open", "present", "sign", "submit", "revise", "receive", "return", "recall", "withdraw", "reopen")


def compare(stage: Stage, *, chains: bool = True) -> Found:
    """Compare all ledgers with the database and the mails that arrived; in a process of its own (`forks.in_child`)."""
    stage.enter()
    found = Found()
    lines = list(all_lines(stage.ledgers))
    done = [line for line in lines if line["said"] in ("done", "found")]
    found.answers.update(line["said"] for line in lines)
    found.acknowledged.update(line["what"] for line in done)
    with transaction() as session:
        session.connection().exec_driver_sql("SELECT set_config('dondoc.sees', 'all', true)")
        _steps(session, found, lines, done, by_others=bool(stage.ahead))
        _keys(session, found, lines, done)
        _drafts(session, found, done)
        _flows(session, found, done)
        _signatures(session, found, done)
        _checkpoints(session, found, done)
        found.wrong += _in_words(session)
        _mails(session, found, stage)
        found.there |= {name: session.connection().exec_driver_sql(sql).scalar_one() for name, sql in THERE.items()}
        found.wrong += _log(session)
    if chains:
        found.wrong += _chains()
    return found


# ── acts of the clients ─────────────────────────────────────────────────────────────────────────────────────


def _steps(session: Session, found: Found, lines: Iterable[Line], done: Iterable[Line], *, by_others: bool) -> None:
    """Each acknowledged step is there with its digest and number; each moment is at most one step; none is nobody's.

    `by_others`: the machine's own steps are Prefect's, who keeps no ledger and whose moments are not stamped.
    """
    run = session.connection().exec_driver_sql
    there = {(row[0], row[1]): row for row in run(ALL_STEPS)}
    numbers = {(row[0], row[1]): row[2] for row in run(NUMBERS)}
    for line in done:
        if line["what"] not in (*_STEPS, *(f"http {what}" for what in (*_STEPS, "plan"))):
            continue
        place = line["document"], line["seq"]
        if place not in there or line.get("digest") not in (None, there[place][2]):
            found.lost.append(f"{line['client']}: {line['what']} {place}")
        elif line.get("number") and numbers.get(place) != line["number"]:
            found.lost.append(f"{line['client']}: number {line['number']} of {place}, there is {numbers.get(place)}")
    asked = {_moment(line["at"]) for line in lines if "at" in line}
    by_moment = Counter(row[3] for row in there.values()
                        if 0 < row[3].microsecond % 100 < SERVERS and not (by_others and row[4]))  # fmt: skip
    wide = {row[0] for row in run(WIDE)}  # one act, many steps: a plan sent, a level opened, a level taken up
    found.twice += [f"{count} steps at {at}" for at, count in by_moment.items() if count > 1 and at not in wide]
    found.wrong += [f"a step at {at} that nobody asked for" for at in by_moment if at not in asked]


def _keys(session: Session, found: Found, lines: Iterable[Line], done: Iterable[Line]) -> None:
    """Each key: one act, whose traces (a plan's title, a step's words) bear it once; acknowledged ones are there."""
    run = session.connection().exec_driver_sql
    traces = Counter(row[0] for row in run(TRACES))
    found.twice += [f"{count} acts under the key {key}" for key, count in traces.items() if count > 1]
    for line in done:
        if line.get("key") and line["what"] in TRACED and not traces[line["key"]]:
            found.lost.append(f"{line['client']}: the act under {line['key']}")
    answers: dict[str, set[Any]] = {}
    for line in done:
        if line.get("key"):
            answers.setdefault(line["key"], set()).add((line["document"], line["seq"]))
    found.twice += [f"two answers for {key}: {said}" for key, said in answers.items() if len(said) > 1]
    asked = {line["key"] for line in lines if line.get("key")}
    found.wrong += [f"an act under {key}, which nobody asked for" for key in traces
                    if key not in asked and not key.startswith(f"{RACING}-")]  # fmt: skip


def _drafts(session: Session, found: Found, done: Iterable[Line]) -> None:
    """Each acknowledged saving is counted in its draft: the draft says how often it was saved."""
    drafts = {row[0]: (row[1], row[2]) for row in session.connection().exec_driver_sql(DRAFTS)}
    saved: Counter[tuple[int, int]] = Counter()
    for line in done:
        if line["what"] != "save":
            continue
        saved[line["document"], line["version"]] += 1
        if drafts.get(line["document"], (0, 0))[0] < line["version"]:
            found.lost.append(f"{line['client']}: version {line['version']} of draft {line['document']}")
    found.twice += [
        f"version {place[1]} of draft {place[0]} given to {count}" for place, count in saved.items() if count > 1
    ]
    found.lost += [f"draft {document}: version {version} counts {events} savings"
                   for document, (version, events) in drafts.items() if version != events]  # fmt: skip


def _flows(session: Session, found: Found, done: Iterable[Line]) -> None:
    run = session.connection().exec_driver_sql
    noted = Counter((row[0], row[1], row[2]) for row in run("SELECT flow, subject, at FROM flow_note"))
    for line in done:
        if line["what"] in ("fan_out", "consolidate"):
            key = line["what"], str(line["plan"]), _moment(line["at"])
            if noted[key] != 1:
                (found.twice if noted[key] else found.lost).append(f"{line['client']}: {key}")


def _signatures(session: Session, found: Found, done: Iterable[Line]) -> None:
    """Each acknowledged signature is there, over a file that is there; the sealed file begins with the signed one."""
    run = session.connection().exec_driver_sql
    signed = {(row[0], row[1]): row for row in run(SIGNED)}
    for line in done:
        if line.get("sealed"):
            row = signed.get((line["document"], line["seq"]))
            if row is None or row[2] is None:
                found.lost.append(f"{line['client']}: the signature of {line['document'], line['seq']}")
    for document, seq, data, digest, before in signed.values():
        if data is None or hashlib.sha256(data).digest() != bytes(digest):
            found.wrong.append(f"the file of signature {document, seq} is not what was signed")
        elif before is not None and not bytes(data).startswith(bytes(before)):
            found.wrong.append(f"the sealed file of {document, seq} does not begin with the signed one")
    found.there["signatures"] = len(signed)


def _checkpoints(session: Session, found: Found, done: Iterable[Line]) -> None:
    """Each checkpoint that was signed for somebody is kept; no two of one size."""
    kept = {row[0]: row[1] for row in session.connection().exec_driver_sql("SELECT size, note FROM checkpoint")}
    for line in done:
        if line["what"] == "seal" and kept.get(line["size"]) != line["note"]:
            found.lost.append(f"{line['client']}: the checkpoint of {line['size']} leaves")


# ── what must hold, whoever was told ────────────────────────────────────────────────────────────────────────


def _in_words(session: Session) -> Iterator[str]:
    for name, sql in MUST_BE_EMPTY.items():
        rows = session.connection().exec_driver_sql(sql).all()
        if rows:
            yield f"{name}: {len(rows)}, the first {tuple(rows[0])}"


def _mails(session: Session, found: Found, stage: Stage) -> None:
    """What was recorded as sent has arrived; what arrived twice bears the same identity."""
    arrived = Counter(_identity(path.read_bytes()) for path in stage.mails.glob("*.eml"))
    found.there |= {"mails": sum(arrived.values()), "mails repeated": sum(arrived.values()) - len(arrived)}
    alone = session.connection().exec_driver_sql(ALONE)
    found.lost += [f"mail {name} is recorded as sent and never came" for (name,) in alone if name not in arrived]
    messages = session.connection().exec_driver_sql(MESSAGES).scalar_one()
    if len(arrived) < messages:
        found.lost.append(f"{messages} mails are recorded as sent, {len(arrived)} came")


def _chains() -> list[str]:
    with looking() as run:
        documents = list(run("SELECT id FROM document ORDER BY id").scalars())
    faults: list[str] = []
    for document in documents:
        with transaction() as session:
            session.connection().exec_driver_sql("SELECT set_config('dondoc.sees', 'all', true)")
            faults += [f"document {document}: {fault}" for fault in verify_chain(session, document)]
    return faults


def _log(session: Session) -> list[str]:
    """The whole audit of the program: `dondoc audit verify`."""
    connection: Any = session.connection().connection.driver_connection
    audited = everything.verify_on(connection, keys.of(current()).verifier)
    return [f"{fault.place}: {fault.english}" for fault in audited.faults]


def _identity(mail: bytes) -> str:
    return str(email.message_from_bytes(mail)["Message-ID"]).strip("<>")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
