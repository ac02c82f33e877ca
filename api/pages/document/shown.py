"""Which content of a document is on the page: what is signed, else what was put up last, else the draft itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from api import lists
from api.auth import Caller
from api.seeing import Sight
from documents.forms import Form, form
from states import contents
from states.lifecycle import State

_FROZEN = (State.SIGNED, State.SUBMITTED, State.CONSOLIDATED, State.WITHDRAWN)


@dataclass(frozen=True)
class Shown:
    """A content as it is shown. `id`, `no` are None for the draft that nobody has put up; `key` names this very content
    for a cache. `edited`: the draft has been written on since. `before`: the revision put up before this one."""

    id: int | None
    no: int | None
    digest: str
    key: str
    cut_at: datetime | None
    cut_by: str
    content: Mapping[str, Any]
    findings: tuple[Mapping[str, Any], ...]
    edited: bool
    all: tuple[Mapping[str, Any], ...]

    @property
    def before(self) -> Mapping[str, Any] | None:
        """The revision that was put up before this one."""
        earlier = [one for one in self.all if self.no is None or one["no"] < self.no]
        return earlier[-1] if earlier else None

    @property
    def newest(self) -> bool:
        """Whether none was put up after this one."""
        return self.no is None or self.no == self.all[-1]["no"]


def shown(session: Session, seen: Sight, row: Mapping[str, Any], by: Caller, no: int | None) -> Shown | None:
    """The content to show; None where the visitor may read none yet. Raises `NoSuchRevision`."""
    cut = tuple(one for one in lists.revisions(session, seen.id) if one["part"] == "whole")
    draft = _draft_row(session, seen.id)
    if no is None:
        writes = seen.is_ours(by) or by.held.seat == "auditor"
        if seen.state not in _FROZEN and writes and (not cut or by.held.seat == "drafter" and _edited(draft, cut)):
            return _working_copy(session, seen, row, draft, cut)
        signed = next((one["no"] for one in cut if one["id"] == row["signed_revision_id"]), None)
        no = signed if seen.state in _FROZEN and signed else cut[-1]["no"] if cut else None
    if no is None:
        return None
    found, findings = lists.revision(session, seen.id, no)
    return Shown(found["id"], no, found["digest"], f"{found['digest'][:24]}-{seen.seq}", found["cut_at"],
                 found["cut_by"], found["content"], tuple(findings), _edited(draft, cut), cut)  # fmt: skip


def form_of(row: Mapping[str, Any]) -> Form | None:
    """The document's form; a document received on paper may have none."""
    return form(row["form"], row["form_version"]) if row["form"] else None


def _working_copy(
    session: Session, seen: Sight, row: Mapping[str, Any], draft: Mapping[str, Any],
    cut: tuple[Mapping[str, Any], ...],
) -> Shown:  # fmt: skip
    content = contents.draft(session, seen.id).content
    key = f"draft-{row['draft_version']}-{seen.seq}-{draft['taken'] or ''}"
    return Shown(None, None, "", key, draft["updated_at"], draft["updated_by"] or "", content, (), False, cut)


def _edited(draft: Mapping[str, Any], cut: tuple[Mapping[str, Any], ...]) -> bool:
    return bool(cut) and draft["updated_at"] is not None and draft["updated_at"] > cut[-1]["cut_at"]


def _draft_row(session: Session, document_id: int) -> Mapping[str, Any]:
    return dict(session.connection().exec_driver_sql(_DRAFT, {"id": document_id}).mappings().one())


_DRAFT = """
SELECT w.updated_at, p.full_name AS updated_by,
       (SELECT extract(epoch FROM max(i.taken_at))::bigint::varchar || '.' || count(*) FROM intake i
         WHERE i.document_id = d.id HAVING count(*) > 0) AS taken
  FROM document d LEFT JOIN working_copy w ON w.document_id = d.id LEFT JOIN person p ON p.id = w.updated_by
 WHERE d.id = %(id)s
"""
