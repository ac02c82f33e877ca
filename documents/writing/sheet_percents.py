"""Percentages (tỷ lệ) on a sheet: formulas of a numerator and a denominator, never an average and never a sum."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from documents.forms import Form
from documents.writing.grids import percent_words
from documents.writing.sheets import Book
from states.figures import Cell, Ratio

Parts = tuple[Cell, Cell]
"""The cells of a percentage's numerator (tử số) and denominator (mẫu số)."""
_DIGITS = {"num_format": "0.0#"}


def parts_of(form: Form) -> dict[Cell, Parts]:
    """The percentage cells of a form that are made of two others."""
    found = {}
    for rule in (one for one in form.identities if one.kind == "percent"):
        for row in form.table(rule.table).categories:
            made, part, whole = (Cell.of(rule.table, row.number, n) for n in (rule.stated, rule.part, rule.whole))
            if row.number in (rule.rows or (row.number,)) and {made, part, whole} <= form.specs.keys():
                found[made] = part, whole
    return found


def write_percent(
    book: Book, sheet: Worksheet, place: tuple[int, int], cells: tuple[str, str], ratio: Ratio | None,
    more: Mapping[str, Any],
) -> None:  # fmt: skip
    """Hundredths as a live formula with its value; of bounded parts words, where there is none "…"."""
    percent = ratio.percent() if ratio else None
    if ratio is None or percent is None:
        sheet.write_string(*place, "…", book.look("silent", more))
    elif not (ratio.part.is_exact and ratio.whole.is_exact):
        sheet.write_string(*place, f"khoảng {percent_words(ratio)}", book.look("bound", more))
    else:
        formula = f'=IF(N({cells[1]})=0,"…",ROUND(100*{cells[0]}/{cells[1]},2))'
        sheet.write_formula(*place, formula, book.look("number", {**_DIGITS, **more}), float(percent))
