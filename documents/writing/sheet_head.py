"""What stands above the sheets of one document (phần đầu): who issues, its number, what it is, of which period."""

from datetime import datetime

from documents.writing import letterhead
from documents.writing.letterhead import House
from documents.writing.material import Facts, Material
from documents.writing.sheets import Head
from states.periods import LOCAL

_TYPE = {"report": "BÁO CÁO", "plan": "KẾ HOẠCH"}


def head_of(found: Material, house: House, at: datetime) -> Head:
    """The letterhead of a document's own workbook: parent, issuer, number, place and day, title, period."""
    facts, sent = found.facts, found.sent
    number = f"{sent.number:02d}/{sent.symbol}" if sent else f"      /{facts.series}-{facts.symbol}"
    year = found.moment.astimezone(LOCAL).year
    dated = f"{letterhead.place(facts.issuer, house)}, {letterhead.day_words(sent.day if sent else None, year)}"
    return Head(issuer_of(facts, house), _title(facts), at, [*period_of(facts), *_state(found)],
                beside=(f"Số: {number}", dated))  # fmt: skip


def issuer_of(facts: Facts, house: House) -> list[str]:
    """The body above, where it is written, and the issuer, in capitals."""
    above = letterhead.parent_line(facts.issuer, house)
    return [*([above] if above else []), " ".join(letterhead.issuer_lines(facts.issuer))]


def period_of(facts: Facts) -> list[str]:
    """ "(Số liệu từ ngày 15/12/2025 đến ngày 14/12/2026)"; nothing where it has no period."""
    if facts.period_first is None or facts.period_last is None:
        return []
    return [f"(Số liệu từ ngày {facts.period_first:%d/%m/%Y} đến ngày {facts.period_last:%d/%m/%Y})"]


def _title(facts: Facts) -> str:
    title = letterhead.title_of(facts.title, _TYPE[facts.kind])
    if len(title.split()) <= 3 and facts.form:  # "năm 2024" alone says too little
        title = f"{facts.form.title.removesuffix(' năm')} {title[:1].lower()}{title[1:]}"
    return f"{_TYPE[facts.kind]}: {title}"


def _state(found: Material) -> list[str]:
    if found.sent:
        return []
    return ["DỰ THẢO, CHƯA KÝ"] if found.is_draft else ["Đã ký, chưa lấy số"]
