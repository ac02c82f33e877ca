"""A draft's page put together: read once, the same for the whole page and for the parts that are sent while typing."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from api.pages.draft import checks as draft_checks
from api.pages.draft import grid as draft_grid
from api.pages.draft import words as draft_words
from api.pages.draft.checks import Mark, Taken
from api.pages.draft.facts import Facts, came_back, leaders, own_plans
from api.pages.draft.form import Beside, Grid, Said, Text, texts
from api.pages.draft.merge import Flat, Say, in_words
from api.pages.draft.save import Kept, shown
from api.pages.draft.sheet import complete, element
from api.pages.draft.steps import Step, steps
from api.pages.shell import Visit
from documents import contributing
from documents.contributing import Contribution
from states.offices import Held
from states.reading import coverage, talk
from states.reading.before import Before, before
from states.reading.coverage import TotalCoverage
from states.reading.talk import Thread
from states.reading.timeline import Event


@dataclass(frozen=True)
class Choice:
    """A place where two clash, for the panel."""

    place: str
    words: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Draft:
    """All that the page of a draft shows. `marks`: what the checks found; `must`: how many keep a signature away."""

    facts: Facts
    kept: Kept
    grids: list[Grid]
    texts: list[Text]
    marks: list[Mark]
    steps: list[Step]
    asked: list[Contribution]
    before: Before | None
    taken: Taken
    coverage: TotalCoverage | None
    leaders: list[Held]
    plans: list[tuple[int, str]]
    returned: Event | None
    threads: list[Thread]
    said: Mapping[str, tuple[Said, ...]]
    say: Say

    @property
    def must(self) -> list[Mark]:
        """What keeps a signature away."""
        return [mark for mark in self.marks if mark.blocks]

    @property
    def done(self) -> str:
        """How many steps are done: «4/6»."""
        return f"{sum(step.sign.tone == 'consolidated' for step in self.steps)}/{len(self.steps)}"

    @property
    def choices(self) -> list[Choice]:
        """The places where two clash, in words."""
        return [
            Choice(one.place, self._named(one.place), shown(one.place, one.mine), shown(one.place, one.theirs))
            for one in self.kept.clashes
        ]

    @property
    def came(self) -> list[str]:
        """What others had changed, in words."""
        return list(dict.fromkeys(map(self._named, self.kept.came)))

    def _named(self, place: str) -> str:
        assert self.facts.form is not None  # a draft without a form has no places
        known: Flat = {**{clash.place: clash.mine for clash in self.kept.clashes}, **self.kept.base}
        return in_words(place, self.facts.form, known, self.say)

    @staticmethod
    def anchor(name: str) -> str:
        """The id of a field's element, by its name."""
        return {"tasks": "tasks", "assignees": "assignees"}.get(name, element(name))


def draft(session: Session, found: Facts, kept: Kept, visit: Visit, since: Flat | None = None) -> Draft:
    """Everything around what is kept. `since`: what the page began from; what was typed since is read back."""
    form = found.form
    assert form is not None  # such a document has a page of its own
    now = visit.now
    earlier, taken = before(session, found.id), draft_checks.taken_in(session, found, now)
    asked = contributing.state_of(session, found.id) if found.kind == "report" else []
    heard, sheet = kept.heard, complete(kept.sheet, form)
    marks = draft_checks.marks(session, found, heard, sheet, taken, earlier, visit.say, visit.language, now)
    said = draft_words.said(sheet, heard, marks, kept.base if since is None else since, visit.say)
    beside = Beside(earlier, taken.figures, taken.gathered, said)
    tables, written = draft_grid.grids(form, sheet, heard, beside), texts(form, sheet, beside)
    return Draft(
        found, kept, tables, written, marks, steps(form, sheet, tables, written, marks, asked, visit.say), asked,
        earlier, taken, coverage.of_total(session, found.id) if found.has_children else None,
        leaders(session, found.id, now), own_plans(session, found) if found.kind == "report" else [],
        came_back(session, found.id), [one for one in talk.threads(session, found.id) if one.first.kind != "call"][:6],
        said, visit.say,
    )  # fmt: skip


def sums(made: Draft) -> dict[str, str]:
    """Every computed sum by the id of its element."""
    return {name: value for grid in made.grids for name, value in draft_grid.sums(grid).items()}


def notes(made: Draft) -> dict[str, list[list[str]]]:
    """What is said beside each field: [tone, words], by its name."""
    return {name: [[one.tone, one.words] for one in words] for name, words in made.said.items()}
