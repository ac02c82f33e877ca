"""What a drawing calls by name stands in its own resources (ISO 32000-1, 7.8.3): one reader takes what is missing from
the page, another draws nothing, a third goes on with the letters it had.
"""

from collections.abc import Iterable
from typing import Any

from documents.signing.extension.grammar.content import Step
from documents.signing.extension.refusing import no

_IN = {b"Do": "/XObject", b"Tf": "/Font", b"gs": "/ExtGState", b"cs": "/ColorSpace", b"CS": "/ColorSpace"}
_DEVICES = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK"})


def own_names(form: Any, drawn: Iterable[Step]) -> None:
    """Raise `NotReturnedRight` where a form names what it does not bring along."""
    resources = form["/Resources"] if "/Resources" in form else {}
    for operator, name in {*drawn}:
        kind = _IN.get(operator)
        if kind is None or (kind == "/ColorSpace" and name in _DEVICES):
            continue
        if kind not in resources or "/" + name not in resources[kind]:
            raise no("hình của chữ ký gọi tên thứ nó không mang theo: dùng ảnh PNG hoặc JPEG (its look names what it "
                     "does not bring along).")  # fmt: skip
