"""Several documents, one passphrase; a time-stamping process; keystores as they really are."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from documents.signing import batch, kept, keys, testing, tsa
from documents.signing.errors import WrongPassphrase
from documents.signing.keys import BadKeystore
from documents.signing.stamps import HttpStamper
from documents.signing.testing import Subject
from documents.signing.trust import Means
from states import clock
from states.lifecycle import Action
from states.steps import Request
from tests.documents.signing.desk import _PACK, PASSPHRASE, Desk, authority, means


@contextmanager
def _within(session: Session) -> Iterator[Session]:
    with session.begin_nested():
        yield session


def test_forty_documents_one_passphrase(desk: Desk) -> None:
    """Here: the province's leader signs two plans; one of them moved since he looked, and only that one is refused."""
    world, leader = desk.world, desk.world.act("MG", "leader")
    plans = [world.draft_plan() for _ in range(3)]
    for plan in plans:
        world.write_plan(plan)
        world.present(plan)
    desk.officer(leader)
    rows = batch.to_confirm(desk.session, plans)
    assert [(row.document_id, row.seq) for row in rows] == [(plan, 2) for plan in plans]
    world.take(plans[1], Action.SEND_BACK, reason="xem lại")
    requests = [Request(row.document_id, Action.SIGN, row.seq, revision_id=row.revision_id) for row in rows]

    def sign(passphrase: str) -> list[batch.Done]:
        factory = lambda: _within(desk.session)  # noqa: E731
        return list(batch.sign_many(factory, requests, leader, passphrase, lambda: desk.now, by=desk.means))

    with pytest.raises(WrongPassphrase):
        sign("không phải")
    done = sign(PASSPHRASE)
    assert [(one.number, one.of, one.error is None) for one in done] == [(1, 3, True), (2, 3, False), (3, 3, True)]
    assert [world.state(plan) for plan in plans] == ["signed", "draft", "signed"]
    assert done[0].content_digest == rows[0].content_digest
    first = kept.pdf_of(desk.session, plans[0], None)
    assert first is not None and done[0].file_digest is not None and first.startswith(b"%PDF-")


def test_a_small_authority_of_time_stamps_by_http(desk: Desk) -> None:
    server = tsa.serve(authority().tsa, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        desk.world.now = clock.now().astimezone(desk.world.now.tzinfo)
        with_ = Means(authority(), means().roots, stamper=HttpStamper(url, 5))
        plan = Desk(desk.session, desk.world, with_)
        report = plan.world.draft_plan()
        plan.world.write_plan(report)
        plan.world.present(report)
        leader = plan.world.act("MG", "leader")
        plan.officer(leader)
        plan.sign(report, as_=leader)
        (shown,) = kept.signatures(desk.session, report)
        assert shown.level == "B-LT" and shown.timestamp_at is not None
        assert abs(shown.timestamp_at - plan.now) < timedelta(minutes=1)
    finally:
        server.shutdown()
        server.server_close()


def test_nobody_is_kept_from_signing_by_a_clock_that_is_down(desk: Desk) -> None:
    report = desk.report()
    desk.means = Means(authority(), means().roots, stamper=HttpStamper("http://127.0.0.1:1/", 1))
    desk.officer()
    desk.sign(report)
    (shown,) = kept.signatures(desk.session, report)
    assert (shown.level, shown.timestamp_at) == ("B-B", None)


@pytest.mark.parametrize("asked", [b"", b"xx", b"\x30\x00", bytes(100)])
def test_what_is_no_request_is_rejected(asked: bytes) -> None:
    answer = tsa.answer(authority().tsa, asked, clock.now())
    assert answer == bytes.fromhex("30053003020102")  # PKIStatus rejection


def test_a_keystore_opens_with_its_passphrase_only() -> None:
    key = authority().issue(Subject("Trần Thị Mẫu", "UBND"), clock.now())
    packed = _PACK(key, PASSPHRASE, 1000)
    assert keys.unpack(packed, PASSPHRASE).private.private_numbers() == key.private.private_numbers()
    for data, passphrase in ((packed, "khác"), (packed, ""), (b"xx", PASSPHRASE), (packed[:-1], PASSPHRASE)):
        with pytest.raises(BadKeystore):
            keys.unpack(data, passphrase)
    assert keys.ROUNDS >= 600_000
    assert PASSPHRASE not in repr(key) and "private" not in repr(key)


def test_of_two_processes_that_begin_at_once_one_makes_the_authority(tmp_path: Path) -> None:
    said = "import sys; from pathlib import Path; from documents.signing import testing; " \
           "print(testing.authority(Path(sys.argv[1])).root.der.hex())"  # fmt: skip
    both = [subprocess.Popen([sys.executable, "-c", said, str(tmp_path)], stdout=subprocess.PIPE, env=os.environ)
            for _ in range(2)]  # fmt: skip
    first, second = (one.communicate()[0] for one in both)
    assert first == second == testing.authority(tmp_path).root.der.hex().encode() + b"\n"
    assert [path.name for path in tmp_path.iterdir()] == [testing.FILE]
    assert io.BytesIO(first).readable()
