"""Names of figures (tên chỉ tiêu): the noun phrase of a clause, without what only leads up to it."""

from __future__ import annotations

import re

from documents.reading.figures.clauses import Clause, clause_of
from documents.reading.figures.marking import Marked
from documents.reading.figures.units import measures, only_counts
from documents.reading.flow import MARKER
from documents.reading.folding import fold, squeeze

_TELLS = r"(?:đã|có|còn|là|đạt|xảy ra|ghi nhận|phát hiện|phát sinh|hiện|tiếp nhận|đang)\b"
_PLACE = r"(?:xã|phường|huyện|tỉnh|thị trấn|thị xã|thành phố|quận|đặc khu|địa phương|đơn vị)"
_TIME = (
    r"(?:\s(?:[\d/.]+|[IVX]+|ngày|tháng|năm|quý|cuối|đầu|kỳ|nay|hết|này|qua|thời điểm|toàn|xã|phường|huyện|tỉnh|"
    r"địa bàn|trên))*"
)
_LEADS = re.compile(
    rf"(?:kết thúc|sau|qua|theo|trong|tính|đến|từ(?! chối)|tại|năm|quý|tháng|hiện nay|ngoài ra|bên cạnh đó|đồng thời|"
    rf"nhờ|riêng|kết quả)\b[^,:;]{{0,90}},\s"
    rf"|(?:(?:tính )?(?:đến|từ)|trong|năm|quý|tháng|tại|ở){_TIME}\s(?={_TELLS})"
    rf"|(?:năm \d{{4}}|trong (?:năm|kỳ|quý(?: [IV]+)?|tháng)(?: này)?|hiện nay|"
    rf"đến nay|toàn (?:{_PLACE}|trường|ngành|thôn|ấp|hội|đoàn)|"
    rf"trên địa bàn(?: (?:toàn )?{_PLACE})?|trong đó|trong số đó|"
    rf"cụ thể|như sau|kết quả)\b[\s,:]*"
    rf"|{_PLACE}\s(?={_TELLS})"
    r"|(?:có mặt|đã|đang|hiện|sẽ|có(?! quan)|còn(?! lại)|vẫn|gồm|là|đạt|chiếm|ghi nhận|phát hiện(?! sớm)|xảy ra|ước|"
    r"dự kiến|thực hiện được|tổng số|tổng cộng|số lượng|số|tỷ lệ|tỉ lệ|tương đương|tương ứng|và|với|bằng|"
    r"được(?=\s*$)|nâng tổng số lên|bình quân(?=\s*$))(?!\w)[\s,:]*",
    re.IGNORECASE,
)
_TRAILS = re.compile(
    r"(?:[\s,:;(\-]*(?<!\w)(?:là|đạt|chiếm|có|được|với|cho|khoảng|trên|số tiền|gồm|hiện có|tỷ lệ|tỉ lệ|tổng số|tăng|"
    r"giảm|cộng|(?<!nhà )ở|của|tại|bằng|ghi nhận|còn|dự kiến|ước|thêm|(?<!trở )lên|trong|và|hơn))+[\s,:;(\-]*$",
    re.IGNORECASE,
)
_TAILS = re.compile(
    r"(?:\s*(?<!\w)(?:như sau|của|tại|(?<!nhà )ở|cho|với|và|trong|trên|là|có|bằng|đạt(?<!chưa đạt)))+$", re.IGNORECASE
)
_VERB = re.compile(r"(?:đạt|còn|có mặt|ghi nhận|xảy ra|phát hiện|tiễn|giao)(?=\s*$)", re.IGNORECASE)
"""What is left to say of a figure whose clause has no noun but its unit: "đạt 16/19 tiêu chí"."""
_THIN = re.compile(
    r"(?:đã|được|chưa|không|còn lại|(?:đầu|cuối|trong) (?:năm|kỳ|quý|tháng)|phát sinh|đối với|trong đó|là|"
    r"sinh)\b",
    re.I,
)
_RELATIVE = re.compile(
    r"(?:nạn nhân|thành viên|học viên|đối tượng|bị can|đại biểu|tổ viên|người|xã|phường|thôn|bản|ấp|khóm|khu phố|huyện)"
    r"(?:, \w+| tham gia)?$",
    re.I,
)
"""A name of one noun that belongs to what was told just before: victims of those cases, communes of that campaign."""
_PLACES = re.compile(r"(?:xã|phường|thị trấn|thôn|bản|ấp|khóm|khu phố|huyện|đặc khu)(?:, [\w ]+)?$", re.I)
_AND = re.compile(r"[^,;.:()\d]{1,50}\svà\s", re.I)
"""Two counts side by side: the second is no part of the first ("của 24 cơ quan và 40 xã, phường")."""
_IN_ALL = re.compile(r"(?:với )?(?:tổng số|tổng cộng|tất cả)\b", re.I)
_NO_TOPIC = re.compile(
    r"(?:(?:trong )?lĩnh vực|về|công tác|kết quả|nội dung|cụ thể|trong đó|như sau|thực hiện|tình hình|điều \d|"
    r"tiến độ|"
    r"mục tiêu|nhiệm vụ|chỉ tiêu|ghi chú|theo|trên|căn cứ|phấn đấu|đến|từ)\b",
    re.I,
)
_DAY = re.compile(r"(?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})?|ngày \d+(?: tháng \d+(?: năm \d{4})?)?", re.I)
_AT = re.compile(r"(?:\s*(?:tại|thời điểm|tính|đến|hết|từ|vào|ngày|\())+\s*$", re.IGNORECASE)
_AT_PLACE = re.compile(r"(?:tại(?! chỗ)|ở|của|từ(?! chối| bỏ)|do|trong đó)\s", re.IGNORECASE)
_SHARE_VERB = re.compile(r"(?:đạt|bằng|chiếm|tăng|giảm)(?: (?:tỷ lệ|khoảng|gần|trên))?\s*$", re.IGNORECASE)
_SAME = re.compile(r"(?:tương đương|tương ứng|bằng|tức)(?:\s|$)", re.IGNORECASE)
"""How a clause begins that tells the figure before it in another measure."""
_WHEN = re.compile(r"(?:đầu|cuối|trong|giữa) (?:năm|kỳ|quý|tháng)|còn lại|phát sinh|không có", re.IGNORECASE)
_NOUN_FIRST = re.compile(r"(?:tỷ lệ|tỉ lệ|tổng số|số lượng|số)(?!\w)", re.IGNORECASE)
"""How a clause begins whose first words are the name; in others those nearest to the figure say most."""
LONGEST, _NEAREST, _DEEPEST = 16, 9, 3


