"""A form told in words: the rules that its figures must keep, and what changed from the version before."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from documents.forms import Column, Form, Rule

Say = Callable[[str], str]


def rules(form: Form, say: Say) -> list[tuple[str, str, str]]:
    """Each identity: where, in words, how strict it is."""
    return [(_where(form, rule, say), _rule(form, rule, say), _severity(rule)) for rule in form.identities]


def changes(old: Form, new: Form, say: Say) -> list[tuple[str, str]]:
    """What is new, gone or changed from one version to the next: a sign (+, −, ~) and words."""
    found: list[tuple[str, str]] = []
    found += _listed(say("Biểu"), {t.number: t.title for t in old.tables}, {t.number: t.title for t in new.tables})
    for table in new.tables:
        twin = next((one for one in old.tables if one.number == table.number), None)
        if twin is not None:
            name = say("Biểu %d") % table.number
            found += _listed(f"{name}, {say('cột')}", *({c.number: _heading(c) for c in one.columns}
                                                        for one in (twin, table)))  # fmt: skip
            found += _listed(f"{name}, {say('dòng')}", *({c.number: c.label for c in one.categories}
                                                         for one in (twin, table)))  # fmt: skip
    found += _listed(say("Mục"), {s.code: s.title for s in old.sections}, {s.code: s.title for s in new.sections})
    found += _listed(say("Quy tắc"), *({(a, w): f"{a}: {w}" for a, w, _ in rules(one, say)} for one in (old, new)))
    return found


def _heading(column: Column) -> str:
    return f"{column.group}, {column.name}" if column.group else column.name


def _listed(place: str, old: Mapping[Any, str], new: Mapping[Any, str]) -> list[tuple[str, str]]:
    gone = [("−", f"{place}: {old[key]}") for key in old if key not in new]
    come = [("+", f"{place}: {new[key]}") for key in new if key not in old]
    turned = [("~", f"{place}: {old[key]} → {new[key]}") for key in new if key in old and old[key] != new[key]]
    return come + turned + gone


def _where(form: Form, rule: Rule, say: Say) -> str:
    if not rule.table:
        return say("Toàn văn bản")
    name = say("Biểu %d") % rule.table
    labels = {one.number: one.label for one in form.table(rule.table).categories}
    return f"{name}: {'; '.join(labels[row] for row in rule.rows)}" if rule.rows else name


def _rule(form: Form, rule: Rule, say: Say) -> str:
    names = {c.number: f"«{c.name}»" for c in form.table(rule.table).columns} if rule.table else {}

    def many(columns: Sequence[int]) -> str:
        return ", ".join(names[one] for one in columns)

    said = {
        "part": "part", "whole": "whole", "total": "total", "stated": "stated", "events": "events", "given": "given",
    }  # fmt: skip
    facts = {key: names.get(getattr(rule, field), "") for key, field in said.items()}
    return say(_RULES[rule.kind]) % {**facts, "parts": many(rule.parts), "low": rule.low, "high": rule.high}


def _severity(rule: Rule) -> str:
    """How strict: some rules refuse by themselves, whatever the form says."""
    return {"part": "refuse", "percent-only": "note"}.get(rule.kind, rule.severity)


def _(sentence: str) -> str:
    """Mark a sentence for translation; `_rule` says it."""
    return sentence


_RULES = {
    "part": _("%(part)s không lớn hơn %(whole)s"), "split": _("%(parts)s cộng lại bằng %(whole)s"),
    "split-blank": _("Đã ghi %(given)s thì không để trống cả %(parts)s"),
    "unsplit": _("%(total)s chỉ ghi số chưa tách, không phải tổng của %(parts)s"),
    "percent": _("%(stated)s là %(part)s chia %(whole)s"),
    "percent-only": _("%(stated)s không có tử số, mẫu số nên không tổng hợp lên cấp trên"),
    "change": _("%(stated)s tính bằng điểm phần trăm so với kỳ trước, từ %(part)s và %(whole)s"),
    "per-event": _("Mỗi %(events)s thường có từ %(low)d đến %(high)d người (%(parts)s)"),
    "due": _("Kế hoạch nêu thời hạn của nhiệm vụ"), "assigned": _("Kế hoạch phân công người thực hiện"),
    "given": _("Kế hoạch có số liệu ở biểu này"),
}  # fmt: skip
