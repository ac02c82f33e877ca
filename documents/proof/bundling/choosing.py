"""What goes into a bundle: the document, what its figures were made of down to the wards, who acted, who is missing."""

from dataclasses import dataclass

from states.errors import Conflict
from states.facts import NoSuchDocument
from states.verifying.reading import SESSION, Connection, all_of


class NothingSealed(Conflict):
    """Văn bản {document} chưa có trong nhật ký niêm phong (not sealed yet): run `dondoc audit seal`, then again."""


@dataclass(frozen=True)
class Chosen:
    """A kind of rows and which of them: `where` is SQL over the table's own columns."""

    kind: str
    where: str


def choose(connection: Connection, document: int, size: int) -> list[Chosen]:
    """Settle which documents and contents belong in (temporary tables of this transaction) and name all rows.

    `size`: of the checkpoint; what the document said or signed after it belongs into a later bundle.
    """
    if not all_of(connection, f"SELECT 1 FROM document WHERE id = {int(document)}"):
        raise NoSuchDocument(document=document)
    connection.execute(SESSION)
    keys = {"document": int(document), "size": int(size)}
    connection.execute(_CHOOSE.format(**keys).encode())
    return [Chosen(kind, where.format(**keys)) for kind, where in _ROWS]


_CHOOSE = """
CREATE TEMP TABLE IF NOT EXISTS proof_revision (id bigint PRIMARY KEY) ON COMMIT DROP;
CREATE TEMP TABLE IF NOT EXISTS proof_document (id bigint PRIMARY KEY) ON COMMIT DROP;
CREATE TEMP TABLE IF NOT EXISTS proof_office (id integer PRIMARY KEY) ON COMMIT DROP;
TRUNCATE proof_revision, proof_document, proof_office;
INSERT INTO proof_revision
WITH RECURSIVE said AS (
    SELECT s.seq, s.action, s.revision_id FROM step s WHERE s.document_id = {document} AND EXISTS (
        SELECT FROM leaf l WHERE l.kind = 'step' AND l.key = s.document_id || ':' || s.seq AND l.position < {size})),
signed AS (
    SELECT CASE WHEN action <> 'revise' THEN revision_id END AS id FROM said
     WHERE action IN ('sign','register','revise') ORDER BY seq DESC LIMIT 1),
made AS (
    SELECT coalesce((SELECT id FROM signed), (
        SELECT max(r.id) FROM revision r WHERE r.document_id = {document} AND r.part IN ('whole','total') AND EXISTS (
            SELECT FROM leaf l WHERE l.kind = 'revision' AND l.key = r.id::text AND l.position < {size}))) AS id
    UNION SELECT v.source_id FROM derivation v JOIN made ON made.id = v.revision_id)
SELECT id FROM made WHERE id IS NOT NULL
UNION SELECT revision_id FROM said WHERE revision_id IS NOT NULL;
INSERT INTO proof_document
SELECT r.document_id FROM revision r JOIN proof_revision USING (id)
UNION SELECT {document}
UNION SELECT plan_id FROM document WHERE id = {document} AND plan_id IS NOT NULL
UNION SELECT o.id FROM document d JOIN document o ON o.requirement_id = d.requirement_id AND o.kind = 'report'
   AND o.path >= d.path AND o.path < left(d.path, -1) || '0' WHERE d.id = {document};
DELETE FROM proof_document d WHERE NOT EXISTS (SELECT FROM head h WHERE h.height = 0 AND h.place = d.id);
INSERT INTO proof_office
SELECT office_id FROM step WHERE document_id IN (SELECT id FROM proof_document)
UNION SELECT office_id FROM receipt WHERE sending_id IN (SELECT id FROM sending WHERE document_id = {document});
ANALYZE proof_revision, proof_document, proof_office;
"""
_DOCUMENTS, _REVISIONS = "(SELECT id FROM proof_document)", "(SELECT id FROM proof_revision)"
_OFFICES = "(SELECT id FROM proof_office)"
_ROWS = (
    ("heads", "true"),
    ("document", f"id IN {_DOCUMENTS}"),
    ("step", f"document_id IN {_DOCUMENTS}"),
    ("revision", f"id IN {_REVISIONS}"),
    ("derivation", f"revision_id IN {_REVISIONS}"),
    ("free_row", f"revision_id IN {_REVISIONS}"),
    ("mapping", f"unit_id IN (SELECT unit_id FROM document WHERE id IN {_DOCUMENTS})"
                f" AND EXISTS (SELECT FROM free_row w WHERE w.revision_id IN {_REVISIONS})"),
    ("form", "(code, version) IN (SELECT form, form_version FROM document WHERE id IN (SELECT document_id FROM revision"
             f" WHERE id IN {_REVISIONS}))"),
    ("sending", f"document_id IN {_DOCUMENTS}"),
    ("receipt", f"sending_id IN (SELECT id FROM sending WHERE document_id IN {_DOCUMENTS})"),
    ("dispensation", f"document_id IN {_DOCUMENTS}"),
    ("contribution_given", f"revision_id IN {_REVISIONS}"),
    ("contribution", f"id IN (SELECT contribution_id FROM contribution_given WHERE revision_id IN {_REVISIONS})"),
    ("office", f"id IN {_OFFICES}"),
    ("person", f"id IN (SELECT person_id FROM office WHERE id IN {_OFFICES})"),
    ("unit", "id IN (SELECT unnest(ARRAY[unit_id, issuer_id, drafter_id, receiver_id]) FROM document"
             f" WHERE id IN {_DOCUMENTS} UNION SELECT unit_id FROM office WHERE id IN {_OFFICES}"
             f" UNION SELECT unit_id FROM receipt WHERE sending_id IN (SELECT id FROM sending WHERE document_id IN"
             f" {_DOCUMENTS}))"),
    ("signature", "document_id = {document}"),
    ("signing_intent", "document_id = {document} AND id IN (SELECT intent_id FROM signature)"),
    ("certificate", "id IN (SELECT certificate_id FROM signature WHERE document_id = {document})"),
    ("certificate_end", "certificate_id IN (SELECT certificate_id FROM signature WHERE document_id = {document})"),
    ("file", "digest IN (SELECT file_digest FROM step WHERE document_id = {document})"),
)  # fmt: skip
