"""What the form of an act shows: whom one may name, the words that are needed, numbers to come, the content signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from api.pages.document import numbers as document_numbers
from api.pages.document import places as document_places
from api.pages.document.page import Row, signed_as
from api.pages.document.shown import Shown
from api.pages.shell import Visit
from api.pages.signing import words as signing_words
from api.seeing import Sight
from documents.forms import Form
from documents.signing import acts as signing
from documents.signing.acts import Way
from documents.writing.composing import compose
from states import days, offices, second_factor
from states.calendar import Calendar
from states.errors import Reason
from states.lifecycle import Action
from states.offices import Held
from states.reasons import WORDS

DAYS_TO_ANSWER = 3
"""Working days that a return gives where nothing else is chosen."""
FIELDS = {"lý do": "reason", "mã lý do": "reason_code", "hạn gửi lại": "due", "người nhận việc": "to_office",
          "nơi nhận": "recipients", "số, ký hiệu": "symbol", "người ký": "signer", "ngày đến": "arrived",
          "ngày văn bản": "date"} | {name: name for name in (
              "reason", "due", "number", "symbol", "signer", "date", "arrived", "arrived_time", "place")}  # fmt: skip
"""The form's field for each place that the door names."""
PASSPHRASE = "passphrase"
"""The field for the passphrase of a certificate; it is never shown again."""
_AHEAD = 15
_SAYS_WHY = (Action.SEND_BACK, Action.RETURN, Action.REOPEN, Action.RECALL, Action.WITHDRAW)
_MAY_SAY_WHY = (Action.REVISE, Action.ASSIGN)
_CODED = (Action.RETURN, Action.REOPEN)


@dataclass(frozen=True)
class ActForm:
    """The form of one act. `people`: (office, what stands in his way); `days`: days to choose, with the working days
    until then; `number`: the next one of the register; `reasons`: what stands in the way of the act itself; `way`: how
    it is signed or sealed; `hint`: the sample passphrase, in the demo alone."""

    action: Action
    seq: int
    reasons: Sequence[Reason]
    says_why: bool = False
    may_say_why: bool = False
    coded: bool = False
    people: Sequence[tuple[Held, str | None]] = ()
    must_name: bool = False
    codes: Sequence[tuple[str, str]] = ()
    places: Sequence[tuple[str, str]] = ()
    days: Sequence[tuple[date, int]] = ()
    due: date | None = None
    number: int | None = None
    recipients: Sequence[str] = ()
    shown: Shown | None = None
    asks_code: bool = False
    way: Way | None = None
    hint: str = ""
    signed_as: str = ""
    typed: dict[str, Any] = field(default_factory=dict)


def act_form(
    session: Session, seen: Sight, row: Row, action: Action, reasons: Sequence[Reason], found: Shown | None,
    form: Form | None, visit: Visit,
) -> ActForm:  # fmt: skip
    """The form as this visitor gets it now."""
    say, day = visit.say, visit.by.day
    facts: dict[str, Any] = {"says_why": action in _SAYS_WHY, "may_say_why": action in _MAY_SAY_WHY}
    facts |= _people(session, seen, action, visit)
    if action in _CODED:
        calendar = days.calendar(session)
        facts |= {"coded": True, "codes": [(str(code), say(words)) for code, words in WORDS.items()],
                  "places": document_places.choices(form, found.content if found else {}, say),
                  "days": days_ahead(calendar, day), "due": calendar.add_working_days(day, DAYS_TO_ANSWER)}  # fmt: skip
    elif action is Action.SUBMIT:
        facts |= {"number": document_numbers.next_out(session, seen.parties.issuer_id, day, row["series"]),
                  "recipients": recipients(session, seen.id, visit),
                  "way": signing.way_to_submit(session, seen.id, visit.now)}  # fmt: skip
    elif action is Action.RECEIVE:
        facts["number"] = document_numbers.next_in(session, visit.me.unit_id, day)
    elif action is Action.SIGN:
        paper = compose(session, seen.id, found.id if found else None, visit.now, office_id=visit.me.office_id)
        asks = second_factor.needs_second_factor(session, visit.me.person_id, visit.me.unit_id)
        facts |= {"asks_code": asks, "signed_as": signed_as(paper),
                  "way": signing.way_to_sign(session, seen.id, visit.me.actor, visit.now)}  # fmt: skip
    facts["hint"] = signing_words.hint(visit, facts["way"].certificate) if facts.get("way") else ""
    return ActForm(action, seen.seq, reasons, shown=found, **facts)


def days_ahead(calendar: Calendar, day: date, most: int = _AHEAD) -> list[tuple[date, int]]:
    """The next working days, each with its number."""
    return [(calendar.add_working_days(day, n), n) for n in range(1, most + 1)]


def recipients(session: Session, document_id: int, visit: Visit) -> list[str]:
    """Who is named under «Nơi nhận», as the paper would say it."""
    lines = compose(session, document_id, None, visit.now).recipients
    return [line.removeprefix("- ").rstrip(".;") for line in lines]


def working_days(calendar: Calendar, start: date, end: date) -> int:
    """How many working days from one day to another, the last one included; 0 where it has passed."""
    return max(0, calendar.working_days_between(start, end)) if end - start < timedelta(days=800) else 0


def _people(session: Session, seen: Sight, action: Action, visit: Visit) -> dict[str, Any]:
    if action is Action.PRESENT:
        return {"people": offices.who_could_sign(session, seen.id, visit.now)}
    if action in (Action.ASSIGN, Action.SEND_BACK):
        there = offices.of_unit(session, seen.parties.drafter_id, visit.by.day)
        return {"people": [(one, None) for one in there if one.seat == "drafter"], "must_name": action is Action.ASSIGN}
    return {}
