"""A total as a file: what the page shows, with letterhead, coverage and gaps on its face."""

from fastapi.responses import Response

from api.pages.shell import Visit
from api.pages.totals import preview as totals_preview
from api.pages.totals.facts import Facts
from documents.writing.sheets import Head, file_name
from documents.writing.total_sheet import total_csv, total_xlsx
from states.periods import local
from states.reading.by_unit import ByUnit
from states.reading.coverage import WHY
from states.reading.staleness import NoTotalYet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_of(facts: Facts, visit: Visit) -> Response:
    """The Excel file. Raises `NoTotalYet`."""
    return _file(total_xlsx(_total(facts), facts.form, _head(facts, visit)), XLSX, facts, visit, "xlsx")


def csv_of(facts: Facts, visit: Visit) -> Response:
    """The CSV file. Raises `NoTotalYet`."""
    return _file(total_csv(_total(facts), facts.form), "text/csv; charset=utf-8", facts, visit, "csv")


def _total(facts: Facts) -> ByUnit:
    if facts.foreseen is not None:
        return totals_preview.as_total(facts.foreseen, facts.total, facts.covered, WHY)
    if facts.made is None:
        raise NoTotalYet()
    return facts.made


def _head(facts: Facts, visit: Visit) -> Head:
    total = facts.total
    number = f"Kế hoạch số {total.plan_number}" if total.plan_number else "Kế hoạch"
    under = [f"({number}: {total.plan})"]
    if facts.foreseen is not None:
        under.append("BẢN XEM TRƯỚC, gồm số liệu chưa ký" if facts.asked.drafts else "BẢN XEM TRƯỚC")
    elif facts.version is not None:
        under.append(f"Bản {facts.version.no}, lập {local(facts.version.cut_at):%H:%M %d/%m/%Y}")
    return Head([visit.me.unit.upper()], f"BẢNG TỔNG HỢP: {total.title} – {total.unit}", visit.now, under)


def _file(content: bytes, kind: str, facts: Facts, visit: Visit, ending: str) -> Response:
    day = f"{local(visit.now):%Y-%m-%d}"
    view = "xem-truoc" if facts.foreseen is not None else ""
    name = file_name("tong-hop", facts.total.plan_number or str(facts.total.plan_id), facts.total.unit, view, day,
                     ending=ending)  # fmt: skip
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
