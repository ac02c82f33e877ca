"""The API's description, as a page: Swagger UI from our own files."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages import language
from api.pages.rendering import html

router = APIRouter()


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """Public, as the description itself is."""
    return html("docs.html", language.chosen(request), nonce=str(request.scope["nonce"]))
