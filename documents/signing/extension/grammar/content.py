"""What a look draws, operator by operator, in one pass over its bytes (ISO 32000-1, 7.8.2, 8.2 and annex A).

Each operator stands where the standard lets it stand and has its operands, no more and no less; what was opened (q, BT,
BMC, a path, a clip) is closed. Readers recover from anything else, each in its own way, and one of them then draws over
the page. None that a reader may not know, no image within the operators (BI), no shading, and nothing marked with
properties (BDC): these would join the words of the page.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from documents.signing.extension.grammar.placing import Placing
from documents.signing.extension.grammar.tokens import ENDS, GAP, HEX, LONGEST, NAME, NUMBER, name_of, string_end
from documents.signing.extension.refusing import no


class Step(NamedTuple):
    """An operator, and the name that it has as an operand ("" without)."""

    operator: bytes
    name: str


class _Rule(NamedTuple):
    """Operands (n: a number, s: a string, d: an array of numbers, a: of strings too, /: a name), where it may stand
    (p: on the page, t: in a text, a: in a path, c: before a clip is painted) and where that leads ("": nowhere else).
    """

    takes: str
    stands: str
    leads: str = ""


_RULES = {
    operator: rule
    for several, rule in (
        (b"q Q", _Rule("", "p")), (b"cm", _Rule("nnnnnn", "p")), (b"Do", _Rule("/", "p")),
        (b"w J j M i", _Rule("n", "pt")), (b"d", _Rule("dn", "pt")), (b"gs ri", _Rule("/", "pt")),
        (b"G g", _Rule("n", "pt")), (b"RG rg", _Rule("nnn", "pt")), (b"K k", _Rule("nnnn", "pt")),
        (b"CS cs", _Rule("/", "pt")), (b"SC SCN sc scn", _Rule("n*", "pt")),
        (b"BMC", _Rule("/", "pt")), (b"EMC", _Rule("", "pt")),
        (b"m", _Rule("nn", "pa", "a")), (b"re", _Rule("nnnn", "pa", "a")), (b"l", _Rule("nn", "a")),
        (b"c", _Rule("nnnnnn", "a")), (b"v y", _Rule("nnnn", "a")), (b"h", _Rule("", "a")),
        (b"W W*", _Rule("", "a", "c")), (b"S s f F f* B B* b b* n", _Rule("", "ac", "p")),
        (b"BT", _Rule("", "p", "t")), (b"ET", _Rule("", "t", "p")),
        (b"Tc Tw Tz TL Tr Ts", _Rule("n", "pt")), (b"Tf", _Rule("/n", "pt")),
        (b"Td TD", _Rule("nn", "t")), (b"Tm", _Rule("nnnnnn", "t")), (b"T*", _Rule("", "t")),
        (b"Tj '", _Rule("s", "t")), (b"\"", _Rule("nns", "t")), (b"TJ", _Rule("a", "t")),
    )
    for operator in several.split()
}  # fmt: skip
_BOUNDS = {
    b"Tf": (0.01, 1000), b"Tz": (1, 1000), b"Tr": (0, 2), b"Tc": (-100, 100), b"Tw": (-100, 100), b"Ts": (-100, 100),
    b"w": (0, 10_000), b"J": (0, 2), b"j": (0, 2), b"M": (0, 10_000), b"i": (0, 100),
}  # fmt: skip
"""Of the last number: letters of no size, or spaces as wide as the page, stand elsewhere for another reader."""
_SHOWS = frozenset({b"Tj", b"'", b'"', b"TJ"})
_PAIRS = {b"Q": b"q", b"ET": b"BT", b"EMC": b"BMC"}
_GREATEST = 32_767
"""Every number, at most (annex C)."""
_DEEPEST, _COLOURS, _OPERANDS, _MOST = 28, 4, 6, 100_000
"""What is open at once (annex C), operands, and tokens in all: the hand as a drawing has some thousand."""
_COMMENT = rb"(?:\A|(?<=[\r\n]))%[ 0-9A-Za-z]{0,40}+(?=[\r\n]|\Z)"
"""A whole line, as Acrobat and iText write it («% DSBlank»)."""
_TOKEN = re.compile(
    rb"(?:" + GAP + rb"++|" + _COMMENT + rb")*+(?:(?P<n>" + NUMBER + rb")|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]{0,2}+"
    + ENDS + rb")|(?P<name>" + NAME + rb")|(?P<string>\()|(?P<hex>" + HEX + rb")|(?P<open>\[)|(?P<close>\])|\Z)"
)  # fmt: skip


@dataclass
class _State:
    """Where it is: on the page, in a text, in a path (`level`), what is open, the operands that wait; and whether
    letters were chosen, now and at each q.
    """

    level: str = "p"
    held: list[bytes] = field(default_factory=list)
    chosen: list[bool] = field(default_factory=lambda: [False])
    placing: Placing = field(default_factory=Placing)
    kinds: str = ""
    said: list[bytes] = field(default_factory=list)
    array: str | None = None
    letters: int = 0
    kerned: float = 0
    parts: int = 0
    """Bytes of the strings that wait, all numbers between them, and how much stands in the array."""


def steps(drawing: bytes) -> list[Step]:
    """Each operator in its order. Raises `NotReturnedRight`."""
    state, done, at, tokens = _State(), list[Step](), 0, 0
    while at < len(drawing):
        token = _TOKEN.match(drawing, at)
        if token is None or tokens > _MOST or len(token["hex"] or b"") > LONGEST:
            raise _odd()
        at, kind, tokens = token.end(), token.lastgroup, tokens + 1
        if kind == "string":
            state.letters, at = state.letters - at, string_end(drawing, at) or len(drawing) + 1
            state.letters += at
        elif kind == "hex":
            state.letters += len(token["hex"])
        if kind == "operator":
            done.append(_step(token["operator"], state))
        elif kind is not None:
            _operand(kind, token[kind], state)
    if at > len(drawing) or state.held or state.kinds or state.array is not None or state.level != "p":
        raise _odd()
    return done


def _operand(kind: str, said: bytes, state: _State) -> None:
    """With one more; an array that is open takes numbers and strings, and closes to one operand."""
    letter = {"n": "n", "string": "s", "hex": "s", "name": "/"}.get(kind, "")
    if kind == "open" and state.array is None:
        state.array = "d"
    elif kind == "close" and state.array is not None:
        state.kinds, state.array = state.kinds + state.array, None
    elif letter == "n" and abs(float(said)) > _GREATEST:
        raise _odd()
    elif state.array is not None and letter in ("n", "s"):
        state.array = "a" if letter == "s" else state.array
        state.parts += 1
        state.kerned += abs(float(said)) if letter == "n" else 0
    elif state.array is None and letter and len(state.kinds) < _OPERANDS:
        state.kinds += letter
        state.said.append(said)
    else:
        raise _odd()


def _step(operator: bytes, state: _State) -> Step:
    rule = _RULES.get(operator)
    if rule is None or state.level not in rule.stands or state.array is not None or not _fits(state.kinds, rule.takes):
        raise _odd()
    _bounded(operator, state.said)
    _paired(operator, state.held)
    _with_letters(operator, state.chosen)
    if not _placed(operator, state):
        raise _odd()
    name = name_of(state.said[0]) if rule.takes.startswith("/") else ""
    state.level, state.kinds, state.said = rule.leads or state.level, "", []
    return Step(operator, name)


def _placed(operator: bytes, state: _State) -> bool:
    letters, kerned, parts = state.letters, state.kerned, state.parts
    state.letters, state.kerned, state.parts = 0, 0.0, 0
    if operator == b"d" and parts:
        return False  # dashes without end cost poppler minutes; a stamp's lines are whole
    if operator in _SHOWS or operator == b"T*":
        return state.placing.shows(operator, state.said, letters, kerned)
    return state.placing.takes(operator, state.said)


def _fits(kinds: str, takes: str) -> bool:
    if takes == "n*":
        return 1 <= len(kinds) <= _COLOURS and not kinds.strip("n")
    return kinds == takes or (takes, kinds) == ("a", "d")


def _bounded(operator: bytes, said: list[bytes]) -> None:
    if operator in _BOUNDS and not _BOUNDS[operator][0] <= float(said[-1]) <= _BOUNDS[operator][1]:
        raise _odd()


def _paired(operator: bytes, held: list[bytes]) -> None:
    if operator in _PAIRS and (not held or held.pop() != _PAIRS[operator]):
        raise _odd()
    if operator in _PAIRS.values():
        held.append(operator)
    if len(held) > _DEEPEST:
        raise _odd()


def _with_letters(operator: bytes, chosen: list[bool]) -> None:
    """Words are shown in letters that the same drawing chose, not in what was left from before."""
    if operator == b"Tf":
        chosen[-1] = True
    elif operator == b"q":
        chosen.append(chosen[-1])
    elif operator == b"Q":
        chosen.pop()
    elif operator in _SHOWS and not chosen[-1]:
        raise _odd()


def _odd() -> Exception:
    return no("hình của chữ ký vẽ bằng lệnh lạ hoặc sai chuẩn: dùng ảnh PNG hoặc JPEG (its look is drawn with what "
              "readers may not know).")  # fmt: skip