def named(marked: Marked, start: int, end: int, unit: str, depth: int = 0) -> str:
    """What the figure at these offsets counts: "Hộ nghèo đa chiều", "Tay chân miệng: tử vong"."""
    clause = clause_of(marked, start, end)
    ahead, behind = noun(clause.ahead), _tail(clause.behind)
    if not ahead and clause.before and _SAME.match(clause.ahead) and depth < _DEEPEST:
        return share_named(marked, *clause.before, depth + 1)
    if measures(unit) and fold(behind).startswith(fold(unit.strip()) + " "):
        behind = behind[len(unit.strip()) :].strip()
    ahead = "" if _AT_PLACE.match(ahead) and (behind or unit) else ahead
    bare = not behind or fold(behind) == fold(unit.strip())
    name = _joined(ahead, behind, unit, bare, clause.labelled)
    if not _thin(name, ahead, bare) and not (ahead and _THIN.match(clause.ahead) and len(name.split()) <= 3):
        return _shortened(name, ahead, behind, clause.ahead)
    if clause.before and _PLACES.match(name) and _AND.fullmatch(marked.flow.text[clause.before[1] : start]):
        return squeeze(f"{noun(clause_of(marked, *clause.before).ahead)} {name}")
    above = _above(marked, clause, start, name, depth)
    if above and only_counts(name) and (parent := clause.parent or clause.before):
        share = marked.flow.text[parent[1] - 1] == "%"  # the same again, told in another measure
        again = share or marked.unit_behind(parent[1]).lower() == unit.lower()
        return above if again and clause.parent else _under(above, name) if not clause.parent else name
    if above and only_counts(name):
        return above
    if (under := _under(above, name)) != name:
        return under
    verb = _VERB.search(clause.ahead)
    return f"{verb[0]} {name}" if verb and name and bare and not ahead else name


def below_topic(marked: Marked, at: int, name: str) -> str:
    """A name with the topic of the sentence that it stands in: "Tay chân miệng: tử vong"."""
    return _under(_above(marked, clause_of(marked, at, at), at, name, _DEEPEST), name)


def _under(above: str, name: str) -> str:
    if above and name and not fold(name).startswith(fold(above)):
        return f"{above}: {name}"
    return name or above


