"""Whether a page may be seen in an office: asked when one changes his office on a page, before he is led back to it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from fastapi.routing import APIRoute
from sqlmodel import Session
from starlette.routing import Match

from api import pages
from api.auth import Access, declared, of_office
from api.seeing import look
from states.offices import Held

_LARGEST = 2**63 - 1


def may_reach(session: Session, path: str, held: Held, at: datetime) -> bool:
    """Whether there is such a page, for this seat, about a document that it may see."""
    route, places = _route(urlsplit(path).path)
    if route is None or not _is_for(route, held):
        return False
    number = places.get("document_id", places.get("plan_id"))
    if number is None:
        return True
    if not str(number).isdecimal() or int(number) > _LARGEST:
        return False
    return look(session, int(number), of_office(held, at)) is not None


def _route(path: str) -> tuple[APIRoute | None, dict[str, Any]]:
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    for route in (one for router in pages.ROUTERS for one in router.routes):
        if isinstance(route, APIRoute):
            fits, more = route.matches(scope)
            if fits is Match.FULL:
                return route, more["path_params"]
    return None, {}


def _is_for(route: APIRoute, held: Held) -> bool:
    return all(Access.SIGNED_IN in one or Access[held.seat.upper()] in one for one in declared(route))
