"""Where a form stands: its frame and its matrix (ISO 32000-1, 8.10) are plain numbers, and leave it an area."""

from decimal import Decimal
from typing import Any

from documents.signing.extension.grammar.placing import fair_matrix
from documents.signing.extension.refusing import no

_UNTURNED = (1, 0, 0, 1, 0, 0)
_LEAST, _MOST = 0.01, 32_767
"""Points; iText makes its empty layers of no size, which are allowed where nothing is drawn in them."""


def plain_frame(form: Any) -> None:
    """Raise `NotReturnedRight` where its frame is not of four numbers, its matrix not of six that can be undone."""
    box, turn = ([*form.get(key, other)] for key, other in (("/BBox", ()), ("/Matrix", _UNTURNED)))
    if len(box) != 4 or len(turn) != 6 or not all(isinstance(one, int | Decimal) for one in (*box, *turn)):
        raise no("hình của chữ ký không có khung đúng chuẩn (its look has no proper frame).")
    wide, high = abs(box[2] - box[0]), abs(box[3] - box[1])
    if max(map(abs, box)) > _MOST or not fair_matrix([float(one) for one in turn]):
        raise no("hình của chữ ký không có khung đúng chuẩn (its look has no proper frame).")
    if min(wide, high) < _LEAST and form.data.strip():
        raise no("khung hình của chữ ký không có bề rộng hay bề cao (the frame of its look has no area).")