def noun(said: str) -> str:
    """A clause's words without leads and trailing verbs; with a day in it, only what stands behind that."""
    rest = MARKER.sub("", squeeze(said).lstrip("*•- +"))
    while (lead := _LEADS.match(rest)) and lead.end():
        rest = rest[lead.end() :].lstrip(" ,:")
    if dated := list(_DAY.finditer(rest)):
        behind = rest[dated[-1].end() :]
        return noun(behind) if behind.strip() else re.sub(_AT, "", rest[: dated[0].start()]).strip(" ,")
    trail = _TRAILS.search(rest)
    return squeeze(rest[: trail.start()] if trail else rest).strip(" ,.:;(-–")


def _tail(behind: str) -> str:
    """The words behind a figure without the preposition that leads to the next one."""
    trail = _TAILS.search(behind)
    return behind[: trail.start()] if trail else behind


def _joined(ahead: str, behind: str, unit: str, bare: bool, labelled: bool) -> str:
    if not ahead:
        return behind
    if not bare:
        return f"{ahead}{':' if labelled else ''} {behind}"
    return ahead if only_counts(unit) or len(ahead.split()) > 2 or not unit else f"{ahead} {unit.strip()}"


def _thin(name: str, ahead: str, bare: bool) -> bool:
    """Whether a name says too little without what it belongs to."""
    if bare and not ahead:
        return True
    words = len(name.split())
    return words <= 1 or not ahead and words <= 2 or bare and words <= 3 or bool(_THIN.match(name))


def _above(marked: Marked, clause: Clause, at: int, name: str, depth: int) -> str:
    """What a thin name belongs to: the figure whose part it is, else the topic."""
    if clause.parent and depth < _DEEPEST:
        return _of_figure(marked, clause.parent, depth)
    topic = noun(clause.topic)
    if not topic and _WHEN.match(name):
        topic = _heading(marked, at)
    counts = _RELATIVE.match(name) or _IN_ALL.match(clause.ahead)
    alone = not noun(clause.ahead) and counts or _THIN.match(clause.ahead)
    if not topic and clause.before and depth < _DEEPEST and alone and not clause.labelled:
        return _of_figure(marked, clause.before, depth)
    return "" if _NO_TOPIC.match(topic) or len(topic.split()) > LONGEST else topic


def _of_figure(marked: Marked, figure: tuple[int, int], depth: int) -> str:
    """The name of another figure, of a share that of its count, unless it only counts as well."""
    if depth > _DEEPEST:
        return ""
    if marked.flow.text[figure[1] - 1] == "%":
        owner = clause_of(marked, *figure)
        name = _of_figure(marked, owner.before, depth + 1) if owner.before and not noun(owner.ahead) else ""
        name = name or share_named(marked, *figure, depth + 1)
    else:
        name = named(marked, *figure, marked.unit_behind(figure[1]), depth + 1)
    return "" if only_counts(name) else name


def _heading(marked: Marked, at: int) -> str:
    """The heading that a paragraph stands under ("a) Hộ nghèo"), one of the three paragraphs before."""
    start = marked.flow.paragraph(at)[0]
    for _ in range(3):
        if start == 0:
            break
        start, end = marked.flow.paragraph(start - 1)
        said = marked.flow.text[start:end]
        if len(said) <= 60 and not said.rstrip().endswith((".", ";")) and not marked.figure_behind(start, end):
            return noun(re.sub(r"\(.*", "", said).strip(" :"))
    return ""


def _shortened(name: str, ahead: str, behind: str, said: str) -> str:
    """A name of more words than a name has: what stands behind the figure, else the words nearest to it."""
    if len(name.split()) <= LONGEST:
        return name
    if 4 <= len(behind.split()) <= LONGEST:
        return behind
    words = ahead.split()
    kept = words[:LONGEST] if _NOUN_FIRST.match(said) else words[-_NEAREST:]
    return squeeze(f"{' '.join(kept)} {behind}") if ahead else " ".join(behind.split()[:LONGEST])


def share_named(marked: Marked, start: int, end: int, depth: int = 0) -> str:
    """What a percentage is of: its own clause's words, else those of the figure that it goes with."""
    clause = clause_of(marked, start, end)
    ahead, behind = noun(clause.ahead), _tail(clause.behind)
    if ahead and behind and _SHARE_VERB.search(clause.ahead):
        return _under(ahead, behind.split(", ")[0])
    goes_with = clause.before if not ahead and (clause.ahead or not behind or _THIN.match(behind)) else None
    if goes_with is None or depth > _DEEPEST:
        return named(marked, start, end, "", depth)
    name = _of_figure(marked, goes_with, depth)
    if fold(behind) and fold(behind) in fold(name):
        behind = ""
    return squeeze(f"{name}: {behind}") if name and behind else name or behind
