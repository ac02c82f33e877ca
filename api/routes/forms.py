"""Forms (biểu mẫu) as data, by code and version."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from api.auth import Access, allowed
from api.schemas.documents import FormOut
from documents.forms import form, load_forms

router = APIRouter(prefix="/forms", tags=["forms"])


@router.get("", summary="All forms", dependencies=[allowed(Access.OFFICE)])
def read_forms() -> list[FormOut]:
    """Every version that ships."""
    return FormOut.all(list(load_forms().values()))


@router.get("/{code}/{version}", summary="A form whole", dependencies=[allowed(Access.OFFICE)])
def read_form(
    code: Annotated[str, Path(max_length=100)], version: Annotated[int, Path(ge=1, le=10_000)]
) -> dict[str, Any]:
    """Sections, tables, columns, categories, identities."""
    return form(code, version).data
