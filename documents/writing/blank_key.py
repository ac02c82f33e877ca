"""What a blank form carries inside (khóa của biểu, trang ẩn `_khoa`): whose it is, of which form, from which draft.

The digest tells a key that was changed by hand or by accident; it is no secret and proves no author.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import rfc8785

KEY_SHEET = "_khoa"
LISTS_SHEET = "_danh_muc"
TEXTS_SHEET = "Lời văn"
CODES = "§cot"
"""Stands in the row of a sheet that names its columns, in the column that names its rows."""
NIL, SUM = "§khong", "§cong"
LAYOUT = "1"
"""Of how cells are named; a file of another layout is not read."""
_CHUNK = 30_000  # characters in a cell


@dataclass(frozen=True)
class BlankKey:
    """The key. `made_at`: ISO 8601 with zone. `version`: the draft's, which `base` was its content.

    `rows`: for each table by number the category of each of its lines, 0 where the writer chooses it.
    """

    document_id: int
    unit_id: int
    unit: str
    plan_id: int | None
    form: str
    made_at: str
    version: int
    rows: Mapping[str, Sequence[int]]
    base: Mapping[str, Any] = field(repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 of everything that the key says, in hex."""
        return hashlib.sha256(rfc8785.dumps(self._data())).hexdigest()

    def lines(self) -> Iterator[tuple[str, str]]:
        """The lines of the hidden sheet: a name and a text; long texts go on in further lines of the same name."""
        for name, value in self._data().items():
            text = value if isinstance(value, str) else rfc8785.dumps(value).decode()
            for start in range(0, max(len(text), 1), _CHUNK):
                yield name, text[start : start + _CHUNK]
        yield "bam", self.digest

    def _data(self) -> dict[str, Any]:
        return {
            "bo-cuc": LAYOUT, "van-ban": self.document_id, "don-vi": self.unit_id, "ten-don-vi": self.unit,
            "ke-hoach": self.plan_id, "bieu-mau": self.form, "lap-luc": self.made_at, "ban-nhap": self.version,
            "dong": {table: list(rows) for table, rows in self.rows.items()}, "goc": dict(self.base),
        }  # fmt: skip


def codes_of(rows: Sequence[int]) -> list[str]:
    """The names of a table's lines on its sheet."""
    return [f"§d{number}" for number in range(1, len(rows) + 1)]
