"""The text of a plan (thân kế hoạch): purpose, tasks, targets, money, reports that it asks for, who does what."""

from collections.abc import Mapping, Sequence
from typing import Any

from documents.forms import Form, Section
from documents.writing.beside import Asked
from documents.writing.grids import written
from documents.writing.letterhead import day_or_words
from documents.writing.material import Material
from documents.writing.paper import Block, Column, Heading, Paragraph, Row, Table
from documents.writing.sections import numbered, paragraphs
from states.periods import vi_date

_Part = tuple[str, list[Block]]
_LEVELS = {"nation": "Trung ương", "province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã",
           "village": "Thôn, tổ dân phố", "body": "Cơ quan, đơn vị"}  # fmt: skip
_DETAILS = (("assignees", "Đơn vị thực hiện"), ("due", "Thời hạn"), ("target", "Chỉ tiêu"), ("amount", "Kinh phí"))
_SHORT = 160  # letters: a longer task does not stand in a table
_LETTERS = "a b c d đ e g h i k l m n o p q r s t u v x y".split()


def blocks(material: Material, asked: Sequence[Asked]) -> list[Block]:
    """Sections in the form's order, each with the tables and lists that belong to it."""
    form, content = material.facts.form, material.content
    if form is None:
        return [block for words in content.get("texts", {}).values() for block in paragraphs(words)]
    parts: list[_Part] = []
    for section in form.sections:
        parts += _section(material, form, section, asked)
    return numbered([part for part in _joined(parts) if part[1]])


def _section(material: Material, form: Form, section: Section, asked: Sequence[Asked]) -> list[_Part]:
    content = material.content
    inside = paragraphs(content.get("texts", {}).get(section.code))
    match section.code:
        case "tasks":
            inside += _tasks(form, content.get("tasks", []))
            return [(section.title, inside), ("Chỉ tiêu", _table(form, content, "targets"))]
        case "budget":
            inside += _table(form, content, "budget")
        case "organisation":
            inside += _assignees(content.get("assignees", []))
            return [("Chế độ thông tin, báo cáo", _asked(asked)), (section.title, inside)]
    if not inside and section.required and material.is_draft:
        inside = [Paragraph("(chưa có nội dung)", "blank")]
    return [(section.title, inside)]


def _joined(parts: list[_Part]) -> list[_Part]:
    """Purpose and demands share one part, as every plan has them: "I. MỤC ĐÍCH, YÊU CẦU"."""
    if len(parts) < 2 or [title for title, _ in parts[:2]] != ["Mục đích", "Yêu cầu"] or not parts[1][1]:
        return parts
    inside = [block for number, (title, said) in enumerate(parts[:2], 1)
              for block in (Heading(f"{number}. {title}", 2), *said)]  # fmt: skip
    return [("Mục đích, yêu cầu", inside), *parts[2:]]


def _tasks(form: Form, tasks: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Short tasks with days, doers, targets or amounts in a table; else prose under the form's groups: 1., a), b)."""
    titles = {group.number: group.title for group in form.task_groups}
    detailed = [task for task in tasks if any(task.get(key) for key, _ in _DETAILS)]
    length = max((len(str(task.get("title", ""))) for task in tasks), default=0)
    if detailed and 2 * len(detailed) >= len(tasks) and length <= _SHORT:
        used = [(key, head) for key, head in _DETAILS if any(task.get(key) for task in tasks)]
        return [_task_table(tasks, used, titles)]
    made: list[Block] = []
    group, in_group, number = 0, 0, 0
    for task in tasks:
        if (now := int(task.get("group") or 0)) != group and now in titles:
            group, in_group, number = now, 0, number + 1
            made.append(Heading(f"{number}. {titles[now]}", 2))
        number += 0 if group else 1
        made.append(Paragraph(f"{letter(in_group)}) {_told(task)}" if group else f"{number}. {_told(task)}"))
        in_group += 1
    return made


def _told(task: Mapping[str, Any]) -> str:
    """A task as a sentence, with what is settled about it in brackets."""
    title = str(task.get("title", "")).strip()
    said = "; ".join(f"{head.lower()}: {_detail(task, key)}" for key, head in _DETAILS if task.get(key))
    if said:
        return f"{title.rstrip('.;')} ({said})."
    return title if title.endswith((".", ";", ":", "!", "?")) else f"{title}."


def _task_table(
    tasks: Sequence[Mapping[str, Any]], detailed: Sequence[tuple[str, str]], titles: Mapping[int, str]
) -> Table:  # fmt: skip
    rows: list[Row] = []
    group = 0
    for number, task in enumerate(tasks, 1):
        now = int(task.get("group") or 0)
        if now != group and now in titles:
            rows.append(Row((titles[now],), "heading"))
        group = now
        rows.append(Row((str(number), str(task.get("title", "")), *(_detail(task, key) for key, _ in detailed))))
    heads = [Column("STT"), Column("Nhiệm vụ"), *(Column(head) for _, head in detailed)]
    return Table(tuple(heads), tuple(rows), 2, "Nhiệm vụ của kế hoạch")


def _detail(task: Mapping[str, Any], key: str) -> str:
    if key == "assignees":
        return ", ".join(map(str, task.get(key) or ()))
    return day_or_words(task.get(key))


def _assignees(assignees: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Each assignee with his tasks a), b); one who can only be asked is asked: "Đề nghị …"."""
    made: list[Block] = []
    for number, one in enumerate(assignees, 1):
        name = f"{'Đề nghị ' if one.get('asked') else ''}{one.get('name', '')}"
        until = f" (trước ngày {day_or_words(one['due'])})" if one.get("due") else ""
        said = [str(task) for task in (*(one.get("tasks") or ()), *([one["task"]] if one.get("task") else []))]
        if len(said) == 1:
            made.append(Paragraph(f"{number}. {name}{until}: {said[0]}"))
            continue
        made.append(Heading(f"{number}. {name}{until}", 2) if said else Paragraph(f"{number}. {name}{until}"))
        made += [Paragraph(f"{letter(at)}) {task}") for at, task in enumerate(said)]
    return made


def letter(at: int) -> str:
    """The letter of a điểm: a, b, c, d, đ, e, …; after the last one they are doubled."""
    return _LETTERS[at % len(_LETTERS)] * (at // len(_LETTERS) + 1)


def _asked(asked: Sequence[Asked]) -> list[Block]:
    """What the plan asks to be sent, by whom, over which days and until when."""
    if not asked:
        return []
    rows = [
        Row((str(number), one.title, _LEVELS.get(one.level, one.level),
             f"Từ {vi_date(one.first)} đến {vi_date(one.last)}", one.due_words))
        for number, one in enumerate(asked, 1)
    ]  # fmt: skip
    heads = ("STT", "Nội dung", "Cấp thực hiện", "Kỳ số liệu", "Thời hạn gửi")
    return [
        Paragraph("Các đơn vị thực hiện báo cáo theo thời hạn sau:"),
        Table(tuple(map(Column, heads)), tuple(rows), 2, "Chế độ báo cáo và thời hạn"),
    ]


def _table(form: Form, content: Mapping[str, Any], code: str) -> list[Block]:
    """A table of the form, where anything was written in it."""
    table = next((t for t in form.tables if t.code == code), None)
    made = written(form, content, table) if table else None
    return [made] if made and any(row.kind == "row" for row in made.rows) else []
