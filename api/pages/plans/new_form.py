"""What stands in the form of a new plan, as it was typed: texts, never refused here, so that nothing is lost.

Fields of the n-th requirement begin with «yc{n}-», those of a level of it with «yc{n}-{level}-».
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from api.pages import typed
from states.units import LEVELS

MOST_REQUIREMENTS = 12


@dataclass(frozen=True)
class TypedLevel:
    """A level's deadline and bodies. `due`: a day; `hour`: empty for the end of the day."""

    level: str
    due: str = ""
    hour: str = ""
    issuer_role: str = ""
    drafter_role: str = ""
    receiver_role: str = ""
    follower_roles: str = ""
    copies: str = ""


@dataclass(frozen=True)
class TypedRequirement:
    """What is asked. `period`: «half:1», «action_month», «custom», …"""

    n: int
    kind: str = "report"
    title: str = ""
    form: str = ""
    period: str = "action_month"
    year: str = ""
    first: str = ""
    last: str = ""
    label: str = ""
    legal_basis: str = ""
    series: str = ""
    urgency: str = ""
    periodic: bool = False
    split: bool = False
    levels: Sequence[TypedLevel] = field(default_factory=tuple)

    def level(self, name: str) -> TypedLevel:
        """What was typed for a level."""
        return next((one for one in self.levels if one.level == name), TypedLevel(name))


@dataclass(frozen=True)
class TypedPlan:
    """The plan. `chosen`: units with whether all below them is meant; `opened`: branches of the tree that are open."""

    title: str = ""
    subject: str = ""
    field: str = ""
    legal_basis: str = ""
    form: str = "plan/1"
    issuer: str = ""
    drafter: str = ""
    day: str = ""
    chosen: Sequence[tuple[int, bool]] = ()
    opened: Sequence[int] = ()
    requirements: Sequence[TypedRequirement] = ()


def read(form: FormData) -> TypedPlan:
    """The form as it was sent."""
    count = min(typed.number(typed.words(form, "so-yc")) or 1, MOST_REQUIREMENTS)
    names = ("title", "subject", "field", "legal_basis", "form", "issuer", "drafter", "day")
    return TypedPlan(
        **{name: typed.words(form, name) for name in names}, chosen=tuple(dict(_chosen(form)).items()),
        opened=tuple(filter(None, map(typed.number, typed.many(form, "mo")))),
        requirements=tuple(_requirement(form, n) for n in range(1, count + 1)),
    )  # fmt: skip


def _requirement(form: FormData, n: int) -> TypedRequirement:
    names = ("kind", "title", "form", "period", "year", "first", "last", "label", "legal_basis", "series", "urgency")
    texts = {name: typed.words(form, f"yc{n}-{name}") for name in names}
    return TypedRequirement(n, **texts, periodic=f"yc{n}-periodic" in form, split=f"yc{n}-split" in form,
                            levels=tuple(_level(form, n, level) for level in LEVELS))  # fmt: skip


def _level(form: FormData, n: int, level: str) -> TypedLevel:
    names = ("due", "hour", "issuer_role", "drafter_role", "receiver_role", "follower_roles", "copies")
    return TypedLevel(level, *(typed.words(form, f"yc{n}-{level}-{name}") for name in names))


def _chosen(form: FormData) -> Iterator[tuple[int, bool]]:
    """Units ticked where the tree shows them; those chosen before that it does not show stay as they were.

    A box says «7:ca» (the unit and all below it) or «7:rieng» (the unit alone); both: all below it.
    """
    shown = {part for text in typed.many(form, "hien") for part in text.split()}
    kept = [one for one in typed.many(form, "giu") if one.partition(":")[0] not in shown]
    dropped = typed.words(form, "bo-don-vi")
    found: dict[int, bool] = {}
    for said in (*kept, *typed.many(form, "nhan")):
        unit, _, part = said.partition(":")
        number = typed.number(unit)
        if number is not None and unit != dropped:
            found[number] = found.get(number, False) or part == "ca"
    yield from found.items()


def without(plan: Sequence[TypedRequirement], n: int) -> tuple[TypedRequirement, ...]:
    """The requirements but the n-th, numbered anew."""
    rest = [one for one in plan if one.n != n]
    return tuple(TypedRequirement(**{**vars(one), "n": number}) for number, one in enumerate(rest, 1))
