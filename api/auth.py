"""Who calls, in which of his offices, and which routes are for him: a route that doesn't say is for nobody.

A bearer token names a person, or the cookie of a session that he opened on the pages. The header `Dondoc-Office`
(in a page's form: `?vi-tri=`) names the office he acts in; whoever holds exactly one may leave it out, and a session
remembers the one chosen. All are asked as of the moment of the request. What a caller may do with a document is not
decided here: seeing is `api.seeing`, acting is the door's (`states.steps`).
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Flag, auto
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Engine
from sqlmodel import Session

from api.deps import InTransaction, Machine, Now, OfMachine
from states import acting, database, offices, sessions, tokens
from states.errors import DonDocError, Reason, Refused
from states.offices import Held
from states.periods import local_day
from states.sessions import WebSession
from states.settings import Settings


class NotSignedIn(DonDocError):
    """Chưa đăng nhập (not signed in): send «Authorization: Bearer dd_…» with a token that is in force."""

    status = 401


class NameYourOffice(DonDocError):
    """Bạn giữ nhiều vị trí (you hold several offices): name the one you act in, in the header Dondoc-Office."""

    status = 400


class NotYourOffice(Refused):
    """Vị trí số {office} không phải của bạn hôm nay (not an office of yours today): name one of your own."""


class NoOffice(Refused):
    """Hôm nay bạn không giữ vị trí nào (you hold no office today): ask an administrator to give you one."""


class NotForYou(Refused):
    """Việc này không dành cho vị trí «{seat}» (not for your office): it is for {wanted}."""


class ChangePasswordFirst(Refused):
    """Mật khẩu tạm phải được đổi trước (change your first password before anything else): open /mat-khau."""


class Access(Flag):
    """Who may call a route: the seats by name, or whoever is signed in, with or without an office."""

    DRAFTER = auto()
    LEADER = auto()
    CLERK = auto()
    SUPERVISOR = auto()
    AUDITOR = auto()
    ADMIN = auto()
    SIGNED_IN = auto()  # whoever holds a token, office or not
    WORKING = DRAFTER | LEADER | CLERK | SUPERVISOR  # who works on papers: reads, and acts where his seat allows it
    OFFICE = WORKING | AUDITOR | ADMIN  # whoever holds an office: for reading only


@dataclass(frozen=True)
class Person:
    """Who is signed in; on the pages by a session, which remembers the office that he chose.

    `may_sign`: not so for a token to which its person gave no such right; `until`: when the token ends.
    """

    id: int
    web: WebSession | None = None
    may_sign: bool = True
    until: datetime | None = None

    @property
    def session_id(self) -> int | None:
        """His session; None for a bearer token."""
        return self.web.id if self.web else None

    @property
    def office_id(self) -> int | None:
        """The office that he chose in his session."""
        return self.web.office_id if self.web else None


@dataclass(frozen=True)
class Caller:
    """Who acts, in which office, when; `outlook` is the path of the tree that he looks down on.

    `offices`: all that he holds at that moment.
    """

    held: Held
    at: datetime
    outlook: str
    offices: tuple[Held, ...] = ()

    @property
    def day(self) -> date:
        """The local day of the act."""
        return local_day(self.at)


_bearer = HTTPBearer(auto_error=False, description="A token per person: «dd_…»")


COOKIE = "dondoc"
BEFORE_CHANGE = ("/mat-khau", "/dang-xuat")
"""What is open to whoever must change his password first."""


def cookie_name(machine: Settings, name: str = COOKIE) -> str:
    """The cookie's name: over https one that only this very host can have set (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{name}" if is_https(machine) else name


def is_https(machine: Settings) -> bool:
    """Whether people reach the program over https."""
    return (machine.public_url or "").startswith("https:")


