"""Everything that the officer has before him: the paper, its fields, the document it may be, what is still open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session
from starlette.datastructures import FormData

from api.pages import typed
from api.pages.incoming import figures, layout
from api.pages.incoming import owed as offers
from api.pages.incoming.fields import Field, Group, by_key, groups
from api.pages.incoming.figures import Content
from api.pages.incoming.layout import Layout
from api.pages.incoming.owed import Choice
from api.pages.incoming.reader_words import reasons
from api.pages.shell import Visit
from documents.forms import form as form_of
from states import contents
from states.errors import Reason
from states.reading import incoming
from states.reading.incoming import One, Owed


@dataclass(frozen=True)
class Work:
    """One paper at work. `mode`: draft or register, by who looks; `choice`: the document that it may be."""

    one: One
    mode: str
    layout: Layout
    groups: list[Group]
    choices: list[Choice]
    choice: Choice | None
    content: Content | None
    registered: int | None
    say: Callable[[str], str]
    sought: str = ""

    @property
    def paper(self) -> Mapping[str, Any]:
        """The reading."""
        return dict((self.one.content or {})["paper"])

    @property
    def fields(self) -> dict[str, Field]:
        """The fields of the head by key."""
        return by_key(self.groups)

    @property
    def unlooked(self) -> list[Reason]:
        """What is unsure, stands as it was read, and nobody has confirmed: each with its field."""
        said = self.say(_("chưa đối chiếu"))
        found = [Reason(one.name, f"{one.label}: {said}") for one in self.fields.values()
                 if one.asks and not one.looked and not one.differs]  # fmt: skip
        if self.content is None:
            return found
        changed = {name for name, *_ in figures.differences(self.content)}
        return found + [Reason(one.name, f"{one.label}: {said}") for one in self.content.doubts
                        if not one.looked and one.name not in changed]  # fmt: skip

    def why(self, kept: str) -> str:
        """Why the reader is not quite sure of a value, in the visitor's language."""
        return reasons(kept, self.say)

    @property
    def cut(self) -> bool:
        """Whether more documents are open than are listed, so that one looks for the others by name."""
        return len(self.choices) >= incoming.OWED

    @property
    def differs(self) -> list[dict[str, str]]:
        """Field by field what stands otherwise than in the file."""
        head = [(one.name, one.label, one.read, one.value) for one in self.fields.values() if one.differs]
        cells = list(figures.differences(self.content)) if self.content else []
        return [dict(zip(("name", "label", "read", "stands"), row, strict=True)) for row in [*head, *cells]]

    @property
    def confirmed(self) -> dict[str, Any]:
        """What is kept with the outcome: each field as it was read and as it was let stand."""
        head = {key: {"read": one.read, "stands": one.value, "sure": one.sure, "place": one.place,
                      "looked": one.looked} for key, one in self.fields.items()}  # fmt: skip
        content = self.content.heard.content if self.content else {}
        return {"head": head, "content": content, "differs": self.differs, "reader": self.one.reader}


def work(session: Session, visit: Visit, one: One, asked: int | None, sent: FormData | None = None) -> Work:
    """The paper at work, as it was read or as the page was sent back. Only for one that was read."""
    assert one.content is not None
    paper = one.content["paper"]
    mode = "register" if visit.seat == "clerk" else "draft"
    sought = typed.words(sent, "tim-van-ban")[:_LONGEST] if sent is not None else ""
    open_ones = _open(session, visit, paper, asked, sought) if one.outcome is None else []
    found = offers.choices(paper, open_ones)
    choice = offers.chosen(found, asked)
    return Work(
        one, mode, layout.layout(one.content["text"], paper["tables"]), groups(paper, visit.say, sent), found, choice,
        _content(session, one, mode, choice, _for_it(sent, choice)), incoming.registered_as(session, one.digest),
        visit.say, sought,
    )  # fmt: skip


def _open(session: Session, visit: Visit, paper: Mapping[str, Any], asked: int | None, sought: str) -> list[Owed]:
    unit = paper["unit"]["value"] or {}
    key = str(unit.get("registry", "")), str(unit.get("code", ""))
    return incoming.owed(session, visit.me.unit_id, visit.seat, asked=asked, words=sought, unit=key)


def asked_for(sent: FormData | None, address: str | None) -> int | None:
    """The document that the page is about: by the form that was sent, or by the address."""
    return typed.number(typed.words(sent, "cho") if sent is not None else address, 2**63 - 1)


def _for_it(sent: FormData | None, choice: Choice | None) -> FormData | None:
    """The cells that were sent, unless they belong to the form of another document, chosen before."""
    was = typed.words(sent, "cho.was") if sent is not None else ""
    return sent if choice is not None and was == str(choice.owed.id) else None


def _content(session: Session, one: One, mode: str, choice: Choice | None, sent: FormData | None) -> Content | None:
    assert one.content is not None
    if choice is None:
        return None
    shape = form_of(choice.owed.form)
    proposal = one.content["proposals"].get(shape.key) or _NOTHING
    # A paper that is registered says only what stands on it; a draft may hold more already.
    draft = contents.draft(session, choice.owed.id).content if mode == "draft" else {}
    return figures.content(shape, proposal, draft, sent)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_LONGEST = 200
_NOTHING: dict[str, Any] = {"rows": [], "nil": [], "unplaced": [], "figures": {}, "texts": {}}
