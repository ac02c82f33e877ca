"""Another passphrase for one's own certificate, by whoever knows the one that it has."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from api.auth import Access, SignedIn, allowed
from api.deps import Id, InTransaction
from api.pages.account.page import account_page_of
from api.pages.shell import Visiting, tried
from api.proof import of_session
from documents.signing import certificates
from documents.signing.changing import change
from documents.signing.errors import NoSuchCertificate

router = APIRouter(prefix="/tai-khoan/chung-thu")


@router.post("/{certificate_id}", dependencies=[allowed(Access.LEADER)])
def change_passphrase(
    certificate_id: Id, visit: Visiting, session: InTransaction, me: SignedIn,
    passphrase: Annotated[str, Form(max_length=500)] = "", new_passphrase: Annotated[str, Form(max_length=500)] = "",
) -> Response:  # fmt: skip
    """One's own, on the pages alone. Raises `NoSuchCertificate` for everybody else's, `NeedsSession` for a token."""
    of_session(me)
    found = certificates.get(session, certificate_id)
    if found.office_id not in {one.office_id for one in visit.held}:
        raise NoSuchCertificate(number=certificate_id)
    _, error = tried(session, lambda: change(session, found, passphrase, new_passphrase, visit.now))
    if error is not None:
        return account_page_of(visit, session, me, error=error, at="chung-thu")
    return visit.back_to("/tai-khoan#chung-thu", visit.say("Đã đổi mật khẩu chứng thư số."))
