"""What people write in YAML, a plan's order or a paper, read into what the engine takes; each wrong place is named."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlmodel import Session

from api.cli.common import day, moment
from documents.forms import form
from states import units
from states.errors import DonDocError, Invalid, Reason
from states.lifecycle import Kind
from states.periods import Window, asked, midnight
from states.steps import Paper
from workflows.planning import LevelOrder, PlanOrder, RequirementOrder

_PLAN = {"title", "unit", "addressees", "requirements", "date", "subject", "field", "form", "form_version", "issuer",
         "drafter", "legal_basis", "window", "content", "recipients"}  # fmt: skip
_REQUIREMENT = {"kind", "title", "form", "form_version", "window", "levels", "legal_basis", "series", "urgency",
                "straddle", "periodic"}  # fmt: skip
_LEVEL = {"due", "issuer_role", "drafter_role", "receiver_role", "follower_roles", "followers", "copies"}
_WINDOW = {"kind", "year", "index", "first", "last", "label"}
_PAPER = {"number", "symbol", "date", "signer", "arrived", "file_digest", "content"}
_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind), "urgency": ("", "khẩn", "thượng khẩn", "hỏa tốc"), "straddle": ("refuse", "split"),
}  # fmt: skip


class BadOrder(Invalid):
    """Tệp sai ở «{place}» (the file is wrong there): {why}"""


def read(file: Path) -> dict[str, Any]:
    """A YAML file with names and values. Raises `BadOrder` with the line."""
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except yaml.MarkedYAMLError as error:
        line = f"dòng {error.problem_mark.line + 1}" if error.problem_mark else file.name
        raise BadOrder(place=line, why=f"không phải YAML: {error.problem}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadOrder(place=file.name, why=f"không đọc được: {error}") from None
    if not isinstance(data, dict):
        raise BadOrder(place=file.name, why="cần các mục có tên, mỗi mục một dòng «tên: giá trị»; xem docs/running.md")
    return data


def order_of(session: Session, data: Mapping[str, Any]) -> PlanOrder:
    """Read an order; units are named by name or registry:code, days as 2026-12-18, hours as "2026-12-18 11:00"."""
    _known("kế hoạch", data, _PLAN)
    with _at("date"):
        issued = str(data["date"]) if data.get("date") else None
        on = day(issued)

    def unit(place: str, name: object) -> int:
        with _at(place):
            return units.one(session, str(name), on).id

    def addressee(place: str, item: Any) -> tuple[int, bool]:
        """A name alone addresses the unit with all below it; {unit, alone: true} only the unit itself."""
        if not isinstance(item, dict):
            return unit(place, item), True
        _known(place, item, {"unit", "alone", "within"})
        with _at(place):
            return units.one(session, str(item["unit"]), on, within=item.get("within")).id, not item.get("alone")

    with _at("kế hoạch"):
        return PlanOrder(
            unit("unit", data["unit"]), str(data["title"]),
            [addressee(f"addressees.{n}", item) for n, item in enumerate(_list("addressees", data))],
            [_requirement(session, f"requirements.{n}", item) for n, item in enumerate(_list("requirements", data))],
            data.get("subject", ""), data.get("field", ""), *_form("form", data.get("form", "plan"),
            data.get("form_version", 1)), unit("issuer", data["issuer"]) if data.get("issuer") else None,
            unit("drafter", data["drafter"]) if data.get("drafter") else None, data.get("legal_basis", ""),
            _window("window", data["window"]) if data.get("window") else None,
        )  # fmt: skip


def recipients_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Whom a plan is sent to (nơi nhận)."""
    return tuple(map(str, _list("recipients", data))) if "recipients" in data else ("Như trên",)


def content_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a plan or a paper says, as it is typed: texts, tasks, rows, figures."""
    content = data.get("content") or {}
    if not isinstance(content, dict):
        raise BadOrder(place="content", why="cần các mục có tên: texts, tasks, assignees, rows, figures")
    return content


def paper_of(session: Session, data: Mapping[str, Any], now: datetime) -> tuple[Paper, dict[str, Any]]:
    """A paper signed outside the system (ký ngoài hệ thống) and its content, as its receiver's clerk reads it.

    `arrived`: a day or an hour, this moment without it.
    """
    _known("bản giấy", data, _PAPER)
    with _at("bản giấy"):
        arrived = _arrival(session, data["arrived"]) if data.get("arrived") else now
        digest = bytes.fromhex(data["file_digest"]) if data.get("file_digest") else None
        written = midnight(day(str(data["date"])))
        paper = Paper(int(data["number"]), str(data["symbol"]), written, str(data["signer"]), arrived, digest)
    return paper, content_of(data)


def _arrival(session: Session, said: object) -> datetime:
    return midnight(day(str(said))) if len(str(said)) == len("2026-12-18") else moment(session, said)


def _requirement(session: Session, place: str, item: Any) -> RequirementOrder:
    _known(place, item, _REQUIREMENT)
    for name, choices in _CHOICES.items():
        if item.get(name) and item[name] not in choices:
            raise BadOrder(place=f"{place}.{name}", why=f"«{item[name]}» không có, dùng: {', '.join(choices)}")
    with _at(place):
        kind = Kind(item.get("kind", "report"))
        levels = [_level(session, f"{place}.levels.{name}", str(name), said) for name, said in item["levels"].items()]
        return RequirementOrder(
            kind, str(item["title"]), *_form(f"{place}.form", item["form"], item["form_version"]),
            _window(f"{place}.window", item["window"]), levels, str(item["legal_basis"]),
            item.get("series", "KH" if kind is Kind.PLAN else "BC"), item.get("urgency") or "",
            item.get("straddle") or "refuse", bool(item.get("periodic")),
        )  # fmt: skip


def _level(session: Session, place: str, name: str, item: Any) -> LevelOrder:
    _known(place, item, _LEVEL)
    with _at(place):
        return LevelOrder(name, moment(session, item["due"]), **{key: item[key] for key in item if key != "due"})


def _window(place: str, item: Any) -> Window:
    _known(place, item, _WINDOW)
    with _at(place):
        return asked(**item)


def _form(place: str, code: object, version: object) -> tuple[str, int]:
    with _at(place):
        found = form(str(code), int(str(version)))
        return found.code, found.version


def _list(name: str, data: Mapping[str, Any]) -> list[Any]:
    with _at("kế hoạch"):
        if not isinstance(data[name], list):
            raise BadOrder(place=name, why="cần một danh sách: [một, hai] hoặc mỗi dòng một gạch đầu dòng")
        return list(data[name])


def _known(place: str, item: Any, names: set[str]) -> None:
    """A misspelt name would silently change what is asked: refused."""
    if not isinstance(item, dict):
        raise BadOrder(place=place, why="cần các mục có tên: " + ", ".join(sorted(names)))
    if unknown := sorted(str(name) for name in set(item) - names):
        raise BadOrder(place=place, why=f"không có mục {', '.join(unknown)}; có: {', '.join(sorted(names))}")


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Whatever is wrong inside is said with its place; what was said so already stays."""
    try:
        yield
    except BadOrder:
        raise
    except KeyError as missing:
        raise BadOrder(place=f"{place}.{missing.args[0]}", why="thiếu mục này") from None
    except DonDocError as error:
        raise BadOrder(place=place, why=error.message, reasons=[Reason(place, error.message)]) from None
    except (AttributeError, TypeError, ValueError):
        raise BadOrder(place=place, why="một giá trị ở đây không đúng dạng; xem docs/running.md") from None
