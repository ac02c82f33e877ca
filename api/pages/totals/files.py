"""A total as a file: what the page shows, with letterhead, coverage and gaps on its face."""

from fastapi.responses import Response
from sqlmodel import Session

from api.pages.shell import Visit
from api.pages.totals import preview as totals_preview
from api.pages.totals.facts import Facts
from documents.writing import material
from documents.writing.below import heard_in
from documents.writing.house import house_of
from documents.writing.sheet_head import issuer_of, period_of
from documents.writing.sheets import MEDIA_TYPE, Head, file_name
from documents.writing.total_sheet import total_csv, total_xlsx
from states.periods import local
from states.reading.by_unit import ByUnit
from states.reading.coverage import WHY
from states.reading.staleness import NoTotalYet


def xlsx_of(session: Session, facts: Facts, visit: Visit) -> Response:
    """The Excel file. Raises `NoTotalYet`."""
    standings = {row.document_id: row.line for row in facts.lines.rows if row.line is not None}
    total = _total(facts)
    sources = [part.revision_id for part in total.parts if part.revision_id is not None]
    heard = heard_in(session, facts.total.id, sources, facts.form)
    body = total_xlsx(total, facts.form, _head(session, facts, visit), standings, heard)
    return _file(body, MEDIA_TYPE, facts, visit, "xlsx")


def csv_of(facts: Facts, visit: Visit) -> Response:
    """The CSV file. Raises `NoTotalYet`."""
    return _file(total_csv(_total(facts), facts.form), "text/csv; charset=utf-8", facts, visit, "csv")


def _total(facts: Facts) -> ByUnit:
    if facts.foreseen is not None:
        return totals_preview.as_total(facts.foreseen, facts.total, facts.covered, WHY)
    if facts.made is None:
        raise NoTotalYet()
    return facts.made


def _head(session: Session, facts: Facts, visit: Visit) -> Head:
    """Whoever looks at it, the head is of the unit whose total it is."""
    total, about = facts.total, material.read(session, facts.total.id, None, visit.now).facts
    number = f"Kế hoạch số {total.plan_number}" if total.plan_number else "Kế hoạch"
    under = [f"({number}: {total.plan})", *period_of(about)]
    if facts.foreseen is not None:
        under.append("BẢN XEM TRƯỚC, gồm số liệu chưa ký" if facts.asked.drafts else "BẢN XEM TRƯỚC")
    elif facts.version is not None:
        under.append(f"Bản {facts.version.no}, lập {local(facts.version.cut_at):%H:%M %d/%m/%Y}")
    issuer = issuer_of(about, house_of(session, total.id, visit.now))
    return Head(issuer, f"BẢNG TỔNG HỢP: {total.title} – {total.unit}", visit.now, under)


def _file(content: bytes, kind: str, facts: Facts, visit: Visit, ending: str) -> Response:
    day = f"{local(visit.now):%Y-%m-%d}"
    view = "xem-truoc" if facts.foreseen is not None else ""
    name = file_name("tong-hop", facts.total.plan_number or str(facts.total.plan_id), facts.total.unit, view, day,
                     ending=ending)  # fmt: skip
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
