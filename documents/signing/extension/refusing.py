"""A refusal in both languages, from one string."""

from documents.signing.errors import NotReturnedRight
from states.sentences import InBoth


def no(said: str) -> NotReturnedRight:
    """A refusal from words in both languages: "việt (english)."."""
    vietnamese, _, english = said.removesuffix(").").rpartition(" (")
    return NotReturnedRight(why=InBoth(*(f"{one[:1].upper()}{one[1:]}." for one in (vietnamese, english))))
