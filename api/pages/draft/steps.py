"""Các bước: the parts of a draft as a list of tasks, each with how it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.pages.draft.checks import Mark
from api.pages.draft.form import Grid, Text
from api.pages.draft.sheet import Entry, Sheet
from api.pages.vocabulary import Sign
from documents.contributing import Contribution
from documents.forms import Form

Say = Callable[[str], str]


@dataclass(frozen=True)
class Step:
    """A part of the draft: where it is on the page, what is in it, and its sign (xong, còn lỗi, chưa có, bỏ qua)."""

    name: str
    anchor: str
    more: str
    sign: Sign


def steps(
    form: Form, sheet: Sheet, tables: Sequence[Grid], written: Sequence[Text], marks: Sequence[Mark],
    asked: Sequence[Contribution], say: Say,
) -> list[Step]:  # fmt: skip
    """Every part of the page in its order, the presentation last."""
    made = [_texts(written, marks, say)] if written else []
    grids = [_table(grid, marks, say) for grid in tables]
    if form.kind == "plan":
        made += [_entries(say(_("Nhiệm vụ")), "tasks", sheet.tasks, marks, say),
                 _entries(say(_("Phân công")), "assignees", sheet.assignees, marks, say), *grids]  # fmt: skip
    else:
        made = [*grids, *made, _contributions(asked, say)]
    return [*made, _presenting(marks, say)]


def _table(grid: Grid, marks: Sequence[Mark], say: Say) -> Step:
    about = [mark for mark in marks if mark.table == grid.table.number]
    name = say(_("Biểu %(n)s")) % {"n": grid.table.number} + f". {grid.table.title}"
    if grid.nil and not grid.filled:
        return Step(name, grid.id, say(_("không phát sinh")), _sign(DONE, say))
    more = say(_("%(n)s ô số liệu")) % {"n": grid.filled}
    if any(mark.blocks and mark.code != "table-blank" for mark in about):
        return Step(name, grid.id, more, _sign(WRONG, say))
    if grid.filled:
        return Step(name, grid.id, more, _sign(DONE, say))
    if any(mark.blocks for mark in about):
        return Step(name, grid.id, say(_("nhập số liệu hoặc chọn không phát sinh")), _sign(MISSING, say))
    return Step(name, grid.id, say(_("không bắt buộc")), _sign(SKIPPED, say))


def _texts(written: Sequence[Text], marks: Sequence[Mark], say: Say) -> Step:
    done = sum(1 for one in written if one.value.strip())
    more = say(_("%(n)s/%(all)s mục")) % {"n": done, "all": len(written)}
    open_ = any(mark.blocks and mark.place.startswith("texts.") for mark in marks)
    sign = MISSING if open_ else DONE if done else SKIPPED
    return Step(say(_("Lời văn")), "texts", more, _sign(sign, say))


def _entries(name: str, place: str, entries: Sequence[Entry], marks: Sequence[Mark], say: Say) -> Step:
    said = sum(1 for one in entries if not one.blank)
    open_ = any(mark.blocks and mark.place == place for mark in marks)
    sign = (WRONG if said else MISSING) if open_ else DONE if said else SKIPPED
    return Step(name, place, say(_("%(n)s dòng")) % {"n": said}, _sign(sign, say))


def _contributions(asked: Sequence[Contribution], say: Say) -> Step:
    given = sum(1 for one in asked if one.revision_id)
    waits = [one for one in asked if not one.revision_id and not one.asked_only]
    more = say(_("%(n)s/%(all)s nơi đã cho số liệu")) % {"n": given, "all": len(asked)}
    if not asked:
        return Step(say(_("Đóng góp")), "contributions", say(_("không đề nghị ai")), _sign(SKIPPED, say))
    return Step(say(_("Đóng góp")), "contributions", more, _sign(MISSING if waits else DONE, say))


def _presenting(marks: Sequence[Mark], say: Say) -> Step:
    open_ = sum(1 for mark in marks if mark.blocks)
    if open_:
        more = say(_("mở khi sửa xong %(n)s chỗ")) % {"n": open_}
        return Step(say(_("Trình ký")), "checks", more, _sign(CLOSED, say))
    return Step(say(_("Trình ký")), "present", say(_("đã đủ để trình")), _sign(READY, say))


def _sign(sign: Sign, say: Say) -> Sign:
    return Sign(say(sign.word), sign.icon, sign.tone)


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


DONE = Sign(_("Xong"), "checks", "consolidated")
WRONG = Sign(_("Còn lỗi"), "alert-triangle", "returned")
MISSING = Sign(_("Chưa có"), "circle-dashed", "draft")
SKIPPED = Sign(_("Bỏ qua"), "minus", "waived")
CLOSED = Sign(_("Chưa mở"), "lock", "draft")
READY = Sign(_("Sẵn sàng"), "send", "signed")
