"""The key that verifies a checkpoint, found without the key that signs: for whoever may only read (trang, API)."""

from collections.abc import Iterator
from pathlib import Path

from states.errors import Conflict
from states.log import keys
from states.log.keys import LogKeyNotOurs
from states.log.notes import BadKey, Note, Verifier
from states.settings import Settings

FILE = "khoa-niem-phong.txt"
"""The verifier's one line, beside the checkpoints that outsiders keep."""


class NoVerifierHere(Conflict):
    """Máy này không có khóa kiểm của mốc niêm phong (the key that verifies the checkpoint is not known on this
    machine): đặt DONDOC_CHECKPOINTS là thư mục có khoa-niem-phong.txt, hoặc lập hồ sơ bằng `dondoc audit bundle` trên
    máy niêm phong (name that folder, or use the command where the log is sealed).
    """


def verifier_of(note: Note, settings: Settings) -> Verifier:
    """The key that signed this very note. Never makes a key. Raises `NoVerifierHere`."""
    for known in _known(settings):
        if known.signed(note):
            return known
    raise NoVerifierHere()


def _known(settings: Settings) -> Iterator[Verifier]:
    if settings.checkpoints is not None and (line := _text(settings.checkpoints / FILE)):
        try:
            yield Verifier.read(line)
        except BadKey:
            pass
    if settings.log_key is not None or _text(settings.home / keys.FILE):
        try:
            yield keys.of(settings).verifier
        except LogKeyNotOurs:
            pass


def _text(path: Path) -> str:
    """What stands in a file that may not be there or not be ours to read."""
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
