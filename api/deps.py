"""What a route is given: the session of its one transaction, the moment, the settings, a page of a list."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from weakref import WeakKeyDictionary

from fastapi import Depends, Path, Query, Request
from sqlalchemy import Engine
from sqlmodel import Session

from states import clock, connecting, database
from states.settings import Settings, current


@dataclass(frozen=True)
class Machine:
    """What the app runs on (`app.state.machine`): the database as the login that owns nothing, the clock, the settings.

    Tests put theirs in its place. FastAPI's own overrides would have every request read all its dependencies anew.
    """

    engine: Callable[[], Engine] = database.request_engine
    now: Callable[[], datetime] = clock.now
    settings: Callable[[], Settings] = current


def machine(request: Request) -> Machine:
    """The machine of this request's app."""
    here: Machine = request.app.state.machine
    return here


async def engine(request: Request) -> Engine:
    """The way to the database."""
    return machine(request).engine()


async def turn(request: Request) -> AsyncIterator[None]:
    """A place among the requests that hold a connection, waited for without a thread.

    Who waits in the pool holds one of the few threads that those need who have a connection: with more requests at
    once than connections all would stand still. Half of the pool is left for whoever needs a second one.
    """
    loop = asyncio.get_running_loop()
    if loop not in _turns:
        _turns[loop] = asyncio.Semaphore(machine(request).settings().pool_size)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await _turns[loop].acquire()
    except TimeoutError:
        raise connecting.Busy() from None
    try:
        yield
    finally:
        _turns[loop].release()


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
_PATIENCE_SECONDS = 30


def session(
    bind: Annotated[Engine, Depends(engine)], _: Annotated[None, Depends(turn, scope="function")]
) -> Iterator[Session]:
    """One transaction per request, committed before the answer goes out (see `InTransaction`)."""
    with database.transaction(bind) as opened:
        yield opened


async def now(request: Request) -> datetime:
    """The moment of the request; everything below takes it as an argument."""
    return machine(request).now()


async def settings(request: Request) -> Settings:
    """This machine's settings."""
    return machine(request).settings()


# Scope "function": keys that are checked at the commit must speak before the answer is sent, not after it.
InTransaction = Annotated[Session, Depends(session, scope="function")]
Now = Annotated[datetime, Depends(now)]
OfMachine = Annotated[Settings, Depends(settings)]

_BIG, _INT = 2**63 - 1, 2**31 - 1
BigId = Annotated[int, Path(ge=1, le=_BIG)]
Id = Annotated[int, Path(ge=1, le=_INT)]
IdQuery = Annotated[int | None, Query(ge=1, le=_INT)]


@dataclass(frozen=True)
class Paging:
    """A page of a list: at most `limit` things after the `cursor` that the page before gave as `next`."""

    limit: int
    after: int


async def paging(
    limit: Annotated[int, Query(ge=1, le=200, description="how many at most")] = 50,
    cursor: Annotated[int, Query(ge=0, le=_BIG, description="what the page before gave as `next`")] = 0,
) -> Paging:
    """The page that is asked for."""
    return Paging(limit, cursor)


Page = Annotated[Paging, Depends(paging)]
