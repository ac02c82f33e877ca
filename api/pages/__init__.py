"""The pages: server-rendered, the same doors behind them as the API's."""

from fastapi import APIRouter, FastAPI

from api.pages import docs, static, today

ROUTERS: tuple[APIRouter, ...] = (today.router,)
PUBLIC: tuple[APIRouter, ...] = (docs.router,)


def install(app: FastAPI) -> None:
    """Serve the files beside the pages."""
    static.install(app)
