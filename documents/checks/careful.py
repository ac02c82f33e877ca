"""The ways in: content in its form, a file that was read, any paper that somebody made up of what is known."""

from __future__ import annotations

from collections.abc import Mapping

from documents.checks.finding import Finding, worst_first
from documents.checks.papers.of_form import of_form
from documents.checks.papers.of_incoming import of_incoming
from documents.checks.papers.paper import Asked, Paper
from documents.checks.registry import RULES, arrange, run
from documents.checks.subjects import SUBJECTS
from documents.forms import Content, Form
from documents.reading.incoming import Incoming
from documents.reading.model import Text

arrange(SUBJECTS)


def check(
    form: Form, content: Content, previous: Content | None = None, *, consolidated: bool = False
) -> list[Finding]:
    """Everything a careful officer would say of the figures and texts, the worst first; needs no database.

    `previous` is the same unit's content of the period before, in the same form. In a `consolidated`
    document the figures also cover units below, so its own rows need not make them.
    """
    return of_paper(of_form(form, content, previous, consolidated=consolidated))


def of_file(
    recognised: Incoming, text: Text | None = None, asked: Asked | None = None,
    numbers: Mapping[str, str] | None = None,
) -> list[Finding]:  # fmt: skip
    """Everything of a file that was read, the worst first, its places in words ("trang 1, dòng 5").

    `text` is the file's own text: without it the rules about wording, captions and closing are silent. `asked` is the
    requirement that it answers, `numbers` the issuer's numbers of that year and who has them, where they are known.
    """
    return of_paper(of_incoming(recognised, text, asked, numbers))


def of_paper(paper: Paper) -> list[Finding]:
    """What all rules say of it, the worst first; a finding at one place is told once."""
    found = {(one.code, one.place, one.values): one for one in reversed(list(run(paper)))}
    return worst_first(list(reversed(found.values())))


__all__ = ["RULES", "check", "of_file", "of_paper"]
