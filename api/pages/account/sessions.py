"""Where I am signed in: ending one session, or all others."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from api.auth import Access, SignedIn, allowed
from api.deps import Id, InTransaction
from api.pages.shell import Visiting
from api.proof import of_session
from states import sessions

router = APIRouter(prefix="/tai-khoan/phien")
OFFICE = [allowed(Access.OFFICE)]


@router.post("/{session_id}/ket-thuc", dependencies=OFFICE)
def end_session(session_id: Id, visit: Visiting, session: InTransaction, me: SignedIn) -> RedirectResponse:
    """End one of one's own. Raises `NoSuchSession` for everybody else's."""
    sessions.end(session, me.id, session_id, visit.now)
    return visit.back_to("/tai-khoan#phien", visit.say(_("Đã kết thúc phiên đăng nhập đó.")))


@router.post("/ket-thuc-khac", dependencies=OFFICE)
def end_others(visit: Visiting, session: InTransaction, me: SignedIn) -> RedirectResponse:
    """End all but this one."""
    ended = sessions.end_all(session, me.id, visit.now, but=of_session(me).id)
    words = visit.say(_("Đã kết thúc %(n)s phiên đăng nhập khác.")) % {"n": ended}
    return visit.back_to("/tai-khoan#phien", words)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence
