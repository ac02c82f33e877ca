"""The moment, asked once at each door (a request, a run of a flow) and handed down as an argument."""

from datetime import UTC, datetime, timedelta
from functools import cache

from states import demo_clock
from states.database import program_engine
from states.settings import current


def now() -> datetime:
    """The present moment, aware, in UTC; on the demo's database ahead of the real one by a fixed span.

    Raises `demo_clock.NotADemo`: nobody turns the clock of an office's own database.
    """
    return datetime.now(UTC) + _ahead()


def on_telephones(at: datetime) -> datetime:
    """What a telephone shows at this moment: the demo's clock is turned, the world's are not."""
    return at - _ahead()


@cache
def _ahead() -> timedelta:
    ahead = current().demo_ahead
    if ahead is None:
        return timedelta()
    demo_clock.refuse_real_office(current(), program_engine())
    return ahead
