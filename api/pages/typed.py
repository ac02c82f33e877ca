"""What is typed into a page's form or address, read kindly: a wrong day or number is told beside it, not thrown."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from states.errors import Invalid, Reason

_MOST_FIELDS = 5000
_YEARS = range(1900, 2201)


class WrongInForm(Invalid):
    """Biểu vừa gửi còn chỗ chưa đúng (the form has places to correct): see each one, correct it, then send again."""


async def form_of(request: Request) -> FormData:
    """All fields of the form that was sent, as text."""
    return await request.form(max_fields=_MOST_FIELDS)


Sent = Annotated[FormData, Depends(form_of)]


def words(form: FormData, name: str, default: str = "") -> str:
    """One field as it was typed, without the blanks around it."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else default


def many(form: FormData, name: str) -> list[str]:
    """All fields of that name."""
    return [value for value in form.getlist(name) if isinstance(value, str)]


def day(text: str | None) -> date | None:
    """A day as browsers (2026-12-18) or people (18/12/2026) write it; None where it is none."""
    said = (text or "").strip()
    if said.count("/") == 2:
        said = "-".join(part.zfill(2) for part in reversed(said.split("/")))
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def number(text: str | None, most: int = 2**31 - 1) -> int | None:
    """A whole number from 1 on; None where it is none."""
    said = (text or "").strip()
    found = int(said) if said.isascii() and said.isdecimal() and len(said) < 12 else 0
    return found if 1 <= found <= most else None


class Reader:
    """A form read field by field; what is wrong is gathered, to be told all at once."""

    def __init__(self, form: FormData, say: Callable[[str], str]) -> None:
        self.form, self.say = form, say
        self.wrong: list[Reason] = []

    def words(self, name: str, missing: str = "", most: int = 500) -> str:
        """A text; `missing` is what is said where it must not be empty."""
        found = words(self.form, name)
        if not found and missing:
            self.wrong.append(Reason(name, missing))
        if len(found) > most:
            self.wrong.append(Reason(name, self.say("Dài quá %d ký tự; viết gọn lại.") % most))
        return found

    def day(self, name: str, missing: str = "") -> date | None:
        """A day; what is no day is told."""
        said = words(self.form, name)
        found = day(said)
        if said and found is None:
            self.wrong.append(Reason(name, self.say("«%s» không phải ngày; viết như 18/12/2026.") % said[:30]))
        elif not said and missing:
            self.wrong.append(Reason(name, missing))
        return found

    def done(self) -> None:
        """Raises `WrongInForm` with everything that is wrong."""
        if self.wrong:
            raise WrongInForm(reasons=self.wrong)
