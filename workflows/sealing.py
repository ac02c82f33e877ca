"""Sealing on the timetable (niêm phong nhật ký): hourly, and its checkpoint to where outsiders keep it.

A folder (DONDOC_CHECKPOINTS) gets every checkpoint; once a day auditors get the note itself by mail. Each batch of
leaves is a transaction, so a run that is killed is simply run again.
"""

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from psycopg.types.json import Jsonb
from sqlmodel import Session

from states.calendar import Calendar
from states.database import transaction
from states.days import calendar
from states.errors import DonDocError
from states.log import keys, published, sealing
from states.log.notes import Signer
from states.log.sealing import Sealed
from states.periods import local_day
from states.settings import current

MINUTE = 17
"""When the log is sealed: at this minute of every hour."""


class NotKept(DonDocError):
    """Không ghi được mốc niêm phong vào {folder} ({why}) (the checkpoint was sealed but not put where outsiders keep
    it): mount the folder again or correct DONDOC_CHECKPOINTS; the next run writes the newest one.
    """

    status = 503


def seal(now: datetime) -> Sealed:
    """Seal what waits, sign, keep the checkpoint outside, tell auditors once a day. Raises `NotKept`."""
    settings = current()
    signer, leaves = keys.of(settings), 0
    while True:
        with transaction() as session:
            done = sealing.sequence(session)
        if not done:
            break
        leaves += done
    with transaction() as session:
        sealed = replace(sealing.sign(session, signer, now), leaves=leaves)
        if sealed.note is not None:
            tell_auditors(session, sealed, signer, now, calendar(session))
    if sealed.note is not None and settings.checkpoints is not None:
        keep(sealed, signer, settings.checkpoints)
    return sealed


def next_sealing(now: datetime) -> datetime:
    """When the timetable seals next."""
    at = now.replace(minute=MINUTE, second=0, microsecond=0)
    return at if at > now else at + timedelta(hours=1)


def keep(sealed: Sealed, signer: Signer, folder: Path) -> Path:
    """Write the checkpoint and the key that verifies it; whole or not at all. Raises `NotKept`."""
    assert sealed.note is not None
    path = folder / f"moc-{sealed.size:012d}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, words in ((path, sealed.note), (folder / published.FILE, signer.verifier.line + "\n")):
            if not target.exists():
                beside = target.with_name(f".{target.name}.{os.getpid()}")
                beside.write_text(words, "utf-8")
                beside.replace(target)
    except OSError as error:
        raise NotKept(folder=folder, why=error.strerror) from error
    return path


def tell_auditors(session: Session, sealed: Sealed, signer: Signer, now: datetime, days: Calendar) -> int:
    """The day's first checkpoint goes to everybody who holds an auditor's office; returns how many were told."""
    data = {"note": f"{sealed.note}\n{signer.verifier.line}", "number": str(sealed.size)}
    values = {"day": local_day(now), "data": Jsonb(data), "now": now, "slot": days.next_delivery_slot(now)}
    return int(session.connection().exec_driver_sql(_TELL, values).scalar_one())


_TELL = """
WITH told AS (
    INSERT INTO notice (key, document_id, person_id, topic, data, urgent, created_at, send_after)
    SELECT DISTINCT 'checkpoint/' || %(day)s::date || '/' || p.id, NULL::bigint, p.id, 'checkpoint', %(data)s::jsonb,
           true, %(now)s::timestamptz, %(slot)s::timestamptz
      FROM office o JOIN person p ON p.id = o.person_id AND NOT p.machine
     WHERE o.seat = 'auditor' AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
       AND NOT EXISTS (SELECT FROM notice n WHERE n.key = 'checkpoint/' || %(day)s::date || '/' || p.id)
    ON CONFLICT (key) DO NOTHING RETURNING 1)
SELECT count(*) FROM told
"""
