"""What the attempts are made on: a plan, reports of some wards, a total, and by hand a row of each other kind."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from documents.forms import label_key
from tests.world import World


def story(session: Session) -> World:
    """Told by this session, which the caller rolls back."""
    world = World(session)
    world.issue_plan(plans=True)
    world.at("2026-12-10")
    world.report("W1")
    world.write(world.report_of("W2"), free="Chợ phiên", events=1)
    world.send(world.report_of("W2"))
    world.receive(world.report_of("W2"))
    world.later(minutes=5)
    _by_hand(world)
    world.later(minutes=5)
    world.consolidate("AM")
    world.write(world.report_of("AM"), events=2)
    world.send(world.report_of("AM"))
    world.report("W3")
    world.return_(world.report_of("W3"))
    world.later(days=1)
    return world


def _by_hand(world: World) -> None:
    """A row of each kind that the story does not write by itself, under the same triggers."""
    keys = {
        "person": world.act("AM", "drafter").person_id, "office": world.act("AM", "drafter").office_id,
        "at": world.now, "unit": world.unit("AM"), "other": world.unit("BM"), "report": world.report_of("W1"),
        "key": label_key("Chợ phiên"), "until": world.now + timedelta(days=3),
        "revision": world.newest(world.report_of("W1")),
    }  # fmt: skip
    for statement in _BY_HAND:
        world.session.connection().exec_driver_sql(statement, keys)


_WHO = "%(person)s, %(office)s, %(at)s"
_FILE = "(SELECT digest FROM file LIMIT 1)"
_BY_HAND = (
    "INSERT INTO succession VALUES (%(unit)s, %(other)s, 'same')",
    f"INSERT INTO mapping (unit_id, form, table_no, label_key, row_no, person_id, office_id, at)"
    f" VALUES (%(unit)s, 'action-month', 1, %(key)s, 2, {_WHO})",
    "INSERT INTO external_document (number, date, issuer) VALUES ('1/CV', '2026-10-01', 'Bộ Mẫu')",
    "INSERT INTO link (document_id, role, external_id, at)"
    " SELECT %(report)s, 'basis', id, %(at)s FROM external_document",
    "INSERT INTO contribution (document_id, assignee, assignee_key, asked_at, asked_by)"
    " VALUES (%(report)s, 'Trạm Y tế (mẫu)', 'tram y te', %(at)s, %(office)s)",
    "INSERT INTO contribution_given (contribution_id, revision_id, given_by, channel, taken_by, at)"
    " SELECT id, %(revision)s, 'Mai (mẫu)', 'phone', %(office)s, %(at)s FROM contribution",
    f"INSERT INTO explanation (document_id, code, place, words, person_id, office_id, at)"
    f" VALUES (%(report)s, 'sum', '1', 'Đã đối chiếu', {_WHO})",
    "INSERT INTO dispensation_request (document_id, kind, until, reason, office_id, at)"
    " VALUES (%(report)s, 'extension', %(until)s, 'Mưa lũ', %(office)s, %(at)s)",
    "INSERT INTO dispensation (document_id, kind, until, reason, office_id, at, in_time, request_id)"
    " SELECT document_id, kind, until, reason, office_id, at, true, id FROM dispensation_request",
    "INSERT INTO file (digest, size, bytes) VALUES (sha256('%%PDF'), 4, '%%PDF')",
    f"INSERT INTO incoming (unit_id, file_digest, name, media_type, came_by, person_id, office_id, arrived_at)"
    f" VALUES (%(unit)s, {_FILE}, 'a.pdf', 'application/pdf', 'upload', {_WHO})",
    f"INSERT INTO incoming_outcome (incoming_id, outcome, words, person_id, office_id, at)"
    f" SELECT id, 'put_aside', 'trùng', {_WHO} FROM incoming",
    "INSERT INTO certificate (purpose, office_id, unit_id, der, digest, subject, issuer, serial, valid_from, valid_to,"
    " store, registered_by, at) VALUES ('officer', %(office)s, %(unit)s, 'x', sha256('x'), 'CN=mẫu', 'CN=thử', '1f',"
    " %(at)s, %(until)s, 'local', %(office)s, %(at)s)",
    "INSERT INTO certificate_end SELECT id, %(at)s, 'mất khóa', %(office)s FROM certificate",
    "INSERT INTO signing_intent (document_id, revision_id, seq, purpose, office_id, certificate_id, prepared_digest,"
    f" content_digest, nonce, at, expires_at) SELECT %(report)s, r.id, 2, 'officer', %(office)s, c.id, {_FILE},"
    " r.digest, 'n', %(at)s, %(until)s FROM certificate c JOIN revision r ON r.id = %(revision)s",
    f"INSERT INTO signature SELECT document_id, 3, purpose, id, certificate_id, {_FILE}, content_digest, at, NULL,"
    " 'B-B' FROM signing_intent",
)
