"""Biểu mẫu: the forms by code and version, and one as people know it."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse

from api.auth import Access, allowed
from api.deps import InTransaction
from api.pages.office import forms_shown, forms_told
from api.pages.shell import Visiting
from documents.forms import form as find_form
from documents.forms import load_forms
from states.errors import NotFound

router = APIRouter()


class NoSuchForm(NotFound):
    """Không có biểu mẫu {form} (no such form): choose one from the list of forms."""


@router.get("/bieu-mau", dependencies=[allowed(Access.OFFICE)])
def forms(visit: Visiting, session: InTransaction) -> HTMLResponse:
    """Each form with its versions, the newest first."""
    known = sorted(load_forms().values(), key=lambda one: (one.kind.value == "plan", one.code, -one.version))
    groups = [list(some) for _, some in groupby(known, key=lambda one: one.code)]
    return visit.page("forms/list.html", groups=groups, often=forms_shown.how_often(session))


@router.get("/bieu-mau/{code}/{version}", dependencies=[allowed(Access.OFFICE)])
def form(
    code: Annotated[str, Path(max_length=100)], version: Annotated[int, Path(ge=1, le=10_000)], visit: Visiting,
    session: InTransaction,
) -> HTMLResponse:  # fmt: skip
    """One version whole."""
    if (code, version) not in load_forms():
        raise NoSuchForm(form=f"{code}/{version}")
    found = find_form(code, version)
    old = forms_shown.before(found)
    return visit.page(
        "forms/form.html", form=found, grids=forms_shown.grids(found), way=forms_shown.way,
        rules=forms_told.rules(found, visit.say), versions=forms_shown.versions(code), old=old,
        changes=forms_told.changes(old, found, visit.say) if old else [],
        used=forms_shown.used_by(session, visit.by, found), digest=found.digest().hex(),
    )  # fmt: skip
