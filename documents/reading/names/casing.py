"""Names in capitals, as a letterhead prints them, written as a sentence writes them."""

from __future__ import annotations

import re

from documents.reading.folding import squeeze

_SHORT = "ubnd|hđnd|ubmttqvn|ubmttq|mttq|lhpn|ccb|tncs|bch|btv|thcs|thpt|ptdtbt|ptdtnt"
"""Short forms that stay in capitals."""


def sentence_case(name: str) -> str:
    """Capitals as a sentence writes them; names of units get theirs back from the gazetteer, known bodies from here."""
    if not name.isupper():
        return name
    return squeeze(_cased(name))


def as_written(name: str, whole: str) -> str:
    """A name as the text writes it elsewhere, in small letters with its capitals; else as `sentence_case` makes it."""
    if not name.isupper():
        return name
    pattern = r"\s+".join(map(re.escape, name.split()))
    found = (one[0] for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", whole, re.I))
    written = next((one for one in found if not one.isupper() and one[0].isupper()), "")
    return squeeze(written) or sentence_case(name)


def _cased(name: str) -> str:
    said = name.lower()
    types = r"(?<!\w)(tỉnh|thành phố|tp\.?|quận|huyện|thị xã|tx\.?|xã|phường|thị trấn|đặc khu)\s+(?!hội\b)(.+)$"
    if found := re.search(types, said):
        rest = found[2]
        said = said[: found.start(2)] + " ".join(capital(word) for word in rest.split())
    said = re.sub(rf"(?<!\w)(?:{_SHORT})(?!\w)", lambda found: found[0].upper(), said)
    said = re.sub(r"(?<=khu vực )(.+)$", lambda found: " ".join(map(capital, found[0].split())), said)
    said = said.replace("việt nam", "Việt Nam").replace("tổ quốc", "Tổ quốc")
    said = re.sub(r"(?<=\s)hội(?= LHPN| CCB| liên hiệp| nông dân| cựu)", "Hội", said)
    for small in ("- ", "sở ", "phòng ", "bộ ", "ban ", "trung tâm ", "chi cục ", "trạm "):
        if said.startswith(small):
            said = small + capital(said[len(small) :])
    if said.startswith(("sở ", "phòng ", "bộ ")):  # fields of one department: "Giáo dục và Đào tạo"
        said = re.sub(r"(?<=\bvà )(\w)|(?<=, )(\w)", lambda found: found[0].upper(), said)
    said = re.sub(r"(?<=^ủy ban )(?!nhân dân|mặt trận)(\w)", lambda found: found[0].upper(), said)
    said = re.sub(r"(?<=- )(\w)", lambda found: found[0].upper(), said)
    return capital(said)


def capital(said: str) -> str:
    """Its first letter large."""
    return said[:1].upper() + said[1:]
