"""Where drawing has come to (ISO 32000-1, 8.3.4 and 9.4.2), roughly: within the bounds in which all readers, whether
they reckon in 32 bits or in 64, come to the same place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

_FLAT, _WIDE = 1e-6, 10_000
"""What a matrix at least leaves of an area, and its parts at most."""


@dataclass
class Placing:
    """The matrix of now and of each q, and how far the line of a text is from where its matrix stands."""

    matrices: list[tuple[float, ...]] = field(default_factory=lambda: [(1, 0, 0, 1, 0, 0)])
    line: tuple[float, float] = (0, 0)

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
            self.line = (0, 0)
            return operator == b"BT" or fair_matrix([float(one) for one in said])
        elif operator in (b"Td", b"TD"):
            self.line = (self.line[0] + float(said[0]), self.line[1] + float(said[1]))
            return max(map(abs, self.line)) <= _WIDE
        return True


def fair_matrix(parts: Sequence[float]) -> bool:
    """Whether six numbers neither make everything a line or a point nor throw it out of sight."""
    a, b, c, d = parts[:4]
    return abs(a * d - b * c) >= _FLAT and max(map(abs, parts)) <= _WIDE


def _times(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
