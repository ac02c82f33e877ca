"""The tree of units (đơn vị): loading what ships, importing any other tree, finding units as of a day.

The tree is kept by materialised path ("/1/25/300/": identities from the root down), so a subtree is a prefix.
A unit is known by (registry, code) and is valid between two days; codes are used again after a reform.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from states.errors import Invalid, NotFound, Reason
from states.names import normal_form, search_form
from states.registry import SuccessionRow, UnitRow, read_successions, read_units
from states.sentences import Sentence

ROOT = 1
"""The nation, the root of every tree."""

LEVELS = ("nation", "province", "district", "commune", "village", "body")


class NoSuchUnit(NotFound):
    """Không có đơn vị «{name}» vào ngày {day} (no such unit on that day): look with `dondoc units find`."""


class ManyUnits(Invalid):
    """Có nhiều đơn vị tên «{name}»: {places}. Name it by registry and code, or with the unit above it."""


class BadUnitsFile(Invalid):
    """Tệp đơn vị {file} có {count} lỗi, chưa nhập dòng nào (nothing was imported): mend the lines and try again."""


@dataclass(frozen=True)
class Place:
    """A unit as it is shown and asked about."""

    id: int
    registry: str
    code: str
    name: str
    level: str
    path: str
    parent_id: int | None
    parent_name: str | None
    valid_from: date
    valid_to: date | None


def load(session: Session) -> int:
    """Load the two trees and the successions that ship with the program; what is there stays. Returns new units."""
    added = _insert(session, [_of_registry(row) for row in read_units()])
    _load_successions(session, list(read_successions()))
    return added


def import_csv(session: Session, path: Path) -> int:
    """Import any other tree (committees, departments, villages) from a CSV file; all of it or nothing.

    Columns: registry, code, name, level, parent_registry, parent_code, valid_from; and if there: kind, role, symbol,
    valid_to, latitude, longitude, phone, small. Days as 2025-07-01. Raises `BadUnitsFile` with a reason per line.
    """
    rows, wrong = _read(path)
    wrong += _missing_parents(session, rows)
    if wrong:
        raise BadUnitsFile(file=path.name, count=len(wrong), reasons=wrong)
    return _insert(session, [row for _, row in rows])


def find(session: Session, words: str, day: date, *, level: str | None = None, limit: int = 20) -> list[Place]:
    """Units valid on `day` whose name has these words, with or without diacritics; exact names first."""
    keys = {"search": f"%{search_form(words)}%", "exact": normal_form(words), "day": day, "level": level,
            "limit": limit}  # fmt: skip
    return [Place(*row) for row in session.connection().exec_driver_sql(_FIND, keys)]


def one(session: Session, name: str, day: date, *, within: str | None = None) -> Place:
    """The one unit of this name, or "registry:code", on that day; `within` names a unit above it.

    Raises `NoSuchUnit`, `ManyUnits`.
    """
    registry, _, code = name.partition(":")
    keys = {"registry": registry, "code": code, "exact": normal_form(name), "day": day,
            "within": normal_form(within) if within else None}  # fmt: skip
    found = [Place(*row) for row in session.connection().exec_driver_sql(_ONE, keys)]
    if not found:
        raise NoSuchUnit(name=name, day=day)
    if len(found) > 1:
        raise ManyUnits(name=name, places=", ".join(f"{p.registry}:{p.code} ({p.parent_name})" for p in found[:5]))
    return found[0]


def get(session: Session, unit_id: int) -> Place:
    """A unit by its identity."""
    row = session.connection().exec_driver_sql(_PLACE + "WHERE u.id = %(id)s", {"id": unit_id}).one_or_none()
    if row is None:
        raise NoSuchUnit(name=unit_id, day="nào cả")
    return Place(*row)


def children(session: Session, unit_id: int, day: date) -> list[Place]:
    """The units just below, valid on `day`, in the order of their codes."""
    sql = _PLACE + _VALID + " AND u.parent_id = %(id)s ORDER BY u.level, u.code"
    return [Place(*row) for row in session.connection().exec_driver_sql(sql, {"id": unit_id, "day": day})]


def successors(session: Session, unit_id: int) -> list[tuple[Place, str, str | None]]:
    """The units that have land of this old one: each with its kind (same, merged, divided) and doubt."""
    return _succession(session, unit_id, "old_id", "new_id")


def predecessors(session: Session, unit_id: int) -> list[tuple[Place, str, str | None]]:
    """The old units that this one has land of."""
    return _succession(session, unit_id, "new_id", "old_id")


def _succession(session: Session, unit_id: int, mine: str, other: str) -> list[tuple[Place, str, str | None]]:
    sql = _PLACE.replace("SELECT", "SELECT s.kind, s.doubt,", 1) + (
        f"JOIN succession s ON s.{other} = u.id WHERE s.{mine} = %(id)s ORDER BY u.code"
    )
    rows = session.connection().exec_driver_sql(sql, {"id": unit_id})
    return [(Place(*row[2:]), row[0], row[1]) for row in rows]


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────


def _of_registry(row: UnitRow) -> dict[str, Any]:
    return {**row._asdict(), "role": None, "symbol": "UBND", "phone": None, "small": False}


def _insert(session: Session, rows: list[dict[str, Any]]) -> int:
    """All rows by COPY into a scratch table, then one INSERT per level of the tree, from the top down."""
    run = session.connection().exec_driver_sql
    run("CREATE TEMP TABLE IF NOT EXISTS incoming_unit (" + _INCOMING + ") ON COMMIT DROP")
    run("TRUNCATE incoming_unit")
    columns = [word.split()[0] for word in _INCOMING.split(",")]
    cursor = session.connection().connection.cursor()
    with cursor.copy(f"COPY incoming_unit ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            full = {**row, "name_key": normal_form(row["name"]), "search_key": search_form(row["name"])}
            copy.write_row([full[column] for column in columns])
    cursor.close()
    total = 0
    while added := run(_INSERT_LEVEL).rowcount:
        total += added
    return total


def _load_successions(session: Session, rows: Iterable[SuccessionRow]) -> None:
    run = session.connection().exec_driver_sql
    run("CREATE TEMP TABLE IF NOT EXISTS incoming_succession (old_registry text, old_code text, new_registry text,"
        " new_code text, kind text, doubt text) ON COMMIT DROP")  # fmt: skip
    run("TRUNCATE incoming_succession")
    cursor = session.connection().connection.cursor()
    with cursor.copy("COPY incoming_succession FROM STDIN") as copy:
        for row in rows:
            copy.write_row(tuple(row))
    cursor.close()
    run(_INSERT_SUCCESSIONS)


# ── reading a file ──────────────────────────────────────────────────────────────────────────────────────────

_NEEDED = ("registry", "code", "name", "level", "parent_registry", "parent_code", "valid_from")


def _read(path: Path) -> tuple[list[tuple[int, dict[str, Any]]], list[Reason]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        words = Sentence("không đọc được: {error}", error=error)
        raise BadUnitsFile(file=path.name, count=1, reasons=[Reason("tệp", words)]) from error
    lines = csv.DictReader(text.splitlines())
    absent = [name for name in _NEEDED if name not in (_heading(lines, path) or [])]
    if absent:
        words = Sentence("thiếu cột {absent}", absent=", ".join(absent))
        raise BadUnitsFile(file=path.name, count=1, reasons=[Reason(_at(1), words, "thêm cột")])
    rows: list[tuple[int, dict[str, Any]]] = []
    wrong: list[Reason] = []
    for number, line in _lines(lines, path):
        problems = list(_problems(line))
        wrong += [Reason(_at(number), message, remedy) for message, remedy in problems]
        if not problems:
            rows.append((number, _row(line)))
    twice = Counter((row["registry"], row["code"]) for _, row in rows)
    wrong += [Reason(_at(n), Sentence("mã {registry}:{code} lặp lại", **_named(r)), "mỗi đơn vị một dòng")
              for n, r in rows if twice[r["registry"], r["code"]] > 1]  # fmt: skip
    return rows, wrong


def _heading(lines: "csv.DictReader[str]", path: Path) -> Sequence[str] | None:
    try:
        return lines.fieldnames
    except csv.Error as error:
        raise _unreadable(path, 1, error) from error


def _lines(lines: "csv.DictReader[str]", path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines with their numbers; one that is no CSV ends the reading, for what follows can't be told apart."""
    try:
        yield from enumerate(lines, start=2)
    except csv.Error as error:
        raise _unreadable(path, lines.reader.line_num, error) from error


