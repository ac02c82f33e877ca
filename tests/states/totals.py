"""A province that takes its wards' reports up, level by level: what its totals' tests have in common."""

from __future__ import annotations

from sqlmodel import Session

from documents.forms import label_key
from states import acting, contents
from states.figures import Cell
from tests.world import World

TALKS = Cell.of(1, 2, 1)
WARDS = {"W1": "AM", "W2": "AM", "W3": "BM", "W4": "BM"}


def mau_giang(session: Session) -> World:
    """Mẫu Giang with its plan issued."""
    world = World(session)
    world.issue_plan()
    return world


def send_all(world: World) -> None:
    """Every ward and district sends; the province takes them up."""
    for ward in WARDS:
        world.report(ward)
    world.later(hours=1)
    for district in ("AM", "BM"):
        world.consolidate(district)
        send(world, world.report_of(district))
    world.later(hours=1)
    world.consolidate("MG")


def send(world: World, report: int) -> None:
    """Present, explain whatever the checks want explained, sign and submit."""
    world.present(report)
    wanted = world.rows("SELECT code, place FROM finding WHERE revision_id = %s AND severity = 'explain'",
                        world.newest(report))  # fmt: skip
    unit = world.document(report)["drafter_id"]
    for finding in wanted:
        contents.explain(world.session, report, finding["code"], finding["place"], "Đúng thực tế",
                         world.holder(unit, "drafter"), world.now)  # fmt: skip
    world.sign(report)
    world.submit(report)


def map_label(world: World, unit: str, label: str, row: int) -> None:
    """The unit's drafter maps a free row's label to a row of the form."""
    actor = world.act(unit, "drafter")
    acting.tell(world.session, actor.office_id)
    world.session.connection().exec_driver_sql(
        "INSERT INTO mapping (unit_id, form, table_no, label_key, row_no, person_id, office_id, at)"
        " VALUES (%s, 'action-month', 1, %s, %s, %s, %s, %s)",
        (world.unit(unit), label_key(label), row, actor.person_id, actor.office_id, world.now),
    )


def standing(world: World, report: int) -> int:
    """The revision in which the document's whole content, or total, stands now."""
    return int(world.value("SELECT max(id) FROM revision WHERE document_id = %s AND part IN ('whole','total')", report))


def signed(world: World, unit: str) -> int:
    """The revision that a unit's report stands signed with."""
    return int(world.document(world.report_of(unit))["revision_id"])
