"""Passwords that many people have (mật khẩu phổ biến): nothing is asked over the network, no character demanded.

First the 10,000 most usual ones of the length we ask for, by digest. Then how many guesses zxcvbn needs, which knows
30,000 passwords of leaks, names, words, dates, keyboards, how people stretch them, and is told our words and what
others know of the person. Vietnamese names and endearments, which it doesn't know, are ours (OWASP ASVS 5.0, 6.2.4).
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from importlib import resources
from threading import Lock

from states.guessable import WORDS, is_foreseen, parts_of
from states.names import search_form
from states.sentences import Sentence

ENOUGH = 10**10
"""Guesses; zxcvbn calls this its highest grade, for passwords that are kept as slow hashes."""
READ = 24
"""Characters that are weighed: what begins well is not made worse by what follows, and the time grows fast."""
WIDTH = 5
"""Bytes kept of a digest: among 10,000 one password in a hundred million is refused without being there."""

LONGEST_NAME = 20
"""Letters of a name in four words."""
NAMES = frozenset(
    """
    nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong luong trinh dao mai cao lam
    van thi huu duc minh quang ngoc thanh xuan hong kim quoc cong dinh trong gia bao hai anh
    hung dung tuan long nam son huy khanh linh trang huong thao phuong thuy nhung yen hien hanh tam chi my nga binh an
    lan hoa cuc cuong thang thinh tien tu tung viet vinh giang ha hang hieu khoa kien loan ly nhi oanh phuc quan quynh
    tai thuong trung uyen vy dat diem hau hoai khang khoi loc nghia nhan phat phong sang tho tin toan tri
    """.split()
)
"""Family, middle and given names, without marks: whoever puts three of them and a year together is found at once."""
DEAR = frozenset(
    "anh em yeu con me ba bo ma cha vo chong nha toi minh ban nho thuong nhieu lam rat mai suot doi".split()
)
"""What people write to those they love."""


def why_usual(password: str, own: Iterable[str] = ()) -> str | None:
    """None, or in words why a list of usual or leaked passwords leads to it. `own`: the person's names, his account."""
    readings = _readings(password)
    if any(is_listed(reading) for reading in readings):
        return Sentence("nằm trong danh sách những mật khẩu nhiều người dùng, đã bị lộ")
    words = [*parts_of(own), *WORDS]
    if _is_name(password, words) or min(_guesses(reading, words) for reading in readings) < ENOUGH:
        return Sentence("chỉ ghép vài từ, tên hay số quen thuộc, máy tính đoán ra ngay")
    return None


def is_listed(password: str) -> bool:
    """Whether it is one of the 10,000, with capitals or without, or one with digits and signs put after it."""
    kept = _kept()
    return any(_at(kept, digest(one)) == digest(one) for one in {password.lower(), password.lower().rstrip(_AFTER)})


def packed(passwords: Iterable[str]) -> bytes:
    """The file of the list: each digest's beginning, in order."""
    return b"".join(sorted({digest(one.lower()) for one in passwords}))


def digest(password: str) -> bytes:
    """What is kept of a password."""
    return hashlib.sha256(password.encode("utf-8", "surrogatepass")).digest()[:WIDTH]


def _readings(password: str) -> set[str]:
    """As it is typed, and without marks and spaces as others would try it."""
    return {password, "".join(search_form(password).split())} - {""}


def _is_name(password: str, words: Iterable[str]) -> bool:
    """Whether it is somebody's name, or how one calls somebody dear; in a longer sentence such words mean little."""
    letters = sum(sign.isalpha() for sign in password)
    return letters <= LONGEST_NAME and is_foreseen(password, {*NAMES, *DEAR, *words})


def _guesses(password: str, words: list[str]) -> int:
    # Imported here: its lists cost a quarter of a second, and only who chooses a password needs them.
    from zxcvbn import zxcvbn

    with _ONE:  # it keeps the words of one caller where every caller reads them
        return int(zxcvbn(password[:READ], user_inputs=words)["guesses"])


def _at(kept: bytes, wanted: bytes) -> bytes:
    at = bisect_left(range(len(kept) // WIDTH), wanted, key=lambda n: kept[n * WIDTH : (n + 1) * WIDTH])
    return kept[at * WIDTH : (at + 1) * WIDTH]


@cache
def _kept() -> bytes:
    # Of the ten million passwords that M. Burnett counted in leaks up to 2015 (SecLists), the most frequent of twelve
    # characters and more; made by tests/usual_list.py, of digests alone.
    return resources.files("states").joinpath("usual_passwords.bin").read_bytes()


_AFTER = "0123456789!@#$%^&*().,?-_+= "
_ONE = Lock()
