"""Drafts (dự thảo): read and saved by those who write them; findings explained; contributions asked for and taken."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from api.auth import Access, Acting, Caller, allowed
from api.deps import BigId, InTransaction
from api.idempotency import OnceOnly
from api.schemas.documents import FindingOut
from api.schemas.drafts import (
    ContributionIn,
    ContributionOut,
    ContributionsFromPlan,
    DraftIn,
    DraftOut,
    ExplanationIn,
    GivenIn,
    GivenOut,
)
from api.seeing import NoSuchPlan, SeenDocument, Sight, look
from documents import contributing, drafting
from states import contents
from states.contents import EditedMeanwhile
from states.errors import DonDocError, Refused

router = APIRouter(prefix="/documents", tags=["drafts"])


class NotYourDraft(Refused):
    """Bản dự thảo chỉ dành cho đơn vị soạn và đơn vị ban hành (a draft is read by those who write it): wait until it
    is sent.
    """


class WhichVersion(DonDocError):
    """Chưa nêu phiên bản đã đọc (which version do you save over?): send it in If-Match or as `version`."""

    status = 428


@router.get("/{document_id}/draft", summary="The working copy", dependencies=[allowed(Access.OFFICE)])
def read_draft(seen: SeenDocument, session: InTransaction, by: Acting, response: Response) -> DraftOut:
    """Its ETag is its version, to be sent back in If-Match."""
    _check_writes(seen, by)
    found = contents.draft(session, seen.id)
    response.headers["ETag"] = _tag(found.version)
    return DraftOut.of(found)


@router.put("/{document_id}/draft", summary="Save the working copy", dependencies=[allowed(Access.WORKING)])
def save_draft(
    seen: SeenDocument, new: DraftIn, session: InTransaction, by: Acting, response: Response,
    if_match: Annotated[str | None, Header(pattern=r'^"v[0-9]{1,9}"$')] = None,
) -> DraftOut:  # fmt: skip
    """Over the version that was read; where somebody else has saved since, 409 carries both texts."""
    version = int(if_match[2:-1]) if if_match is not None else new.version
    if version is None:
        raise WhichVersion()
    typed = new.content.typed()
    try:
        saved, read_as = drafting.save(session, seen.id, typed, version, by.held.holder, by.at)
    except EditedMeanwhile as error:
        both = {**error.present, "yours": typed} if isinstance(error.present, dict) else {"yours": typed}
        raise EditedMeanwhile(error.message, present=both) from None
    response.headers["ETag"] = _tag(saved)
    kept = contents.draft(session, seen.id)
    return DraftOut(content=kept.content, version=kept.version, authors=list(kept.authors), read_as=read_as)


@router.post("/{document_id}/explanations", summary="Explain a finding", status_code=201,
             dependencies=[allowed(Access.WORKING)])  # fmt: skip
def explain_finding(
    seen: SeenDocument, new: ExplanationIn, session: InTransaction, by: Acting, once: OnceOnly
) -> FindingOut:
    """The words are kept beside the finding, and the signer sees them."""
    contents.explain(session, seen.id, new.code, new.place, new.words, by.held.holder, by.at)
    return once.keep(FindingOut(code=new.code, severity="explain", place=new.place, message="", explained=new.words,
                                explained_at=by.at))  # fmt: skip


@router.get("/{document_id}/contributions", summary="Contributions to a report", dependencies=[allowed(Access.OFFICE)])
def read_contributions(seen: SeenDocument, session: InTransaction, by: Acting) -> list[ContributionOut]:
    """Asked of whom and until when, given by whom, taken by whom, how."""
    return _contributions(session, seen.id, by)


@router.post("/{document_id}/contributions", summary="Ask for a contribution", status_code=201,
             dependencies=[allowed(Access.WORKING)])  # fmt: skip
def ask_contribution(
    seen: SeenDocument, new: ContributionIn, session: InTransaction, by: Acting, once: OnceOnly
) -> ContributionOut:
    """Of a post, a school, a body of the unit; who can only be asked is never late."""
    asked = contributing.ask(session, seen.id, new.assignee, by.held.holder, by.at, new.task, new.due_at,
                             asked_only=new.asked_only, unit_id=new.unit_id)  # fmt: skip
    return once.keep(next(one for one in _contributions(session, seen.id, by) if one.id == asked))


@router.post("/{document_id}/contributions/from-plan", summary="Ask everybody whom the plan names", status_code=201,
             dependencies=[allowed(Access.WORKING)])  # fmt: skip
def ask_contributions_from_plan(
    seen: SeenDocument, new: ContributionsFromPlan, session: InTransaction, by: Acting, once: OnceOnly
) -> list[ContributionOut]:
    """With the tasks that the unit's own plan gives them; who was asked already is passed over."""
    if look(session, new.plan_id, by) is None:
        raise NoSuchPlan(plan=new.plan_id)
    asked = contributing.ask_all_from_plan(session, new.plan_id, seen.id, by.held.holder, by.at, new.due_at)
    return once.keep([one for one in _contributions(session, seen.id, by) if one.id in asked])


@router.post("/{document_id}/contributions/{contribution_id}/given", summary="Take what was given", status_code=201,
             dependencies=[allowed(Access.WORKING)])  # fmt: skip
def take_contribution(
    seen: SeenDocument, contribution_id: BigId, new: GivenIn, session: InTransaction, by: Acting, once: OnceOnly
) -> GivenOut:
    """By program, phone, paper or message: with who gave it; the unit's signature covers it."""
    if contribution_id not in [one.id for one in contributing.state_of(session, seen.id)]:
        raise contributing.NoSuchContribution(contribution=contribution_id)
    revision = contributing.give(session, contribution_id, new.content.typed(), new.given_by, new.channel,
                                 by.held.holder, by.at)  # fmt: skip
    return once.keep(GivenOut(revision_id=revision))


def _contributions(session: InTransaction, document_id: int, by: Caller) -> list[ContributionOut]:
    found = contributing.state_of(session, document_id)
    return [ContributionOut.of({**vars(one), "late": one.late(by.at)}) for one in found]


def _check_writes(seen: Sight, by: Caller) -> None:
    if not seen.is_ours(by) and by.held.seat != "auditor":
        raise NotYourDraft()


def _tag(version: int) -> str:
    return f'"v{version}"'
