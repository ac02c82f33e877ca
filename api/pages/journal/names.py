"""Names typed into the journal's search, looked up in the part of the tree that the visitor looks down on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from states import units
from states.names import search_form
from states.reading.alphabet import order_key
from states.reading.documents import Wanted, find
from states.reading.links import NUMBER

MOST = 20


@dataclass(frozen=True)
class Name:
    """Somebody or something by its name; `more` tells it from others of the same name."""

    id: int
    name: str
    more: str


def people(session: Session, words: str, path: str, day: date) -> Sequence[Name]:
    """People who hold or held an office there, by the words of their name, with or without marks; A to Y."""
    keys = {"path": path, "like": [_spelled(word) for word in search_form(words).split()[:6]], "day": day, "most": MOST}
    found = [Name(*row) for row in session.connection().exec_driver_sql(_PEOPLE, keys)]
    return sorted(found, key=lambda one: (order_key(one.name), one.id))


def units_below(session: Session, words: str, path: str, day: date) -> Sequence[Name]:
    """Units valid that day, the exact names first; only those within the path."""
    found = [one for one in units.find(session, words, day, limit=10 * MOST) if one.path.startswith(path)]
    exact = [one for one in found if search_form(one.name) == search_form(words)]
    return [Name(one.id, one.name, one.parent_name or "") for one in (exact if len(exact) == 1 else found)[:MOST]]


def documents_numbered(session: Session, words: str, path: str, _day: date) -> Sequence[Name]:
    """Documents by "36/BC-UBND", "36" or "/BC-UBND", the newest first."""
    found = find(session, Wanted(number=words, path=path if path != "/" else None), limit=MOST).documents
    return [Name(one.id, f"{one.number}", f"{one.unit} · {one.title}") for one in found]


def of(session: Session, person: int | None, unit: int | None, document: int | None, path: str) -> dict[str, Name]:
    """The names of what was chosen; a document only where it lies within the path."""
    run, found = session.connection().exec_driver_sql, dict[str, Name]()
    for part, chosen, sql in (("person", person, _PERSON), ("unit", unit, _UNIT), ("document", document, _DOCUMENT)):
        row = run(sql, {"id": chosen, "path": path}).one_or_none() if chosen else None
        if row is not None:
            found[part] = Name(*row)
        elif chosen:
            found[part] = Name(chosen, str(chosen), "")
    return found


def _spelled(word: str) -> str:
    """A pattern for a word without marks at the beginning of a word of a name: "le" finds "Lê"."""
    return r"\m" + "".join(_SPELLINGS.get(letter, letter) for letter in word if letter.isalnum())


_SPELLINGS = {
    "a": "[aàáảãạăằắẳẵặâầấẩẫậ]", "d": "[dđ]", "e": "[eèéẻẽẹêềếểễệ]", "i": "[iìíỉĩị]",
    "o": "[oòóỏõọôồốổỗộơờớởỡợ]", "u": "[uùúủũụưừứửữự]", "y": "[yỳýỷỹỵ]",
}  # fmt: skip
# The office that he holds now tells him from others, else the last one that he held.
_OFFICE = """
LEFT JOIN LATERAL (
    SELECT o.title || ' · ' || u.name AS words FROM office o JOIN unit u ON u.id = o.unit_id
     WHERE o.person_id = p.id ORDER BY o.valid_to DESC NULLS FIRST, o.id LIMIT 1) held ON true
"""
_PEOPLE = f"""
SELECT p.id, p.full_name, coalesce(held.words, '') FROM person p {_OFFICE}
 WHERE NOT p.machine AND lower(p.full_name COLLATE pg_c_utf8) ~ ALL (%(like)s::varchar[])
   AND (%(path)s = '/' OR EXISTS (
        SELECT FROM office o JOIN unit u ON u.id = o.unit_id
         WHERE o.person_id = p.id AND u.path >= %(path)s AND u.path < left(%(path)s, -1) || '0'))
 ORDER BY p.id LIMIT %(most)s
"""
_PERSON = f"SELECT p.id, p.full_name, coalesce(held.words, '') FROM person p {_OFFICE} WHERE p.id = %(id)s"
_UNIT = """
SELECT u.id, u.name, coalesce(a.name, '') FROM unit u LEFT JOIN unit a ON a.id = u.parent_id WHERE u.id = %(id)s
"""
_DOCUMENT = f"""
SELECT d.id, coalesce(sent.number, d.title), u.name
  FROM document d JOIN unit u ON u.id = d.unit_id
  LEFT JOIN LATERAL (SELECT {NUMBER.format("s")} AS number FROM sending s WHERE s.document_id = d.id
                      ORDER BY s.no DESC LIMIT 1) sent ON true
 WHERE d.id = %(id)s AND d.path LIKE %(path)s || '%%'
"""
