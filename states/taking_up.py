"""Taking figures up: one level of reports into the drafts above them, in one transaction and a few statements.

The children are locked first, in the order of their numbers, and read in a second statement: a recall that races
with this either comes before, and its report is a gap, or finds its report consolidated. What is expected comes
from the obligations, never from the rows that were locked. Missing is never zero.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from states.acting import reading_all, tell
from states.adding import BOUND_SIGN, summed
from states.opening import plan_for_growth
from states.policy import CLOCK, Actor


@dataclass(frozen=True)
class TakenUp:
    """What one run took up: drafts that got a new total, and reports whose figures went into them."""

    totals: int
    reports: int


def take_up(session: Session, parents: list[int], at: datetime, actor: Actor = CLOCK) -> TakenUp:
    """Consolidate every submitted report under these drafts, and cut each draft's new total.

    A parent that is signed or sent is never written into; its late children wait for a supplement (see
    `states.opening.open_supplement`), whose draft takes them up when it is named here.
    """
    with reading_all(session):
        return _take_up(session, parents, at, actor)


def _take_up(session: Session, parents: list[int], at: datetime, actor: Actor) -> TakenUp:
    run = session.connection().exec_driver_sql
    keys = {"parents": parents, "at": at, "person": actor.person_id, "office": actor.office_id}
    tell(session, actor.office_id)
    run(_LOCK_PARENTS, keys)
    run(_LOCK_CHILDREN, keys)
    plan_for_growth(session)
    run(_DROP_GONE, keys)
    reports = run(_STEPS, keys).rowcount
    changed = [row[0] for row in run(_CHANGED, keys)]
    if changed:
        _cut_totals(session, {**keys, "changed": changed})
    run("SET LOCAL enable_seqscan = on")
    return TakenUp(len(changed), reports)


def _cut_totals(session: Session, keys: dict[str, object]) -> None:
    """Revisions made by the program (part «total»): figures summed per cell, with the digests they came from."""
    run = session.connection().exec_driver_sql
    run("CREATE TEMP TABLE IF NOT EXISTS summed (document_id bigint, cell integer, amount numeric, bound smallint)")
    run("TRUNCATE summed")
    run(_SUM, keys)
    run("CREATE TEMP TABLE IF NOT EXISTS cutting (id bigint, document_id bigint)")
    run("TRUNCATE cutting")
    run(_CUT, keys)
    run("INSERT INTO derivation (revision_id, source_id) SELECT c.id, i.source_id FROM cutting c"
        " JOIN intake i USING (document_id)")  # fmt: skip
    run("INSERT INTO figure (revision_id, cell, line, amount, bound) SELECT c.id, s.cell, 0, s.amount, s.bound"
        " FROM cutting c JOIN summed s USING (document_id)")  # fmt: skip


_LOCK_PARENTS = """
SELECT id FROM document WHERE id = ANY (%(parents)s) AND state IN ('draft','returned') ORDER BY id FOR NO KEY UPDATE
"""
# A supplement takes up what comes late for the total it supplements.
_OPEN_PARENTS = """
    SELECT d.id, d.requirement_id, d.unit_id, d.form, d.path, main.id AS main_id
      FROM document d JOIN document main ON main.requirement_id = d.requirement_id AND main.unit_id = d.unit_id
       AND main.supplement = 0
     WHERE d.id = ANY (%(parents)s) AND d.state IN ('draft','returned')
"""
# A corrected report whose earlier content stands in a total that is signed or sent would be counted twice: it waits
# until that total is reopened (or taken back to draft) and takes it up itself.
COUNTED_ALREADY = """
    EXISTS (SELECT FROM document o JOIN derivation v ON v.revision_id = o.revision_id
              JOIN revision e ON e.id = v.source_id
             WHERE o.requirement_id = c.requirement_id AND o.unit_id = {unit} AND o.id <> {into}
               AND o.state IN ('signed','submitted','consolidated') AND e.document_id = c.id AND e.part = 'whole')
"""
_LOCK_CHILDREN = f"""
SELECT c.id FROM document c WHERE c.state = 'submitted' AND c.kind = 'report'
   AND c.parent_id IN (SELECT main_id FROM ({_OPEN_PARENTS}) p) ORDER BY c.id FOR NO KEY UPDATE
"""
# What was taken up once and has been reopened or recalled since is a gap («đang sửa»), not a figure; where it has come
# again, with other content or the same, it is taken up anew.
_DROP_GONE = """
DELETE FROM intake i USING revision r, document c
 WHERE i.document_id = ANY (%(parents)s) AND r.id = i.source_id AND r.part = 'whole' AND c.id = r.document_id
   AND (c.state <> 'consolidated' OR c.revision_id IS DISTINCT FROM r.id)
