"""What a person chose (tùy chọn): a closed list of names, each with its values; what isn't chosen is the default.

How he is told of a topic: `now` at once, `digest` with other news at the next slot (what is urgent goes out at once
all the same), `off` not at all. What asks something of him can't be turned off, what is always urgent can't wait.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from states.errors import Invalid

NOTICE = "notice:"
"""What the name of a topic's preference begins with: «notice:submit»."""


class NoSuchPreference(Invalid):
    """Không có tùy chọn «{name}» (no such preference): choose one of {names}."""


class BadPreference(Invalid):
    """Tùy chọn «{name}» không nhận «{value}» (not a value it takes): choose one of {values}."""


@dataclass(frozen=True)
class Choice:
    """What may be chosen; the first is the default."""

    values: tuple[str, ...]

    @property
    def default(self) -> str:
        return self.values[0]


_NEWS = Choice(("digest", "now", "off"))
_WORK = Choice(("digest", "now"))
_URGENT = Choice(("now",))

NOTICES: Mapping[str, Choice] = {
    # ── steps ──
    "open": _WORK, "assign": _WORK, "present": _WORK, "send_back": _WORK, "sign": _WORK,
    "submit": _NEWS, "recall": _NEWS, "register": _NEWS, "withdraw": _WORK,
    "return": _URGENT, "reopen": _URGENT,
    # ── talk ──
    "question": Choice(("now", "digest")), "answer": Choice(("now", "digest", "off")),
    # ── the log ──
    "checkpoint": _URGENT,
    # ── the ladder ──
    "reminder-before": _NEWS, "reminder-due": _URGENT, "overdue": _WORK, "escalation-chair": _WORK,
    "escalation-above": _WORK, "return-due": _WORK, "manual-reminder": _URGENT,
}  # fmt: skip
"""By topic, as the notices have it."""

CHOICES: Mapping[str, Choice] = {
    "language": Choice(("vi", "en")),
    "density": Choice(("comfortable", "compact")),
    **{NOTICE + topic: choice for topic, choice in NOTICES.items()},
}
"""All names and what each may be."""


def all_of(session: Session, person_id: int) -> dict[str, str]:
    """All of a person's preferences, defaults filled in."""
    chosen = dict(session.connection().exec_driver_sql(_ALL, {"person": person_id}).tuples().all())
    return {name: _valid(choice, chosen.get(name)) for name, choice in CHOICES.items()}


def get(session: Session, person_id: int, name: str) -> str:
    """What a person chose, or the default. Raises `NoSuchPreference`."""
    choice = _choice(name)
    keys = {"person": person_id, "name": name}
    return _valid(choice, session.connection().exec_driver_sql(_GET, keys).scalar_one_or_none())


def put(session: Session, person_id: int, name: str, value: str) -> None:
    """Choose; the default is kept as no row. Raises `NoSuchPreference`, `BadPreference`."""
    choice = _choice(name)
    if value not in choice.values:
        raise BadPreference(name=name, value=value, values=", ".join(choice.values))
    statement = _FORGET if value == choice.default else _PUT
    session.connection().exec_driver_sql(statement, {"person": person_id, "name": name, "value": value})


def _choice(name: str) -> Choice:
    if name not in CHOICES:
        raise NoSuchPreference(name=name, names=", ".join(CHOICES))
    return CHOICES[name]


def _valid(choice: Choice, chosen: object) -> str:
    # A value of an older program is as good as none.
    return chosen if isinstance(chosen, str) and chosen in choice.values else choice.default


_ALL = "SELECT name, value FROM preference WHERE person_id = %(person)s"
_GET = "SELECT value FROM preference WHERE person_id = %(person)s AND name = %(name)s"
_PUT = """
INSERT INTO preference (person_id, name, value) VALUES (%(person)s, %(name)s, to_jsonb(%(value)s::text))
ON CONFLICT (person_id, name) DO UPDATE SET value = excluded.value
"""
_FORGET = "DELETE FROM preference WHERE person_id = %(person)s AND name = %(name)s"
