"""W8: the proof of a national figure over 10,598 wards, made and verified offline: `python -m benchmarks.w8_proof`."""

import argparse
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session

from benchmarks.data import FORM, FORM_VERSION, NOW, Database, Tree, issue_plan, plant, server, staff
from documents.proof.bundling.making import bundle
from documents.proof.verifying.bundles import verify
from states import connecting, contents, database
from states.figures import Cell, Figure
from states.log import sealing
from states.log.notes import Signer
from states.policy import Actor
from states.settings import Settings
from states.taking_up import take_up
from workflows.fanout import fan_out

WARDS = 10_598


def main() -> None:
    """Make the season, then the bundle; verify it a few times; say how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wards", type=int, default=WARDS)
    parser.add_argument("--keep", type=Path, help="also write the bundle here")
    asked = parser.parse_args()
    signer = Signer("dondoc/bench", Ed25519PrivateKey.generate())
    with server() as running, running.made("bench_proof", "bench_template") as made:
        nation = season(made, asked.wards)
        with made.act() as session:
            note = sealing.seal(session, signer, NOW).note
        start = time.perf_counter()
        with made.act() as session:
            data = bundle(session, nation, signer.verifier)
        built = time.perf_counter() - start
    if asked.keep:
        asked.keep.write_bytes(data)
    took = []
    for _ in range(3):
        start, cpu = time.perf_counter(), time.process_time()
        report = verify(data, key=signer.verifier.line, checkpoint=note)
        took.append((time.process_time() - cpu, time.perf_counter() - start))
    for line in report.lines:
        sys.stdout.write(f"{line.mark:5} {line.en}\n")
    cpu, wall = min(took)
    sys.stdout.write(f"{asked.wards:,} wards: {len(data) / 1e6:.1f} MB, made in {built:.1f} s, verified in {cpu:.2f} s"
                     f" of processor time ({wall:.2f} s by the clock)\n")  # fmt: skip


def season(made: Database, wards: int) -> int:
    """One plan over wards, provinces and the nation, each report signed by its own leader; returns the topmost one."""
    with made.act() as session:
        planted = plant(session, wards=wards)
        tree = Tree(planted.root, planted.path, ("nation", "province", "commune"))
        plan = issue_plan(session, tree, staff(session, tree.root))
        fan_out(session, plan, NOW)
    made.tidy("document", "step", "unit")
    owner = connecting.new_engine(made.urls.owner, Settings(statement_seconds=600))
    with database.transaction(owner) as session:
        run = session.connection().exec_driver_sql
        keys = {"plan": plan, "at": NOW, "form": FORM, "version": FORM_VERSION, "path": tree.path}
        for statement in (_PEOPLE, _OFFICES, _CONTENTS, _FIGURES):
            run(statement, keys)
        _send(session, plan, "commune", 1)
        for hours, level in ((2, "province"), (4, "nation")):
            at = NOW + timedelta(hours=hours)
            totals = list(run(_OF_LEVEL, {"plan": plan, "level": level}).scalars())
            take_up(session, totals, at)
            for total in totals:
                _cut(session, total, at)
            _send(session, plan, level, hours + 1)
        nation = int(run(_OF_LEVEL, {"plan": plan, "level": "nation"}).scalar_one())
    owner.dispose()
    return nation


def _cut(session: Session, total: int, at: Any) -> None:
    """The total put up for signature: what the program summed, as the unit's own content."""
    said, sources = session.connection().exec_driver_sql(_TOTAL, {"id": total}).one()
    figures = {Cell(cell): Figure.from_canonical(value) for cell, value in said["figures"].items()}
    content = {"form": said["form"], "figures": said["figures"]}
    contents.cut(session, total, "whole", content, figures, Actor(1, 1), at, sources=sources,
                 covered=said["covered"], expected=said["expected"])  # fmt: skip


