"""A second reader's eyes: PDFium (Chrome's) opens what went out and what came back, and sees the same pages.

It runs in a process of its own with limits, as everything that opens files from outside.
"""

import subprocess
import sys
import threading
from pathlib import Path

from documents.signing.extension.refusing import no

_ROOT = str(Path(__file__).resolve().parents[3])
_START = f"import sys; sys.path.insert(0, {_ROOT!r}); from documents.signing.extension.drawing import main; main()"
_SECONDS, _BYTES_A_SECOND = 20, 50_000
"""By the clock: a ward's paper takes half a second, and a province's total of many pages longer than the least."""
_TURNS = threading.BoundedSemaphore(2)
"""So many at once in one process; others wait."""
_SAID = {
    "table": "một trình đọc khác thấy bảng tham chiếu hỏng (another reader finds the table broken).",
    "pages": "một trình đọc khác thấy số trang khác (another reader finds other pages).",
    "words": "một trình đọc khác thấy chữ khác (another reader reads other words).",
    "drawing": "một trình đọc khác thấy hình khác (another reader sees another picture).",
    "nothing": "chữ ký không hiện ra trên trang (the signature is not seen on its page).",
}


def same_pages(data: bytes, served: bytes, page: int, box: tuple[float, float, float, float]) -> None:
    """Raise `NotReturnedRight` where any page says or shows anything else, but in the signature's own box.

    `page`: from 0; `box` in points from the lower left corner.
    """
    seconds = _SECONDS + len(served) // _BYTES_A_SECOND
    places = [str(one) for one in (seconds, len(served), page, *box)]
    try:
        with _TURNS:
            done = subprocess.run([sys.executable, "-I", "-c", _START, *places], input=data, capture_output=True,
                                  check=False, timeout=seconds)  # fmt: skip
        said = done.stdout.decode().strip()
    except subprocess.TimeoutExpired:
        said = ""
    if said != "same":
        raise no(_SAID.get(said, "một trình đọc khác không mở được tệp (another reader can't open it)."))
