"""The ways to people (kênh báo tin): what each must be able to do, and how it fails.

A channel sends one message and says nothing, or raises `ChannelError`; whether and when to try again is not its
matter. E-mail and webhook are here; Zalo or an SMS gateway are further classes with a name and `send`.
"""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from notifications.messages import Message
from states.errors import DonDocError


class ChannelError(DonDocError):
    """The message could not be sent: {why}."""

    def __init__(self, message: str | None = None, permanent: bool = False, **fields: Any) -> None:
        """`permanent`: trying again can't help, because it lies in this message or its recipient."""
        self.permanent = permanent
        super().__init__(message, **fields)


class Channel(Protocol):
    """One way to people. `name` stands in each delivery's row, and is never changed."""

    @property
    def name(self) -> str: ...

    def send(self, message: Message) -> None:
        """Send, or raise `ChannelError`. Returning means that the other side has taken the message."""


@runtime_checkable
class Closes(Protocol):
    """A channel that keeps its connection from message to message, until the run ends."""

    def close(self) -> None: ...