def _send(session: Session, plan: int, level: str, hours: int) -> None:
    run = session.connection().exec_driver_sql
    for later, action, source, target, desk in ((0, "sign", "draft", "signed", "clerk"),
                                                (10, "submit", "signed", "submitted", "receiver")):  # fmt: skip
        run(_STEP, {"plan": plan, "level": level, "at": NOW + timedelta(hours=hours, minutes=later), "action": action,
                    "from": source, "to": target, "desk": desk})  # fmt: skip
    run(_SENDINGS, {"plan": plan, "level": level, "at": NOW + timedelta(hours=hours, minutes=10)})


_PEOPLE = """
INSERT INTO person (full_name, sample)
SELECT 'Lãnh đạo ' || id || ' (mẫu)', true FROM unit WHERE path LIKE %(path)s || '%%'
"""
_OFFICES = """
INSERT INTO office (person_id, unit_id, seat, title, authority, valid_from)
SELECT p.id, u.id, 'leader', 'Phó Chủ tịch (mẫu)', 'KT.', '2020-01-01'
  FROM unit u JOIN person p ON p.full_name = 'Lãnh đạo ' || u.id || ' (mẫu)' WHERE u.path LIKE %(path)s || '%%'
"""
_CELLS = """generate_series(1, 3) tab CROSS JOIN generate_series(1, 5) line CROSS JOIN generate_series(1, 3) col"""
_CONTENTS = f"""
INSERT INTO revision (document_id, no, part, content, digest, cut_at, cut_by)
SELECT id, 1, 'whole', content::jsonb, sha256(convert_to(content, 'UTF8')), %(at)s, 1
  FROM (SELECT d.id, '{{"document":' || d.id || ',"figures":{{'
               || string_agg('"' || tab * 10000 + line * 100 + col || '":"' || d.id %% 7 + line + col || '"', ','
                             ORDER BY tab * 10000 + line * 100 + col)
               || '}},"form":"' || %(form)s || '/' || %(version)s || '"}}' AS content
          FROM document d CROSS JOIN {_CELLS} WHERE d.plan_id = %(plan)s AND d.level = 'commune' GROUP BY d.id) made
"""
_FIGURES = f"""
INSERT INTO figure (revision_id, cell, line, amount)
SELECT r.id, tab * 10000 + line * 100 + col, 0, d.id %% 7 + line + col
  FROM document d JOIN revision r ON r.document_id = d.id CROSS JOIN {_CELLS}
 WHERE d.plan_id = %(plan)s AND d.level = 'commune'
"""
_OF_LEVEL = "SELECT id FROM document WHERE plan_id = %(plan)s AND kind = 'report' AND level = %(level)s ORDER BY id"
_TOTAL = """
SELECT r.content, ARRAY(SELECT source_id FROM derivation WHERE revision_id = r.id) FROM revision r
 WHERE r.document_id = %(id)s AND r.part = 'total' ORDER BY r.id DESC LIMIT 1
"""
_STEP = """
INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, authority, at,
                  revision_id, revision_digest, desk, details, previous)
SELECT d.id, d.seq + 1, d.kind, d.state, %(action)s::varchar, %(to)s, o.person_id, o.id, o.authority, %(at)s,
       CASE WHEN %(action)s::varchar = 'sign' THEN r.id END,
       CASE WHEN %(action)s::varchar = 'sign' THEN r.digest END, %(desk)s,
       CASE WHEN %(action)s::varchar = 'submit' THEN '{"date":"2026-10-05","number":"01/BC-UBND"}' END, d.head
  FROM document d JOIN office o ON o.unit_id = d.issuer_id AND o.seat = 'leader' AND o.title = 'Phó Chủ tịch (mẫu)'
  JOIN revision r ON r.document_id = d.id AND r.part = 'whole'
 WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.level = %(level)s AND d.state = %(from)s
"""
_SENDINGS = """
INSERT INTO sending (document_id, no, seq, revision_id, issuer_id, year, series, number, symbol, date, sent_at)
SELECT d.id, 1, d.seq, d.revision_id, d.issuer_id, 2026, 'BC', 1, 'BC-UBND', '2026-10-05', %(at)s
  FROM document d WHERE d.plan_id = %(plan)s AND d.kind = 'report' AND d.level = %(level)s AND d.state = 'submitted'
"""

if __name__ == "__main__":
    main()
