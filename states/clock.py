"""The moment, asked once at each door (a request, a run of a flow) and handed down as an argument."""

from datetime import UTC, datetime, timedelta

from states.settings import current


def now() -> datetime:
    """The present moment, aware, in UTC; the demo's clock is ahead of the real one by a fixed span."""
    return datetime.now(UTC) + (current().demo_ahead or timedelta())
