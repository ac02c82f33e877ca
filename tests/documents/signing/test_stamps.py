"""Time stamps: a small authority by HTTP, and clocks of others that are down or tell something wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from documents.signing import kept, testing, tsa
from documents.signing.keys import Key
from documents.signing.stamps import HttpStamper
from documents.signing.trust import Means
from documents.signing.validating import validate
from states import clock
from tests.documents.signing.desk import Desk, authority, means
from tests.documents.signing.hostile.case import Stamper


def test_a_small_authority_of_time_stamps_by_http(desk: Desk) -> None:
    server = tsa.serve(authority().tsa, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        desk.world.now = clock.now().astimezone(desk.world.now.tzinfo)
        with_ = Means(authority(), means().roots, stamper=HttpStamper(url, 60))
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


class Lying(Stamper):
    """An authority whose answer is changed on the way, or is another's."""

    def __init__(self, desk: Desk, lie: Callable[[bytes], bytes], key: Key | None = None) -> None:
        super().__init__(key or authority().tsa, desk.now)
        self._lie = lie

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(self._lie(tsa.answer(self._key, req.dump(), self._at)))


class OfOtherBytes(Lying):
    """A genuine stamp over something else."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        req["message_imprint"]["hashed_message"] = bytes(32)
        return await super().async_request_tsa_response(req)


def _flipped(answer: bytes) -> bytes:
    return answer[:-5] + bytes([answer[-5] ^ 1]) + answer[-4:]


LIES: dict[str, Callable[[Desk], TimeStamper]] = {
    "a word": lambda desk: Lying(desk, lambda _: b"<html>"),
    "granted, and nothing in it": lambda desk: Lying(desk, lambda _: bytes.fromhex("30053003020100")),
    "a wrong signature": lambda desk: Lying(desk, _flipped),
    "a stranger's": lambda desk: Lying(desk, bytes, testing.make().tsa),
    "of other bytes": lambda desk: OfOtherBytes(desk, bytes),
}


@pytest.mark.parametrize("lie", sorted(LIES))
def test_a_stamp_that_would_not_be_believed_is_left_out(desk: Desk, lie: str) -> None:
    """With it in the file the officer's own signature would never be believed again."""
    report = desk.report()
    desk.officer()
    desk.means = Means(authority(), means().roots, stamper=LIES[lie](desk))
    desk.sign(report)
    (shown,) = kept.signatures(desk.session, report)
    assert (shown.level, shown.timestamp_at) == ("B-B", None)
    signed = kept.pdf_of(desk.session, report, None)
    assert signed is not None and validate(signed, means().roots, desk.now, means().system_roots).whole


def test_where_no_list_of_the_revoked_is_there_the_level_does_not_say_so(desk: Desk) -> None:
    """A real authority, of which the administrator keeps no list: stamped, but not provable for long."""
    report, key = desk.report(), authority().tsa
    desk.officer()
    desk.means = replace(means(), sample=False, stamper=Stamper(key, desk.now))
    desk.sign(report)
    (shown,) = kept.signatures(desk.session, report)
    assert (shown.level, shown.timestamp_at) == ("B-T", desk.now)