def signed_in(
    session: InTransaction, at: Now, request: Request, machine: OfMachine,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Person:  # fmt: skip
    """The person behind the token or the session. Raises `NotSignedIn`, the same for everything that doesn't hold, and
    `ChangePasswordFirst` whatever he asks for.
    """
    if given is not None:
        token = tokens.in_force(session, given.credentials, at)
        found = Person(token.person_id, may_sign=token.may_sign, until=token.expires_at) if token is not None else None
    else:
        found = _by_session(session, request.cookies.get(cookie_name(machine)), at)
    if found is None:
        raise NotSignedIn()
    if found.web is not None and found.web.must_change and request.url.path not in BEFORE_CHANGE:
        raise ChangePasswordFirst()
    return found


def knows(request: Request) -> bool:
    """Whether a request bears a token or a session in force: asked before a great body is read."""
    here: Machine = request.app.state.machine
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    with database.transaction(here.engine()) as session:
        if kind.lower() == "bearer":
            return tokens.verify(session, given, here.now()) is not None
        secret = request.cookies.get(cookie_name(here.settings()))
        return bool(secret) and sessions.find(session, secret or "", here.now()) is not None


def _by_session(session: Session, secret: str | None, at: datetime) -> Person | None:
    web = sessions.find(session, secret, at) if secret else None
    if web is None:
        return None
    sessions.touch(session, web, at)
    return Person(web.person_id, web)


SignedIn = Annotated[Person, Depends(signed_in)]
OfficeNamed = Annotated[
    int | None, Header(alias="Dondoc-Office", ge=1, le=2**31 - 1, description="the office that you act in")
]
OnPage = Annotated[int | None, Query(alias="vi-tri", ge=1, le=2**31 - 1, include_in_schema=False)]


def caller(
    session: InTransaction, at: Now, person: SignedIn, office: OfficeNamed = None, on_page: OnPage = None
) -> Caller:
    """The office that the person acts in. Raises `NotYourOffice`, `NameYourOffice`, `NoOffice`."""
    held = offices.of_person(session, person.id, local_day(at))
    named = office or on_page
    chosen = [one for one in held if named in (None, one.office_id)]
    if named is None and person.session_id is not None:
        # A page without a choice yet shows the first office, and says so; the header lets him change.
        chosen = [one for one in held if one.office_id == person.office_id] or held[:1]
    if len(chosen) == 1:
        acting.tell_caller(session, chosen[0].office_id)
        return of_office(chosen[0], at, held)
    if named is not None:
        raise NotYourOffice(office=named)
    if not held:
        raise NoOffice()
    raise NameYourOffice(reasons=[Reason(str(one.office_id), f"{one.title}, {one.unit}") for one in held])


@contextmanager
def let_in(bind: Engine, office_id: int) -> Iterator[Session]:
    """A transaction beside a request's own (a stream, work after the answer), for the office that was let in there."""
    with database.transaction(bind) as session:
        acting.tell_caller(session, office_id)
        yield session


def of_office(held: Held, at: datetime, all_held: Iterable[Held] = ()) -> Caller:
    """Who acts, in this office of his."""
    return Caller(held, at, _outlook(held), tuple(all_held))


def _outlook(held: Held) -> str:
    """A department's supervisor watches for the unit that it belongs to; everybody else from where he sits."""
    above = held.seat == "supervisor" and held.level == "body" and held.path.count("/") > 2
    return held.path[: held.path.rstrip("/").rindex("/") + 1] if above else held.path


Acting = Annotated[Caller, Depends(caller)]


def allowed(access: Access) -> Any:
    """The declaration of a route: who may call it. To stand in each route's `dependencies`, once."""
    check: Callable[..., Awaitable[None]]
    if Access.SIGNED_IN in access:

        async def check(_: SignedIn) -> None:
            """Whoever is signed in."""
    else:

        async def check(by: Acting) -> None:
            """Whoever acts in one of these seats."""
            if Access[by.held.seat.upper()] not in access:
                raise NotForYou(seat=by.held.seat, wanted=", ".join(str(one.name).lower() for one in access))

    _DECLARED[check] = access
    return Depends(check)


def declared(route: Any) -> list[Access]:
    """What a route declares, to be exactly one thing: asked when the app is made and by the tests."""
    return [_DECLARED[given.dependency] for given in route.dependencies if given.dependency in _DECLARED]


_DECLARED: dict[Callable[..., Awaitable[None]], Access] = {}
