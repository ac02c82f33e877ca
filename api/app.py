"""The doors over HTTP, JSON and pages: every route declared, every refusal a problem. For `uvicorn api.app:app`."""

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import Engine, text
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from api import deps, idempotency, logs, openapi, pages, problems
from api.auth import declared, signed_in
from api.guard import Guard, guarded
from api.pace import Pace
from api.pages.errors import for_whom_it_is
from api.routes import ROUTERS
from api.wall import Wall
from states.errors import DonDocError
from states.settings import current

DESCRIPTION = """Plans (kế hoạch) down to every ward, reports (báo cáo) back up: signed, on time and traceable.

Every call bears a token (`Authorization: Bearer dd_…`); whoever holds several offices names the one he acts in
(`Dondoc-Office`). A step names the sequence its caller was looking at; an old one is answered 409 with the present
state. Refusals are `application/problem+json` with reasons in words. Moments carry +07:00. What creates takes an
`Idempotency-Key`. Lists come in pages (`limit`, `cursor`, `next`)."""


class NotDeclared(RuntimeError):
    """A route does not say who may call it: give it `dependencies=[allowed(...)]`, once."""


def create_app() -> FastAPI:
    """The app. Raises `NotDeclared` for a route that doesn't say who may call it."""
    app = FastAPI(
        title="Đôn Đốc", version="0.1.0", summary="Kế hoạch đi xuống, báo cáo đi lên", description=DESCRIPTION,
        middleware=[Middleware(Guard, https=_https()), Middleware(Pace), Middleware(GZipMiddleware, compresslevel=5),
                    Middleware(Wall, seconds=current().body_seconds)],
        generate_unique_id_function=openapi.operation_id, redoc_url=None, docs_url=None,
    )  # fmt: skip
    app.state.machine = deps.Machine()
    for router in ROUTERS:
        _check(router)
        app.include_router(router, dependencies=[Depends(signed_in)], responses=openapi.PROBLEM)
    for router in pages.ROUTERS:
        _check(router)
        app.include_router(router, dependencies=[Depends(signed_in)], include_in_schema=False)
    for router in (_public, *pages.PUBLIC):
        app.include_router(router)
    problems.install(app, lambda request, answer, error: guarded(for_whom_it_is(request, answer, error), request.scope))
    for part in (idempotency, openapi, pages):
        part.install(app)
    return app


def _https() -> bool:
    return (current().public_url or "").startswith("https:")


def _check(router: APIRouter) -> None:
    for route in router.routes:
        if not isinstance(route, APIRoute) or len(declared(route)) != 1:
            raise NotDeclared(route)


_public = APIRouter(tags=["health"])


@_public.get("/healthz", summary="Whether the program and its database answer")
def health(bind: Annotated[Engine, Depends(deps.engine)]) -> dict[str, str]:
    """Public; says nothing else."""
    try:
        with bind.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DonDocError:
        raise problems.Unavailable() from None
    return {"status": "ok"}


app = create_app()
logs.install()