def _unreadable(path: Path, number: int, error: csv.Error) -> BadUnitsFile:
    words = Sentence("không đọc được dòng CSV: {error}", error=error)
    reason = Reason(_at(number), words, "xem lại dấu phẩy và dấu nháy ở dòng này")
    return BadUnitsFile(file=path.name, count=1, reasons=[reason])


def _problems(line: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from _absent(line)
    if line.get("level") not in LEVELS[1:]:
        known = Sentence("dùng một trong: {known}", known=", ".join(LEVELS[1:]))
        yield Sentence("cột {name} «{value}» không có", name="level", value=line.get("level")), known
    if line.get("registry") in ("vn", "vn2", "vn3"):
        yield "không nhập đè danh mục quốc gia", "đặt tên danh mục khác ở cột registry"
    for name in ("valid_from", "valid_to"):
        if (line.get(name) or "").strip() and _day(line[name]) is None:
            yield Sentence("cột {name} «{value}» không phải ngày", name=name, value=line[name]), "viết như 2025-07-01"
    first, last = _day(line.get("valid_from")), _day(line.get("valid_to"))
    if first and last and last < first:
        yield Sentence("valid_to {last} trước valid_from {first}", last=last, first=first), "xem lại hai ngày"
    for name, most in (("latitude", 90.0), ("longitude", 180.0)):
        if (line.get(name) or "").strip() and not _within(line[name], most):
            yield Sentence("cột {name} «{value}» không phải tọa độ", name=name, value=line[name]), "viết như 21.0285"


def _absent(line: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in ("registry", "code", "name", "valid_from"):
        if not (line.get(name) or "").strip():
            yield Sentence("cột {name} trống", name=name), "điền giá trị"
    if any("\0" in value for value in line.values() if isinstance(value, str)):
        yield "có ký tự NUL, không lưu được", "xóa ký tự đó, hoặc lưu lại tệp dạng CSV UTF-8"


def _row(line: dict[str, str]) -> dict[str, Any]:
    clean = {key: (value or "").strip() or None for key, value in line.items() if key}
    return {
        **{name: clean.get(name) for name in ("registry", "code", "name", "level", "role", "phone")},
        "kind": clean.get("kind") or ("body" if clean["level"] == "body" else "unit"),
        "symbol": clean.get("symbol") or "UBND",
        "parent_registry": clean.get("parent_registry"), "parent_code": clean.get("parent_code"),
        "valid_from": _day(clean["valid_from"]), "valid_to": _day(clean.get("valid_to")),
        "latitude": _number(clean.get("latitude")), "longitude": _number(clean.get("longitude")),
        "small": (clean.get("small") or "").lower() in ("1", "true", "có"),
    }  # fmt: skip


def _missing_parents(session: Session, rows: list[tuple[int, dict[str, Any]]]) -> list[Reason]:
    """A parent must be in the file or in the database; and no circle in the file."""
    here = {(row["registry"], row["code"]) for _, row in rows}
    wanted = {(row["parent_registry"], row["parent_code"]) for _, row in rows if row["parent_code"]} - here
    known = {
        tuple(found)
        for found in session.connection().exec_driver_sql(
            "SELECT u.registry, u.code FROM unit u JOIN unnest(%(r)s::varchar[], %(c)s::varchar[]) w (r, c)"
            " ON u.registry = w.r AND u.code = w.c",
            {"r": [r for r, _ in wanted], "c": [c for _, c in wanted]},
        )
    }
    wrong = [Reason(_at(n), Sentence("không có đơn vị cha {registry}:{code}", **_named(row, "parent_")),
                    "nhập đơn vị cha trước, hoặc sửa mã") for n, row in rows
             if row["parent_code"] and (row["parent_registry"], row["parent_code"]) not in here | known]  # fmt: skip
    return wrong or _circles(rows)


def _circles(rows: list[tuple[int, dict[str, Any]]]) -> list[Reason]:
    above = {(r["registry"], r["code"]): (r["parent_registry"], r["parent_code"]) for _, r in rows}
    wrong = []
    for number, row in rows:
        seen, at = set(), (row["registry"], row["code"])
        while at in above and at not in seen:
            seen.add(at)
            at = above[at]
        if at in seen:
            wrong.append(Reason(_at(number), "đơn vị cha vòng tròn", "sửa cột parent_code"))
    return wrong


def _at(number: int) -> Sentence:
    return Sentence("dòng {number}", number=number)


def _named(row: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    return {"registry": row[f"{prefix}registry"], "code": row[f"{prefix}code"]}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _within(text: str, most: float) -> bool:
    try:
        return abs(float(text)) <= most
    except ValueError:
        return False


_PLACE = """
SELECT u.id, u.registry, u.code, u.name, u.level, u.path, u.parent_id, p.name, u.valid_from, u.valid_to
  FROM unit u LEFT JOIN unit p ON p.id = u.parent_id
"""
_VALID = " WHERE u.valid_from <= %(day)s AND (u.valid_to IS NULL OR u.valid_to >= %(day)s)"
_FIND = (
    _PLACE + _VALID + " AND u.search_key LIKE %(search)s AND (%(level)s::varchar IS NULL OR u.level = %(level)s)"
    " ORDER BY u.name_key <> %(exact)s, length(u.name), u.registry, u.code LIMIT %(limit)s"
)
_ONE = (
    _PLACE + _VALID + " AND (u.registry = %(registry)s AND u.code = %(code)s OR u.name_key = %(exact)s)"
    " AND (%(within)s::varchar IS NULL OR EXISTS (SELECT FROM unit w WHERE w.name_key = %(within)s"
    " AND u.path LIKE w.path || '%%')) ORDER BY u.id"
)
_INCOMING = (
    "registry varchar, code varchar, name varchar, name_key varchar, search_key varchar, kind varchar, level varchar,"
    " role varchar, symbol varchar, parent_registry varchar, parent_code varchar, valid_from date, valid_to date,"
    " latitude double precision, longitude double precision, phone varchar, small boolean"
)
# Numbers follow the order of the file, whatever way the server joins: boards and traces are read in that order.
_INSERT_LEVEL = """
INSERT INTO unit (registry, code, name, name_key, search_key, kind, level, role, symbol, parent_id, path, depth,
                  valid_from, valid_to, latitude, longitude, phone, small, id)
SELECT i.registry, i.code, i.name, i.name_key, i.search_key, i.kind, i.level, i.role, i.symbol, p.id,
       p.path || n.id || '/', p.depth + 1, i.valid_from, i.valid_to, i.latitude, i.longitude, i.phone, i.small, n.id
  FROM incoming_unit i
  JOIN unit p ON p.registry = coalesce(i.parent_registry, 'vn') AND p.code = coalesce(i.parent_code, '0')
  JOIN (SELECT nextval('unit_id_seq')::integer AS id, o.registry, o.code
          FROM (SELECT x.registry, x.code FROM incoming_unit x
                  JOIN unit above ON above.registry = coalesce(x.parent_registry, 'vn')
                   AND above.code = coalesce(x.parent_code, '0')
                 WHERE NOT EXISTS (SELECT FROM unit u WHERE u.registry = x.registry AND u.code = x.code)
                 ORDER BY x.ctid OFFSET 0) o) n ON n.registry = i.registry AND n.code = i.code
ON CONFLICT ON CONSTRAINT unit_registry_code_key DO NOTHING
"""
_INSERT_SUCCESSIONS = """
INSERT INTO succession (old_id, new_id, kind, doubt)
SELECT o.id, n.id, i.kind, i.doubt FROM incoming_succession i
  JOIN unit o ON o.registry = i.old_registry AND o.code = i.old_code
  JOIN unit n ON n.registry = i.new_registry AND n.code = i.new_code
ON CONFLICT DO NOTHING
"""
