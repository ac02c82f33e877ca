"""The keeper of the embedded PostgreSQL: its only parent, alive as long as somebody uses the server.

Every program that uses the server holds a shared lock on ``users.lock``. The keeper waits for
the exclusive one, which the kernel grants when the last user has ended *in whatever way*: also
after a kill -9, where a count of handles kept in a file would be wrong for ever. Then it stops
the server. Run as a script with the standard library alone, so that it is small and starts fast.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

FAST_SHUTDOWN = signal.SIGINT
"""PostgreSQL's word for: end the sessions, write everything down, stop."""


def main(home: Path, user: str | None, command: list[str]) -> int:
    """Run `command` (the server) as `user` until nobody holds ``users.lock``; return its exit code."""
    server_lock = os.open(home / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    # Waits for a server that is still shutting down: it inherited the lock of its own keeper.
    fcntl.flock(server_lock, fcntl.LOCK_EX)
    (home / "keeper.pid").write_text(f"{os.getpid()}\n")
    server = _start(command, user, server_lock)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: server.send_signal(FAST_SHUTDOWN))
    threading.Thread(target=_stop_after_last_user, args=(home, server), daemon=True).start()
    return server.wait()


def _start(command: list[str], user: str | None, server_lock: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        umask=0o077,
        pass_fds=(server_lock,),
        # Runs after the change of user, which would clear the wish.
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )


def _stop_after_last_user(home: Path, server: subprocess.Popen[bytes]) -> None:
    # Kept open until this process ends, so that a new user waits for the end of the shutdown.
    users_lock = os.open(home / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(users_lock, fcntl.LOCK_EX)
    server.send_signal(FAST_SHUTDOWN)


def _end_with_parent() -> None:
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, FAST_SHUTDOWN, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3:]))
