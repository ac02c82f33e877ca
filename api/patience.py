"""How long we wait for the head of a request: uvicorn alone waits for ever, which costs those nothing who keep us busy.

For `uvicorn --http api.patience:Patient`. How long a body may take is the wall's (`api.wall`).
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0
"""From the first byte (or from connecting) to the end of the headers."""
HEAD_BYTES = 32_768
"""The longest head, for uvicorn's --h11-max-incomplete-event-size."""

_PIECE = 4096


class Patient(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with a limit of time for each head."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has connected: from here on he has so long to ask for something."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Something came; a head that is whole is waited for no longer."""
        # h11 measures what is unfinished, so a long head that comes at once would pass: it is given in pieces.
        while data and not self.transport.is_closing():
            piece = data[:_PIECE] if self.conn.their_state is h11.IDLE else data
            super().data_received(piece)
            data = data[len(piece) :]
        if self.conn.their_state is h11.IDLE:
            self._wait()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._waiting is None and not self.transport.is_closing():
            self._waiting = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _stop(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if self.transport.is_closing() or self.conn.their_state is not h11.IDLE:
            return
        if self.conn.our_state is h11.IDLE and self.conn.trailing_data[0]:
            head = h11.Response(status_code=408, headers=[(b"connection", b"close"), (b"content-length", b"0")])
            self.transport.write((self.conn.send(head) or b"") + (self.conn.send(h11.EndOfMessage()) or b""))
        self.transport.close()
