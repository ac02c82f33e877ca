"""The fields of a paper as it was read (thể thức), each with its place and how sure; and as they were sent back.

A field's name is `h.` and its key; what is unsure is confirmed by `ok.` and its name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import FormData

from api.pages import typed
from api.pages.incoming.reader_words import reasons
from states.names import normal_form

MOST_REFERENCES = 40
_LONGEST = 4000


@dataclass(frozen=True)
class Field:
    """One field. `read`: as the file has it; `value`: as it stands now; `kind`: line, lines, or date (d/m/y)."""

    name: str
    label: str
    read: str
    value: str
    raw: str
    place: Mapping[str, Any] | None
    sure: float
    asks: bool
    said: str
    kind: str = "line"
    looked: bool = False

    @property
    def id(self) -> str:
        """The id of its element."""
        return self.name.replace(".", "-")

    @property
    def differs(self) -> bool:
        """Whether what stands disagrees with the file (blanks and letters' case aside)."""
        return normal_form(self.read) != normal_form(self.value)

    @property
    def parts(self) -> tuple[str, str, str]:
        """Day, month and year of a date, any of them blank."""
        day, month, year = (*self.value.split("/"), "", "")[:3] if self.value else ("", "", "")
        return day.strip("… "), month.strip("… "), year.strip("… ")

    @property
    def full(self) -> bool:
        """Whether no part of a date is missing."""
        return all(self.parts)


@dataclass(frozen=True)
class Group:
    """Fields that stand together."""

    code: str
    name: str
    fields: tuple[Field, ...]


def groups(paper: Mapping[str, Any], say: Callable[[str], str], form: FormData | None = None) -> list[Group]:
    """All fields in the order of the decree; with a form, as they were sent."""
    made = [Group(code, say(name), tuple(_made(paper, say, code))) for code, name in _GROUPS]
    made = [group for group in made if group.fields]
    if form is None:
        return made
    return [replace(group, fields=tuple(_sent(one, form) for one in group.fields)) for group in made]


def by_key(found: list[Group]) -> dict[str, Field]:
    """The fields by their key: "number", "signer.name"."""
    return {one.name.removeprefix("h."): one for group in found for one in group.fields}


def date_words(iso: str) -> str:
    """A partial date as "31/12/2023", with … for what is missing; "" for none."""
    year, month, day = (*iso.split("-"), "", "", "")[:3]
    known = [part if part.isdecimal() else "…" for part in (day, month, year)]
    return "" if known == ["…"] * 3 else "/".join(known)


def _made(paper: Mapping[str, Any], say: Callable[[str], str], code: str) -> Iterator[Field]:
    for key, label, kind in _keys(paper, code):
        found = _read(paper, key)
        value = _words(found["value"], key)
        yield Field(f"h.{key}", say(label) if "%" not in label else say(label) % _number(key), value, value,
                    found["raw"], found["place"], found["sure"], found["asks"], reasons(found["said"], say),
                    kind)  # fmt: skip


def _keys(paper: Mapping[str, Any], code: str) -> Iterator[tuple[str, str, str]]:
    if code == "references":
        for at in range(min(len(paper["references"]), MOST_REFERENCES)):
            yield f"references.{at}", _("Căn cứ %d"), "lines"
        return
    yield from _HEAD[code]


def _read(paper: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    name, _, part = key.partition(".")
    found = paper[name]
    if name == "references":
        return dict(found[int(part)])
    if name == "recipients":
        sure = min((one["sure"] for one in found), default=0.6)
        said = "; ".join(one["said"] for one in found if one["said"])
        place = found[0]["place"] if found else None
        return {"value": [one["value"] for one in found], "raw": "", "place": place, "sure": sure,
                "asks": not found or any(one["asks"] for one in found), "said": said}  # fmt: skip
    if name == "signer":
        value = (found["value"] or {}).get(part)
        # Only the name and the post are looked for on every paper; the other parts may rightly be absent.
        return {**found, "value": value, "asks": found["asks"] and part in ("name", "position")}
    return dict(found)


def _words(value: Any, key: str) -> str:
    if value is None:
        return ""
    if key == "date":
        return date_words(value)
    if isinstance(value, list):
        return "\n".join(value)
    if key.startswith("references."):
        date = date_words(value["date"])
        said = f"{value['type_word']} {value['code'] or value['title']}".strip()
        return " ".join(part for part in (said, f"ngày {date}" if date else "",
                                          f"của {value['issuer']}" if value["issuer"] else "") if part)  # fmt: skip
    if isinstance(value, Mapping):
        return str(value.get("name") or "")
    return str(value)


def _sent(one: Field, form: FormData) -> Field:
    if one.kind == "date":
        parts = [typed.words(form, f"{one.name}.{part}")[:4] for part in "dmy"]
        value = "/".join(_padded(part) or "…" for part in parts) if any(parts) else ""
    else:
        value = typed.words(form, one.name, one.read)[:_LONGEST].replace("\r\n", "\n")
    return replace(one, value=value, looked=form.get(f"ok.{one.name}") == "1")


def _padded(part: str) -> str:
    return part.zfill(2) if part.isdecimal() else part


def _number(key: str) -> int:
    return int(key.rpartition(".")[2]) + 1


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


_GROUPS = (
    ("issuer", _("Cơ quan ban hành")), ("paper", _("Số, ngày, tên văn bản")), ("signer", _("Người ký")),
    ("recipients", _("Nơi nhận")), ("references", _("Căn cứ, văn bản viện dẫn")),
)  # fmt: skip
_HEAD: dict[str, tuple[tuple[str, str, str], ...]] = {
    "issuer": (("issuer", _("Cơ quan ban hành"), "lines"), ("unit", _("Đơn vị hành chính"), "line"),
               ("parent_line", _("Cơ quan cấp trên (dòng trên)"), "line")),
    "paper": (("number", _("Số"), "line"), ("symbol", _("Ký hiệu"), "line"), ("date", _("Ngày văn bản"), "date"),
              ("place", _("Địa danh"), "line"), ("type_word", _("Tên loại"), "line"),
              ("title", _("Trích yếu"), "lines")),
    "signer": (("signer.authority", _("Quyền hạn (TM., KT., …)"), "line"),
               ("signer.on_behalf_of", _("Ký thay, thừa lệnh ai"), "line"),
               ("signer.position", _("Chức vụ"), "line"), ("signer.name", _("Họ tên"), "line")),
    "recipients": (("recipients", _("Nơi nhận (mỗi nơi một dòng)"), "lines"),),
}  # fmt: skip
