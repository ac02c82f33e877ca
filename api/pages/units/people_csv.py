"""People and their offices as rows of a file: read whole, each bad row told with its line, all taken or none.

A person is known by e-mail, and without one by name and the very same office; so a file that is brought in twice
doubles nobody.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from api.pages import typed
from api.pages.units import edits as unit_edits
from states import offices
from states.errors import DonDocError, Invalid, Reason
from states.lifecycle import Kind
from states.offices import NewOffice
from states.sentences import Sentence

COLUMNS = ("full_name", "email", "phone", "registry", "code", "unit", "seat", "title", "authority", "fields", "kinds",
           "mandate", "valid_from", "valid_to")  # fmt: skip
NEEDED = ("full_name", "registry", "code", "seat", "title", "valid_from")
_MOST = 5000


class BadPeopleFile(Invalid):
    """Tệp có {count} chỗ sai, chưa nhập dòng nào (nothing was imported): mend the lines and try again."""


@dataclass
class Brought:
    """How many people and offices are new, and how many offices were there already."""

    people: int = 0
    offices: int = 0
    there: int = 0


def read(session: Session, path: str, day: date) -> list[tuple[Any, ...]]:
    """A row per office held on the day in the part of the tree, in the order of `COLUMNS`."""
    found = session.connection().exec_driver_sql(_READ, {"path": path, "day": day})
    return [tuple(row) for row in found]


def bring(
    session: Session, raw: bytes, check_unit: Callable[[int], None], check_person: Callable[[int], None]
) -> Brought:  # fmt: skip
    """Add what is new. Raises `BadPeopleFile` with a reason per line; the transaction is then to be given up."""
    rows = _rows(raw)
    known = _units(session, rows)
    done, wrong = Brought(), []
    for line, row in rows:
        try:
            _one(session, row, _unit(known, row), check_unit, check_person, done)
        except DonDocError as error:
            reasons = error.reasons or [Reason("", error.message)]
            wrong += [Reason(Sentence("dòng {line}", line=line), reason.message, reason.remedy) for reason in reasons]
    if wrong:
        raise BadPeopleFile(count=len(wrong), reasons=wrong)
    return done


def _one(
    session: Session, row: Mapping[str, str], unit: int, check_unit: Callable[[int], None],
    check_person: Callable[[int], None], done: Brought,
) -> None:  # fmt: skip
    new = _office(row, unit)
    check_unit(unit)
    there = session.connection().exec_driver_sql(_THERE, {**vars(new), **row}).one_or_none()
    if there is not None and there[1]:
        done.there += 1
        return
    phone = unit_edits.checked_phone(row["phone"])
    if there is None:
        unit_edits.refuse_taken(session, row["email"])
        person = offices.add_person(session, row["full_name"], email=row["email"] or None, phone=phone)
        done.people += 1
    else:
        person = there[0]
        check_person(person)
    offices.give(session, NewOffice(**{**vars(new), "person_id": person}))
    done.offices += 1


def _office(row: Mapping[str, str], unit: int) -> NewOffice:
    wrong = list(_problems(row))
    if wrong:
        raise BadPeopleFile(reasons=wrong)
    since = typed.day(row["valid_from"])
    assert since is not None
    return NewOffice(0, unit, row["seat"], row["title"], since, row["authority"], _list(row["fields"]),
                     _list(row["kinds"]), row["mandate"] or None, None, typed.day(row["valid_to"]))  # fmt: skip


def _problems(row: Mapping[str, str]) -> Iterator[Reason]:
    for name in NEEDED:
        if not row[name]:
            yield Reason(name, Sentence("cột {name} trống", name=name), "điền giá trị")
    for name in ("valid_from", "valid_to"):
        if row[name] and typed.day(row[name]) is None:
            words = Sentence("cột {name} «{value}» không phải ngày", name=name, value=row[name][:30])
            yield Reason(name, words, "viết như 2025-07-01")
    if row["seat"] and row["seat"] not in offices.SEATS:
        known = Sentence("dùng một trong: {known}", known=", ".join(offices.SEATS))
        yield Reason("seat", Sentence("cột {name} «{value}» không có", name="seat", value=row["seat"][:30]), known)
    if unknown := [kind for kind in _list(row["kinds"]) if kind not in set(Kind)]:
        words = Sentence("cột {name} «{value}» không có", name="kinds", value=", ".join(unknown)[:60])
        yield Reason("kinds", words, Sentence("dùng một trong: {known}", known=", ".join(Kind)))


def _unit(known: Mapping[tuple[str, str], int], row: Mapping[str, str]) -> int:
    found = known.get((row["registry"], row["code"]))
    if found is None and row["registry"] and row["code"]:
        words = Sentence("không có đơn vị {registry}:{code}", registry=row["registry"], code=row["code"])
        raise BadPeopleFile(reasons=[Reason("code", words, "sửa mã, hoặc nhập đơn vị trước")])
    return found or 0


def _rows(raw: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        lines = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        absent = [name for name in NEEDED if name not in (lines.fieldnames or [])]
        if absent:
            words = Sentence("thiếu cột {absent}", absent=", ".join(absent))
            raise _bad("dòng 1", words, "thêm cột, tên cột như tệp tải ra")
        found = [(n, {name: (line.get(name) or "").strip() for name in COLUMNS}) for n, line in enumerate(lines, 2)]
    except UnicodeDecodeError:
        raise _bad("tệp", "không phải chữ UTF-8", "lưu lại dạng «CSV UTF-8»") from None
    except csv.Error as error:
        words = Sentence("không đọc được CSV: {error}", error=error)
        raise _bad("tệp", words, "xem lại dấu phẩy và dấu nháy") from None
    if len(found) > _MOST:
        remedy = Sentence("chia thành các tệp không quá {most} dòng", most=_MOST)
        raise _bad("tệp", Sentence("có {count} dòng", count=len(found)), remedy)
    if any("\0" in value for _, row in found for value in row.values()):
        raise _bad("tệp", "có ký tự NUL", "lưu lại dạng «CSV UTF-8»")
    return [(n, row) for n, row in found if any(row.values())]


def _bad(place: str, message: str, remedy: str) -> BadPeopleFile:
    return BadPeopleFile(count=1, reasons=[Reason(place, message, remedy)])


def _units(session: Session, rows: list[tuple[int, dict[str, str]]]) -> dict[tuple[str, str], int]:
    wanted = {(row["registry"], row["code"]) for _, row in rows}
    keys = {"r": [one for one, _ in wanted], "c": [one for _, one in wanted]}
    return {(row[0], row[1]): row[2] for row in session.connection().exec_driver_sql(_UNITS, keys)}


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", "|").split("|") if part.strip()]


_READ = """
SELECT p.full_name, p.email, p.phone, u.registry, u.code, u.name, o.seat, o.title, o.authority,
       array_to_string(o.fields, '|'), array_to_string(o.kinds, '|'), o.mandate, o.valid_from, o.valid_to
  FROM office o JOIN person p ON p.id = o.person_id JOIN unit u ON u.id = o.unit_id
 WHERE u.path LIKE %(path)s || '%%' AND NOT p.machine
   AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
 ORDER BY u.path, o.seat, o.id
"""
_UNITS = """
SELECT u.registry, u.code, u.id FROM unit u
  JOIN unnest(%(r)s::varchar[], %(c)s::varchar[]) w (r, c) ON u.registry = w.r AND u.code = w.c
"""
# The person of that row, and whether he has the very office already.
_THERE = """
SELECT p.id, o.id IS NOT NULL FROM person p
  LEFT JOIN office o ON o.person_id = p.id AND o.unit_id = %(unit_id)s AND o.seat = %(seat)s AND o.title = %(title)s
   AND (o.valid_to IS NULL OR o.valid_to >= %(valid_from)s)
 WHERE CASE WHEN %(email)s <> '' THEN p.email = %(email)s ELSE p.full_name = %(full_name)s AND o.id IS NOT NULL END
 ORDER BY o.id LIMIT 1
"""
