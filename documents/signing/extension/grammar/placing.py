"""Where drawing has come to (ISO 32000-1, 8.3.4, 9.3 and 9.4.2), roughly: within the bounds in which all readers,
whether they reckon in 32 bits or in 64, come to the same place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

_FLAT, _WIDE = 1e-6, 10_000
"""What a matrix at least leaves of an area, and its parts and all steps of one text at most."""


@dataclass
class Placing:
    """The matrix of now and of each q; of a text how far its line is from where its matrix stands, how far lines were
    fed and letters spaced since. Sizes and spaces count as the largest that were set, for Q brings them back.
    """

    matrices: list[tuple[float, ...]] = field(default_factory=lambda: [(1, 0, 0, 1, 0, 0)])
    line: tuple[float, float] = (0, 0)
    strayed: float = 0
    largest: dict[bytes, float] = field(default_factory=lambda: {b"TL": 0, b"Tc": 0, b"Tw": 0, b"Tf": 1, b"Tz": 100})

    def takes(self, operator: bytes, said: Sequence[bytes]) -> bool:
        """Go on with this operator; whether that stays within bounds."""
        if operator == b"q":
            self.matrices.append(self.matrices[-1])
        elif operator == b"Q":
            self.matrices.pop()
        elif operator == b"cm":
            self.matrices[-1] = _times([float(one) for one in said], self.matrices[-1])
            return fair_matrix(self.matrices[-1])
        elif operator in (b"BT", b"Tm"):
            self.line, self.strayed = (0, 0), 0
            return operator == b"BT" or fair_matrix([float(one) for one in said])
        elif operator in (b"Td", b"TD"):
            self.line = (self.line[0] + float(said[0]), self.line[1] + float(said[1]))
            self._set(b"TL", said[1] if operator == b"TD" else b"0")
        elif operator in self.largest:
            self._set(operator, said[-1])
        return max(*map(abs, self.line), self.strayed) <= _WIDE

    def shows(self, operator: bytes, said: Sequence[bytes], letters: int, kerned: float) -> bool:
        """Words of so many letters, moved by so many thousandths of their size; whether that stays within bounds."""
        if operator == b'"':
            self._set(b"Tw", said[0])
            self._set(b"Tc", said[1])
        largest = self.largest
        if operator != b"Tj" and operator != b"TJ":
            self.strayed += largest[b"TL"]
        self.strayed += letters * (largest[b"Tc"] + largest[b"Tw"])
        self.strayed += kerned / 1000 * largest[b"Tf"] * largest[b"Tz"] / 100
        return self.strayed <= _WIDE

    def _set(self, what: bytes, said: bytes) -> None:
        self.largest[what] = max(self.largest[what], abs(float(said)))


def fair_matrix(parts: Sequence[float]) -> bool:
    """Whether six numbers neither make everything a line or a point nor throw it out of sight."""
    a, b, c, d = parts[:4]
    return abs(a * d - b * c) >= _FLAT and max(map(abs, parts)) <= _WIDE


def _times(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
