"""Phường Một with certificates at the pages: who signs with what, the authority of this machine, reports to sign."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from documents import drafting
from documents.signing import acts, certificates, keys, testing, token, trust
from documents.signing.keys import Key
from documents.signing.testing import Subject
from states import database as db
from states import offices
from states.lifecycle import Kind
from states.opening import NewDocument, open_document
from states.policy import Actor
from states.settings import Settings
from tests.documents.signing.desk import pack_quickly
from tests.http_world import Api
from tests.pages.page_reader import Reader
from tests.pages.visitor import machine
from tests.world import PROVINCE

WARD, PASSPHRASE = "Phường Một", "mật khẩu thử của chứng thư"
WRITTEN = {"figures": {"10101": "2", "10102": "45", "10103": "27"},
           "texts": {"direction": "Đã phân công người phụ trách.", "coordination": "Phối hợp tốt."}}  # fmt: skip


@contextmanager
def signing_machine(api: Api, home: Path, **more: Any) -> Iterator[Settings]:
    """A machine whose test authority lies in `home`, and whose keystores open at once."""
    there = machine(api, home=home, **more)
    with pytest.MonkeyPatch.context() as patch:
        for module in (acts, token):
            patch.setattr(module, "current", lambda: there)
        patch.setattr(keys, "pack", pack_quickly)
        yield there


def issue(api: Api, whose: Actor | str) -> None:
    """A test certificate for an officer, or the seal of a unit by its name, as the administrator issues it."""
    unit = api.world.unit(whose) if isinstance(whose, str) else api.rows(
        "SELECT unit_id FROM office WHERE id = %s", whose.office_id)[0]["unit_id"]  # fmt: skip
    path, chosen = f"/don-vi/{unit}/chung-thu", "dau" if isinstance(whose, str) else str(whose.office_id)
    admin = Reader(api, PROVINCE, "admin")
    answer = admin.send(path, f"{path}/thu", whose=chosen, test_passphrase=PASSPHRASE)
    assert answer.status_code == 303, answer.text


def with_token(api: Api, actor: Actor, unit: str, home: Path) -> Key:
    """Register an officer's certificate whose key is in a token; returns the key."""
    name, title, body = api.rows(
        "SELECT p.full_name, o.title, u.name FROM office o JOIN person p ON p.id = o.person_id"
        " JOIN unit u ON u.id = o.unit_id WHERE o.id = %s", actor.office_id)[0].values()  # fmt: skip
    key = testing.authority(home / "signing").issue(Subject(name, body, title), api.world.now)
    path = f"/don-vi/{api.world.unit(unit)}/chung-thu"
    fields = {"whose": str(actor.office_id), "store": "token"}
    answer = Reader(api, PROVINCE, "admin").post(path, fields, files={"file": ("ky.cer", key.der)})
    assert answer.status_code == 303, answer.text
    return key


class Office:
    """What an administrator has done before the story begins."""

    def __init__(self, api: Api, settings: Settings) -> None:
        self.api, self.settings = api, settings
        self.admin = api.world.act("Tỉnh Mẫu Giang", "admin")

    def issue(self, actor: Actor | None = None, *, seal: str = "", **more: Any) -> int:
        """A test certificate for an officer, or the seal of a unit."""
        whose = {"unit_id": self.api.world.unit(seal)} if seal else {"office_id": actor.office_id if actor else None}
        with db.transaction(db.engine(self.api.urls.program)) as session:
            return certificates.issue_test(session, trust.means(self.settings), PASSPHRASE, self.admin,
                                           self.api.world.now, **whose, **more)  # fmt: skip

    def reports(self, count: int, unit: str = WARD) -> list[int]:
        """So many reports of a ward, put up for signature."""
        return put_up(self.api, count, unit)


def put_up(api: Api, count: int, unit: str) -> list[int]:
    """So many reports of a ward on inspections, on its leader's desk."""
    world, found = api.world, []
    by = world.act(unit, "drafter")
    with db.transaction(db.engine(api.urls.program)) as session:
        writer = offices.holder(session, by, world.today).holder
        for number in range(count):
            new = NewDocument(
                Kind.REPORT, world.unit(unit), f"Báo cáo kiểm tra lần {number + 1} (mẫu)", "BC", subject="inspection",
                field="bình đẳng giới", form="half-year", form_version=1, legal_basis="Kế hoạch mẫu",
            )  # fmt: skip
            found.append(open_document(session, new, by, world.now))
            drafting.save(session, found[-1], WRITTEN, 0, writer, world.now)
            drafting.present(session, found[-1], by, world.now)
    return found