"""
_STEPS = f"""
WITH parent AS ({_OPEN_PARENTS}),
child AS (
    SELECT c.id, c.seq, c.kind, c.state, c.head, c.revision_id, r.digest, p.id AS into_id
      FROM document c JOIN parent p ON p.main_id = c.parent_id JOIN revision r ON r.id = c.revision_id
     WHERE c.state = 'submitted' AND c.kind = 'report'
       AND NOT {COUNTED_ALREADY.format(unit="p.unit_id", into="p.id")}),
stepped AS (
    INSERT INTO step (document_id, seq, kind, from_state, action, to_state, person_id, office_id, authority, at,
                      revision_id, revision_digest, desk, details, previous)
    SELECT id, seq + 1, kind, state, 'consolidate', 'consolidated', %(person)s, %(office)s, '', %(at)s, revision_id,
           digest, 'archive', '{{"into":' || into_id || '}}', head
      FROM child ORDER BY id RETURNING document_id)
INSERT INTO intake (document_id, source_id, taken_at) SELECT into_id, revision_id, %(at)s FROM child
"""
_CHANGED = f"""
SELECT p.id FROM ({_OPEN_PARENTS}) p
 WHERE (SELECT array_agg(source_id ORDER BY source_id) FROM intake i WHERE i.document_id = p.id) IS DISTINCT FROM
       (SELECT array_agg(source_id ORDER BY source_id) FROM derivation v WHERE v.revision_id =
          (SELECT max(id) FROM revision r WHERE r.document_id = p.id AND r.part IN ('total','whole')))
    OR EXISTS (SELECT FROM mapping m WHERE m.unit_id = p.unit_id AND m.form = p.form AND m.at >
          (SELECT max(cut_at) FROM revision r WHERE r.document_id = p.id AND r.part IN ('total','whole')))
"""
_SUM = f"""
WITH pairs AS (SELECT document_id, source_id FROM intake WHERE document_id = ANY (%(changed)s))
INSERT INTO summed (document_id, cell, amount, bound) {summed("pairs", "%(at)s")}
"""
# The canonical JSON (RFC 8785) of a total, written out: its keys are ASCII and sorted, its values strings and counts.
# What lies below a unit is a range of paths ('0' comes after '/'), so that each total looks it up in the index.
_CUT = f"""
WITH figures AS (
    SELECT document_id, string_agg('"' || cell || '":"' || {BOUND_SIGN.format("bound")} || trim_scale(amount) || '"',
                                   ',' ORDER BY cell::text COLLATE "C") AS json FROM summed GROUP BY 1),
sources AS (
    SELECT i.document_id, string_agg('"' || encode(r.digest, 'hex') || '"', ','
                                     ORDER BY encode(r.digest, 'hex') COLLATE "C") AS json, sum(r.covered) AS covered
      FROM intake i JOIN revision r ON r.id = i.source_id WHERE i.document_id = ANY (%(changed)s)
     GROUP BY 1),
counted AS (
    SELECT d.id, coalesce(s.covered, 0) AS covered, e.expected, f.json AS figures, s.json AS sources, d.form,
           d.form_version, d.supplement
      FROM document d LEFT JOIN sources s ON s.document_id = d.id LEFT JOIN figures f ON f.document_id = d.id
      CROSS JOIN LATERAL (
        SELECT CASE WHEN d.supplement > 0 THEN 0 ELSE count(*) END AS expected FROM document o
         WHERE o.plan_id = d.plan_id AND o.path >= d.path AND o.path < left(d.path, -1) || '0'
           AND o.requirement_id = d.requirement_id
           AND o.id <> d.id AND o.supplement = 0
           AND NOT EXISTS (SELECT FROM document c WHERE c.parent_id = o.id AND c.supplement = 0)
           AND NOT EXISTS (SELECT FROM dispensation x WHERE x.document_id = o.id AND x.in_time
                              AND x.kind IN ('waiver','cancellation'))) e
     WHERE d.id = ANY (%(changed)s)),
texts AS (
    SELECT *, '{{"covered":' || covered || ',"document":' || id || ',"expected":' || expected || ',"figures":{{'
           || coalesce(figures, '')
           || '}},"form":' || to_json(form || '/' || form_version)::text || ',"sources":['
           || coalesce(sources, '') || ']}}' AS canonical FROM counted),
made AS (
    INSERT INTO revision (document_id, no, part, content, digest, authors, cut_at, cut_by, covered, expected)
    SELECT id, (SELECT coalesce(max(no), 0) + 1 FROM revision r WHERE r.document_id = texts.id), 'total',
           canonical::jsonb, sha256(convert_to(canonical, 'UTF8')), '{{}}', %(at)s, %(person)s, covered, expected
      FROM texts RETURNING id, document_id)
INSERT INTO cutting (id, document_id) SELECT id, document_id FROM made
"""
