"""A ward where things are signed with certificates: the small world's Phường Một, its own authority, keys at hand."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from documents.signing import acts, certificates, keys, testing
from documents.signing.certificates import New
from documents.signing.keys import Key
from documents.signing.testing import Authority, Subject
from documents.signing.trust import Means
from states.lifecycle import Action
from states.policy import Actor
from states.steps import Request, Taken
from tests.world import World

PASSPHRASE = "mật khẩu thử 1"


@functools.cache
def authority() -> Authority:
    """One test authority for the whole run: its keys say nothing."""
    return testing.make()


@functools.cache
def means() -> Means:
    made = authority()
    return Means(made, (made.root.der,))


class Desk:
    """Phường Một's report, written and presented, and the certificates of who signs and seals it."""

    def __init__(self, session: Session, world: World | None = None, means_: Means | None = None) -> None:
        self.session, self.world, self.means = session, world or World(session), means_ or means()
        self.admin = self.world.act("W1", "chair")
        self.leader, self.clerk = self.world.act("W1", "leader"), self.world.act("W1", "clerk")

    def report(self, unit: str = "Phường Một") -> int:
        """Its report, on the leader's desk."""
        if not self.world.plan:
            self.world.issue_plan()
            self.world.at("2026-12-16")
        found = self.world.report_of(unit)
        self.world.write(found)
        self.world.present(found)
        return found

    def officer(self, actor: Actor | None = None, **more: Any) -> int:
        """A test certificate for an officer, its key kept here."""
        office = (actor or self.leader).office_id
        return certificates.issue_test(self.session, self.means, PASSPHRASE, self.admin, self.now, office_id=office,
                                       **more)  # fmt: skip

    def seal(self, unit: str = "W1") -> int:
        return certificates.issue_test(self.session, self.means, PASSPHRASE, self.admin, self.now,
                                       unit_id=self.world.unit(unit))  # fmt: skip

    def token(self, *, rsa_bits: int = 0) -> Key:
        """The leader's certificate, its key in a token (the test's hands)."""
        key = self.means.authority.issue(self.subject(), self.now, rsa_bits=rsa_bits)
        new = New(key.der, office_id=self.leader.office_id, store="token")
        certificates.register(self.session, new, self.admin, self.now, self.means)
        return key

    def subject(self, **instead: str) -> Subject:
        """Whom a certificate of the leader must name."""
        whose = certificates.whose_of(self.session, self.leader.office_id, None)
        return replace(Subject(whose.person, whose.unit_in_full, whose.title), **instead)

    @property
    def now(self) -> datetime:
        return self.world.now

    def sign(self, report: int, passphrase: str | None = PASSPHRASE, **more: Any) -> Taken:
        request = Request(report, Action.SIGN, revision_id=self.world.newest(report))
        return acts.sign_document(self.session, request, more.get("as_", self.leader), self.now, passphrase,
                                  by=self.means)  # fmt: skip

    def submit(self, report: int, passphrase: str | None = PASSPHRASE) -> Taken:
        request = Request(report, Action.SUBMIT, recipients=("Như trên",))
        return acts.submit_document(self.session, request, self.clerk, self.now, passphrase, by=self.means)


def pack_quickly(key: Key, passphrase: str, *_: object, **__: object) -> bytes:
    """A keystore that costs no time; what the real one is worth is for test_keys."""
    return _PACK(key, passphrase, 1)


_PACK = keys.pack
