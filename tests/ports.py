"""Ports of this machine that a test may hand to a program that starts a moment later."""

from __future__ import annotations

import random
import socket

FIRST, LAST = 15_000, 32_000
"""Below what systems lend to outgoing connections: such a port is not taken between its choice and its use."""


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    chance = random.SystemRandom()  # hypothesis sows the common one: every worker would draw the same
    while True:
        port = chance.randrange(FIRST, LAST)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
