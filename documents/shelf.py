"""The forms of the program beside the documents written on them: kept in the database, version by version."""

from psycopg.types.json import Jsonb
from sqlmodel import Session

from documents.forms import load_forms
from states.errors import Conflict


class FormChanged(Conflict):
    """Biểu mẫu {form} đã khác bản đang lưu (this version of the form was changed): give the change a new version."""


def keep_forms(session: Session) -> int:
    """Keep every form version that ships; returns how many are new. Raises `FormChanged`: a version never changes."""
    run = session.connection().exec_driver_sql
    new = 0
    for form in load_forms().values():
        keys = {"code": form.code, "version": form.version, "kind": form.kind, "title": form.title,
                "content": Jsonb(form.data), "digest": form.digest(),
                "kept": [int(spec.cell) for spec in form.cells() if not spec.carried]}  # fmt: skip
        new += run(_KEEP, keys).rowcount
        if bytes(run(_DIGEST, keys).scalar_one()) != form.digest():
            raise FormChanged(form=form.key)
    return new


_KEEP = """
INSERT INTO form (code, version, kind, title, content, digest, kept)
VALUES (%(code)s, %(version)s, %(kind)s, %(title)s, %(content)s, %(digest)s, %(kept)s) ON CONFLICT DO NOTHING
"""
_DIGEST = "SELECT digest FROM form WHERE code = %(code)s AND version = %(version)s"
