"""Names of bodies (cơ quan, tổ chức) in a text: where a name ends, its one form, its symbol."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.reading.folding import UPPER, fold, key, squeeze
from documents.reading.names.gazetteer import Gazetteer
from documents.reading.names.words import BODY, type_of_abbreviation

_STOP = re.compile(
    r"[;,()\[\]\n\"]|\./|\.\s|\.$|:|\s(?:-\s)?(?:ve|trien khai|ban hanh|ngay|huong dan|quy dinh|phe duyet|thuc hien|"
    r"chi dao|bao cao|xay dung|yeu cau|de nghi|giao|da|thi|trong|de|nham|tai|v/v|sua doi|bo sung|cong bo|kien toan|"
    r"to chuc|"
    r"trinh|co|nam|kem theo|chu tri|phoi hop|tiep tuc|kinh|duoc|cho|voi|khoa|nhiem ky|tham muu|quyet dinh|thong bao|"
    r"xin|moi|viec|giai doan|tran trong|so|se|cung|luon|theo|ky|cu|gui|den|la|phat dong|to cao|cung cap|lap|ra|dieu|"
    r"phan cong|tham gia|quan tam|dang|nhan|lay|xem|can cu|va cac|va lanh)\b"
)
_COMMITTEE = re.compile(
    r"(?:ubnd|uy ban nhan dan)(?: (?:tinh|thanh pho|quan|huyen|thi xa|xa|phuong|thi tran|dac khu))?$"
)
"""A committee that its unit's type ends ("UBND huyện Xây dựng Kế hoạch"): a capital behind it begins no name."""
_NO_NAME = ("huong dan", "quy dinh", "sua doi", "ban hanh")
"""Words that no body's name goes on with, in capitals or not."""
_FIXED = re.compile(
    r"thu tuong chinh phu|chinh phu|quoc hoi|bo chinh tri|ban bi thu(?: trung uong dang)?|uy ban thuong vu quoc hoi"
)
"""Bodies whose name is over where it is over."""
_MEANT = {
    "thi": ("thì",), "so": ("số",), "da": ("đã",), "de": ("để",), "la": ("là",), "nam": ("năm",), "tai": ("tại",),
    "ra": (),
    "co": ("có",), "ky": ("ký", "kỳ"), "cho": (), "ve": ("về",), "dang": ("đang",), "cu": ("cử",), "lap": ("lập",),
    "dieu": ("điều",), "luon": ("luôn",), "giao": (), "nhan": ("nhận",), "kinh": ("kính",), "khoa": ("khóa", "khoá"),
    "den": ("đến",), "trinh": ("trình",), "moi": ("mời",), "se": ("sẽ",), "lay": ("lấy",), "cung": ("cũng", "cùng"),
}  # fmt: skip
_SHORT = re.compile(rf"\((?:{UPPER}|&){{2,12}}\)\s*(?!$)")
"""A short form given once in brackets: "(VSTBPN)"."""
_DEPARTMENTS = re.compile(rf", {UPPER}\w+(?: \w+){{0,3}}(?:, {UPPER}\w+(?: \w+){{0,3}})?(?: và|,) {UPPER}")
"""Behind the first comma of a department of several fields: "Văn hóa, Thể thao và Du lịch"."""
_START = re.compile(rf"(?<![\w]){BODY}\b")
_ABOVE = {"ubnd": "UBND", "hdnd": "HĐND"}
_FORMS = (
    (re.compile(r"\buy ban nhan dan\b"), "UBND"), (re.compile(r"\bhoi dong nhan dan\b"), "HĐND"),
    (re.compile(r"\b(?:ubmttqvn|ubmttq viet nam|ub mttq viet nam)\b"), "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    (re.compile(r"\bct ?- ?xh\b"), "chính trị - xã hội"),
    (re.compile(r"\bubnd\b"), "UBND"), (re.compile(r"\bhdnd\b"), "HĐND"),
    (re.compile(r"\b(?:vstbcpn|vstbpn|vi ?stbpn|stbpn|vi su tbpn|vi su tbcpn)\b"), "vì sự tiến bộ của phụ nữ"),
    (re.compile(r"\bbdg\b"), "bình đẳng giới"),
    (re.compile(r"\bl(?:a)?o dong ?(?:-|,) ?(?:tb ?& ?xh|tbxh)\b"), "Lao động - Thương binh và Xã hội"),
    (re.compile(r"\bl[dđ]t[bd] ?&? ?xh\b"), "LĐTB&XH"),
)  # fmt: skip
_SYMBOLS = {
    "BCT": "Bộ Chính trị", "CP": "Chính phủ", "TTG": "Thủ tướng Chính phủ", "BTC": "Bộ Tài chính", "BNV": "Bộ Nội vụ",
    "BYT": "Bộ Y tế", "BTP": "Bộ Tư pháp", "BCA": "Bộ Công an", "BQP": "Bộ Quốc phòng", "BXD": "Bộ Xây dựng",
    "BLDTBXH": "Bộ Lao động - Thương binh và Xã hội", "BGDDT": "Bộ Giáo dục và Đào tạo", "BKHCN": "Bộ Khoa học và "
    "Công nghệ",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch", "BTTTT": "Bộ Thông tin và Truyền thông", "BCT-TW": "Bộ Chính trị",
    "BKHDT": "Bộ Kế hoạch và Đầu tư", "BNN": "Bộ Nông nghiệp và Phát triển nông thôn", "VPCP": "Văn phòng Chính phủ",
    "TW": "Ban Chấp hành Trung ương", "CTN": "Chủ tịch nước", "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "UBQG": "Ủy ban quốc gia vì sự tiến bộ của phụ nữ Việt Nam", "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "UBDT": "Ủy ban Dân tộc", "BNNMT": "Bộ Nông nghiệp và Môi trường",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A body's name in a text: its offsets and wording."""

    start: int
    end: int
    name: str


def at(text: str, start: int, gazetteer: Gazetteer | None = None) -> Named | None:
    """The body named at this offset (blanks skipped), or None."""
    folded = fold(text)
    found = re.compile(rf"\s*(?:cac |lanh dao |bo truong |chu tich )?{BODY}\b").match(folded, start)
    if found is None:
        return None
    begin = start + len(text[start : found.end()]) - len(text[start : found.end()].lstrip())
    fixed = _FIXED.match(folded, begin)
    end = fixed.end() if fixed else _end(text, folded, found.end())
    name = squeeze(text[begin:end]).strip(" .,-–")
    if gazetteer is not None and (unit := next(gazetteer.mentions(text[begin:end]), None)) and unit.start > 0:
        name = squeeze(text[begin : begin + unit.end]).strip(" .,-–")
        end = begin + unit.end
    return Named(begin, end, name) if name else None


def every(text: str, gazetteer: Gazetteer | None = None) -> list[Named]:
    """All bodies named in a text, none within another."""
    found: list[Named] = []
    until = 0
    for start in _START.finditer(fold(text)):
        if start.start() >= until and (named := at(text, start.start(), gazetteer)) and _is_name(named.name):
            found.append(named)
            until = named.end
    return found


def canonical(name: str) -> str:
    """One form for comparing and showing: UBND for Ủy ban nhân dân, full words for what is always shortened."""
    said = squeeze(_SHORT.sub("", name))
    for pattern, form in _FORMS:
        if found := pattern.search(fold(said)):
            said = said[: found.start()] + form + said[found.end() :]
    return squeeze(said)


def of_symbol(symbol: str) -> str:
    """The body that a symbol can only mean ("NQ-CP", "TT-BTC", "NQ/BCT"), or ""."""
    parts = re.split(r"[-/–]", fold(symbol).upper())
    if parts[0] in ("TT", "TTLT") and parts[-1] == "BCT":  # the ministry and the Politburo share their letters
        return "Bộ Công Thương"
    if parts[0] == "TTLT":  # several ministries together
        return ", ".join(_SYMBOLS[part] for part in parts[1:] if part in _SYMBOLS)
    for part in reversed(parts):
        plain = part.strip()
        if plain in _SYMBOLS:
            return _SYMBOLS[plain]
        if re.fullmatch(r"QH\d{0,2}", plain):
            return "Quốc hội"
        if re.fullmatch(r"UBTVQH\d{0,2}", plain):
            return "Ủy ban Thường vụ Quốc hội"
    return ""


def office_of(name: str) -> str:
    """A minister signs for the ministry, a chair for the committee."""
    heads = (
        r"^(?:bộ trưởng|chủ tịch|giám đốc|trưởng|chánh|trạm trưởng|chi cục trưởng|hiệu trưởng)\s+"
        r"(?=bộ|ubnd|ủy ban|sở|phòng|văn phòng|ban|trạm|chi cục|trường|trung tâm)"
    )
    return re.sub(heads, "", name, flags=re.I)


def initials(name: str) -> str:
    """The letters that a body's symbol is made of: "Ban vì sự tiến bộ của phụ nữ" gives BVSTBCPN."""
    said = canonical(name)
    return "".join(w if w.isupper() and len(w) > 1 else w[0] for w in re.findall(r"[^\W\d_]+", said)).upper()


def fits_symbol(name: str, symbol: str) -> float:
    """How well a body's name explains its symbol, 0..1; small words (của, và) may be left out of it."""
    first, *others = re.split(r"[-/–]", symbol)
    of_body = others[-1] if others and type_of_abbreviation(first) else first  # a công văn's begins with its issuer
    wanted = re.sub(r"[^A-Z]", "", fold(of_body).upper())
    if not wanted:
        return 0.0
    made = [fold(one).upper() for one in (initials(name), initials(re.sub(r"\b(?:của|và|về|các)\b", " ", name)))]
    made += [one[1:] for one in made if len(one) > 3]
    best = max(fuzz.ratio(one[: len(wanted) + 1], wanted) for one in made)
    return max(best, max(fuzz.ratio(one[: len(wanted)], wanted) for one in made)) / 100


def same(one: str, other: str) -> bool:
    """Whether two wordings name one body."""
    return key(canonical(one)) == key(canonical(other))


def _end(text: str, folded: str, start: int) -> int:
    for found in _STOP.finditer(folded, start):
        word = text[found.start() : found.end()].strip(" -")
        if (
            word[:1].isupper()
            and not text.isupper()
            and fold(word) not in _NO_NAME
            and not _COMMITTEE.search(folded[max(found.start() - 40, 0) : found.start()])
            or _other_word(word)
            or fold(word) == "so"
            and folded[: found.start()].endswith(("thieu", "dan"))  # "dân tộc thiểu số", "Dân số"
            or word == "("
            and _SHORT.match(text, found.start())
        ):
            continue
        if word == "," and _DEPARTMENTS.match(text, found.start()) and not _START.match(folded, found.start() + 2):
            continue
        return found.start()
    return len(text)


def _other_word(word: str) -> bool:
    """Another word that only folds to a stop word: "thị" is no "thì", "sở" no "số"."""
    meant = _MEANT.get(fold(word))
    return meant is not None and word.lower() not in (*meant, fold(word))


def _is_name(name: str) -> bool:
    """A body's name begins with a capital or is one of the usual short forms."""
    return name[:1].isupper() or fold(name).startswith(("phong ", "ban vi", "uy ban"))
