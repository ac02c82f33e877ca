"""Recognition in a process of its own, with a time limit: a hostile text costs its time and nobody else's."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from types import TracebackType

from documents.reading import limits
from documents.reading.files import Opened
from documents.reading.incoming import Incoming
from documents.reading.model import Text
from documents.reading.recognising import recognise
from documents.reading.refusals import Broke, NotRead, TookTooLong


class Apart:
    """One reading process for many files, started anew where one of them had to be stopped."""

    def __init__(self, seconds: float = 2 * limits.SECONDS) -> None:
        self.seconds = seconds
        self._pool = _pool()

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def recognise(self, text: Text) -> Incoming:
        """What the text says; raises `TookTooLong`, or `Broke` where the process ended."""
        try:
            return self._pool.submit(recognise, text).result(self.seconds)
        except TimeoutError:
            self._again()
            raise TookTooLong(name=text.name, seconds=self.seconds) from None
        except BrokenProcessPool:
            self._again()
            raise Broke(name=text.name) from None

    def read(self, one: Opened) -> tuple[Opened, Incoming | None]:
        """The file with what it says; refused where it could not be opened, or not be read in time."""
        if one.text is None:
            return one, None
        try:
            return one, self.recognise(one.text)
        except NotRead as refused:
            return replace(one, text=None, refused=refused), None

    def _again(self) -> None:
        self._stop()
        self._pool = _pool()

    def _stop(self) -> None:
        for process in list((self._pool._processes or {}).values()):
            process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)  # its thread must be gone before Python's own end wakes it


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))
