"""Phần gợi ý: words for a consolidated report's sections, made from its figures, for the drafter to take or leave."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.draft.facts import Facts, access, facts
from api.pages.shell import Visiting, tried
from api.seeing import SeenDocument
from documents.writing import proposing
from states import contents

router = APIRouter()


@dataclass(frozen=True)
class Proposal:
    """What is suggested for a section, beside what is written there. `taken`: it stands there already."""

    code: str
    title: str
    written: str
    words: str

    @property
    def taken(self) -> bool:
        """Whether there is nothing to take."""
        return self.words in self.written


@router.get("/soan/{document_id}/goi-y", dependencies=[allowed(Access.OFFICE)])
def show(seen: SeenDocument, visit: Visiting, session: InTransaction) -> HTMLResponse:
    """Every suggestion beside what is written."""
    found = facts(session, seen, visit.by)
    now = contents.draft(session, found.id)
    words = proposing.propose(session, found.id, visit.now)
    return visit.page("draft/proposals.html", facts=found, version=now.version, access=access(found, visit, True),
                      proposals=_proposals(found, session, words))  # fmt: skip


@router.post("/soan/{document_id}/goi-y", dependencies=[allowed(Access.WORKING)])
def take(
    seen: SeenDocument, visit: Visiting, session: InTransaction, version: Annotated[int, Form(ge=0)],
    take: Annotated[list[str] | None, Form()] = None,
) -> RedirectResponse:  # fmt: skip
    """Write the chosen suggestions into the draft; what stands there stays, the suggestion comes after it."""
    done, error = tried(session, lambda: proposing.take(
        session, seen.id, take or [], version, visit.me.holder, visit.now))  # fmt: skip
    if error is not None:
        return visit.back_to(f"/soan/{seen.id}/goi-y", error.said(visit.say), tone="bad")
    words = visit.say(_("Đã lấy phần gợi ý vào %(n)s mục; đọc lại và sửa trước khi trình.")) % {"n": len(done or [])}
    return visit.back_to(f"/soan/{seen.id}?sua=1#texts", words if done else visit.say(_("Không có gì mới để lấy.")))


def _proposals(found: Facts, session: Session, words: dict[str, str]) -> list[Proposal]:
    texts = contents.draft(session, found.id).content.get("texts") or {}
    sections = found.form.sections if found.form else ()
    return [Proposal(s.code, s.title, str(texts.get(s.code) or ""), words[s.code]) for s in sections if s.code in words]


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
