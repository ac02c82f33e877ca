"""Which passwords anybody would try first (mật khẩu dễ đoán): our own short list and two rules, no service asked.

What is left of a password when the words everybody thinks of, the person's own names and years are taken out is read
as a walk over the keyboard: a character counts only if it is not the last one's neighbour or successor. Fewer than
`ENOUGH` such characters are too few. Nothing is demanded of the kinds of characters (OWASP ASVS 5.0, 6.2.5).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from states.names import search_form
from states.sentences import Sentence

ENOUGH = 4
"""Characters that must remain unforeseen: a random word of twelve letters has about nine."""
LONGEST_NUMBER = 15
"""Digits alone up to this length are somebody's identity card, telephone or account number."""

WORDS = tuple(
    """
    matkhau matma dangnhap taikhoan quantri quantrivien xinchao chaomung tamthoi macdinh moinguoi
    anhyeuem emyeuanh yeuem yeuanh giadinh hanhphuc maimai muonnam tinhyeu trongoi concho
    vietnam hanoi saigon hochiminh bacho danang haiphong laichau cantho nghean thanhhoa
    coquan congchuc canbo vanthu lanhdao chutich baocao kehoach dondoc ubnd uyban uybannhandan
    hoidong phuong thanhpho huyen tinh quan binhdanggioi thangha
    password passwort passw passwd parol login admin administrator root system user guest welcome letmein
    changeme default secret temp test demo sample access master server company office
    iloveyou loveyou lovely love forever family princess sunshine dragon monkey football baseball superman batman
    starwars pokemon naruto liverpool chelsea arsenal barcelona realmadrid manchester united juventus
    michael jackson jordan jennifer jessica christopher alexander elizabeth justin bieber ronaldo messi
    google facebook linkedin youtube microsoft windows samsung iphone android internet computer
    international professional whatever cookie monster transformers counterstrike minecraft warcraft playstation
    jesus christ fuck fucker fuckyou motherfucker bitch asshole shadow hunter killer ninja
    qwerty azerty asdfgh zxcvbn abc xyz
    """.split()
)
_LEET = str.maketrans("@$!013457", "asioieast")
_YEARS = re.compile(r"(?:19|20)\d\d")
_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_COLUMN = {key: column for row in _ROWS for column, key in enumerate(row)}


def why_guessable(password: str, own: Iterable[str] = ()) -> str | None:
    """None, or in words why somebody would guess it. `own`: what others know of the person: his names, his account."""
    plain = search_form(unicodedata.normalize("NFKC", password))
    if plain.isdecimal() and len(plain) <= LONGEST_NUMBER:
        return Sentence("chỉ gồm chữ số, như số căn cước, điện thoại hay ngày sinh")
    if _repeated(plain.replace(" ", "")):
        return Sentence("là một đoạn ngắn lặp lại")
    if is_foreseen(plain, {*WORDS, *parts_of(own)}):
        return Sentence("chỉ gồm những từ, tên, năm hay dãy phím ai cũng thử trước")
    return None


def is_foreseen(password: str, known: Iterable[str]) -> bool:
    """Whether too little is left of it without these words (small letters, no marks), years and walks."""
    without_years = _YEARS.sub("", search_form(password))
    readings = (without_years, without_years.translate(_LEET))
    return min(_unforeseen(_without(reading, known)) for reading in readings) < ENOUGH


def parts_of(own: Iterable[str]) -> Iterator[str]:
    """The words of his names, and each name written as one word; small letters without marks."""
    for name in own:
        words = re.findall(r"[a-z0-9]+", search_form(name))
        yield from (word for word in words if len(word) > 1)
        yield "".join(words)


def _without(password: str, known: Iterable[str]) -> str:
    """The least that is left when known words are taken out, whichever way they are told apart."""
    written = "".join(password.split())
    least = [""]  # of each beginning of what is written
    for end in range(1, len(written) + 1):
        ending = [least[end - len(word)] for word in known if word and written.endswith(word, 0, end)]
        least.append(min([least[end - 1] + written[end - 1], *ending], key=len))
    return least[-1]


def _unforeseen(rest: str) -> int:
    return bool(rest) + sum(not _follows(one, other) for one, other in pairwise(rest))


def _follows(one: str, other: str) -> bool:
    if abs(ord(one) - ord(other)) <= 1:
        return True
    return one in _COLUMN and other in _COLUMN and abs(_COLUMN[one] - _COLUMN[other]) <= 1


def _repeated(password: str) -> bool:
    """Whether it is a shorter piece (under twelve characters) said twice or more."""
    piece = (password + password).find(password, 1)
    return piece < min(len(password), 12)
