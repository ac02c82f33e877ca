"""Other words for one thing (từ đồng nghĩa trong văn bản): what text and table may each call by a name of its own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from documents.checks.said.phrases import words
from documents.reading.folding import fold

_SAME: Final = {
    "nu": r"chi em|phu nu|nu gioi|hoi vien phu nu|pn|ba con phu nu",
    "tre": r"chau|em nho|tre em|thieu nhi|hoc sinh|em|chau be",
    "nguoi bi": r"nan nhan(?: bi)?|nguoi la nan nhan",
    "bao luc": r"bao hanh|danh dap|nguoc dai|blgd|blg|bao luc gia dinh|bao luc tren co so gioi|bao luc gioi",
    "tiem": r"tiem chung|tiem phong|chich ngua",
    "giao quan": r"giao nhan quan|giao, nhan quan|nhap ngu|len duong",
    "tro giup": r"ho tro|giup do|tuong tro",
    "truyen thong": r"tuyen truyen|noi chuyen|truyen thong truc tiep|sinh hoat chuyen de|pho bien",
    "tap huan": r"boi duong|huan luyen|dao tao ngan han",
    "tang qua": r"trao qua|suat qua|phan qua|qua tang",
    "khu pho": r"to dan pho|khoi pho|khom|cac khu pho",
    "tu vong": r"chet|thiet mang",
    "tin bai": r"tin,? bai|ban tin|bai viet|luot phat",
    "kham": r"tham kham|soi,? kham|kham sang loc|duoc kham",
    "bang ron": r"bang-ron|phuon",
    "to gap": r"to roi|to buom",
}
_PATTERNS = [(one, re.compile(rf"(?<!\w)(?:{said})(?!\w)")) for one, said in _SAME.items()]
_IDLE = frozenset("toan xa phuong huyen tinh thi tran khu thon ban tong cong so nguoi luot ho cai suat duoc bi "
                  "theo tai "
                  "1 01 mot".split())  # fmt: skip


@lru_cache(maxsize=4096)
def meant(said: str) -> frozenset[str]:
    """The words that tell a thing from others, those that mean one thing written in one way."""
    text = fold(said)
    for one, pattern in _PATTERNS:
        text = pattern.sub(one, text)
    return frozenset(words(text)) - _IDLE
