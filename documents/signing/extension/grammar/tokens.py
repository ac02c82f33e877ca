"""Tokens of PDF (ISO 32000-1, 7.2 and 7.3), in objects and in what draws: one way to write each, one meaning for all.

Every pattern matches one token, keeps what it took (possessive) and so costs no more than its bytes.
"""

import re

from documents.signing.extension.refusing import no

GAP = rb"[\t\n\f\r ]"
"""White space (7.2.2) without NUL, and without the vertical tab, which is white to Python alone."""
ENDS = rb"(?=[\t\n\f\r ()<>\[\]/]|\Z)"
_ESCAPED = rb"#(?:2[0-9A-Fa-f]|3[A-Fa-f]|40|5[B-Fb-f]|60|7[B-Eb-e]|[89A-Fa-f][0-9A-Fa-f])"
NAME = rb"/(?:[!\"$&'*-.0-;=?-Z\\^-z|~]|" + _ESCAPED + rb"){1,127}+" + ENDS
"""7.3.5, at most as long as annex C has it. No escape of what needs none, a letter or a digit: no program writes it."""
NUMBER = rb"-?(?:(?:0|[1-9]\d{0,9}+)(?:\.\d{0,20}+)?|\.\d{1,20}+)" + ENDS
"""7.3.3, without a plus and without zeros in front."""
HEX = rb"<[0-9A-Fa-f\t\n\f\r ]*+>"
_IN_STRING = re.compile(rb"(?:[^()\\\r]|\\(?:[nrtbf()\\]|[0-3][0-7]{2}))*+", re.DOTALL)
"""7.3.4.2: three digits or a letter behind each backslash; a bare carriage return is another byte for each reader."""
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_CODE = re.compile(rb"#(..)")
_OPENS = 0x28
_DEEPEST, LONGEST = 40, 32_767
"""Brackets in brackets; bytes of a string (annex C): some readers cut off what is longer."""


def name_of(said: bytes) -> str:
    """A name without its slash. Raises `NotReturnedRight` where it is not UTF-8."""
    try:
        return _CODE.sub(lambda one: bytes.fromhex(one[1].decode()), said[1:]).decode()
    except UnicodeDecodeError as error:
        raise odd() from error


def hex_of(said: bytes) -> bytes:
    """A string between angle brackets (7.3.4.3), of whole bytes."""
    try:
        return bytes.fromhex(said[1:-1].decode())
    except ValueError as error:
        raise odd() from error


def string_end(data: bytes, at: int) -> int:
    """Behind the bracket that closes the string whose content begins there; 0 where none does as it should."""
    deep, begin = 1, at
    while 0 < deep < _DEEPEST:
        found = _IN_STRING.match(data, at)
        assert found  # it takes nothing where nothing is
        at = found.end() + 1
        if data[at - 1 : at] not in (b"(", b")"):
            return 0
        deep += 1 if data[at - 1] == _OPENS else -1
    return 0 if deep or at - begin > LONGEST else at


def string_of(content: bytes) -> bytes:
    """The bytes that a string between round brackets stands for."""
    return _ESCAPE.sub(_meant, content) if b"\\" in content else content


def _meant(escape: re.Match[bytes]) -> bytes:
    said = escape[1]
    return bytes([int(said, 8)]) if said.isdigit() else _LETTERS.get(said, said)


def odd() -> Exception:
    """The refusal."""
    return no("một đối tượng viết sai chuẩn, mỗi trình đọc hiểu một khác: đổi phần mềm ký (an object is not written "
              "as the standard asks).")  # fmt: skip
