"""The shell around a page that needs nobody: whoever is signed in keeps the rail beside an error or the API's pages."""

from fastapi import Request
from fastapi.security import HTTPAuthorizationCredentials
from fastapi.security.utils import get_authorization_scheme_param
from sqlalchemy.exc import SQLAlchemyError

from api import auth, deps
from api.pages.shell import Visit, visit
from states import database
from states.errors import DonDocError


def visit_if_any(request: Request) -> Visit | None:
    """The visit of whoever is signed in and holds an office; None for everybody else, and where nothing answers.

    Asked outside a route's dependencies, since an error has none; not for code that runs in the event loop.
    """
    here = deps.machine(request)
    try:
        with database.transaction(here.engine()) as session:
            person = auth.signed_in(session, here.now(), request, here.settings(), _bearer(request))
            by = auth.caller(session, here.now(), person, on_page=_named(request))
            return visit(request, session, by, here.settings()).counted()
    except (DonDocError, SQLAlchemyError):
        return None


def _bearer(request: Request) -> HTTPAuthorizationCredentials | None:
    scheme, given = get_authorization_scheme_param(request.headers.get("authorization"))
    return HTTPAuthorizationCredentials(scheme=scheme, credentials=given) if scheme.lower() == "bearer" else None


def _named(request: Request) -> int | None:
    """The office that the address names."""
    said = request.query_params.get("vi-tri", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None
