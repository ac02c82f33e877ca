"""The corpus of bad files: each ends in one clear sentence, in time, and nothing breaks.

A sample of them runs here; ALL_BAD_FILES=1 runs all 440 (three minutes on two cores).
"""

import os
import time
from functools import cache

import pytest

from documents.reading.files import Opened, open_all, open_upload
from documents.reading.recognising import recognise
from tests.documents.bad_files.bad_file import BadFile
from tests.documents.bad_files.corpus import bad_files, write_all

COUNT = 440
EVERY = 1 if os.environ.get("ALL_BAD_FILES") else 12
SECONDS = 30


@cache
def corpus() -> list[BadFile]:
    """All of them, made when the first is asked for: seconds that who only collects the tests does not spend."""
    return list(bad_files())


@pytest.mark.parametrize("number", range(0, COUNT, EVERY))
def test_a_bad_file_ends_in_one_clear_sentence(number: int) -> None:
    bad, began = corpus()[number], time.monotonic()
    found = list(open_upload(bad.name, bad.data, SECONDS))
    assert found, bad.name
    for one in found:
        if one.text is not None:
            assert bad.refusals == (), bad.name
            recognise(one.text)
        else:
            _is_one_sentence(one, bad)
    assert time.monotonic() - began < 2 * SECONDS, bad.name


def _is_one_sentence(one: Opened, bad: BadFile) -> None:
    said = one.refused.message if one.refused else ""
    assert bad.refusals == () or type(one.refused).__name__ in bad.refusals, bad.name
    assert "«" in said and ":" in said and "\n" not in said and "Traceback" not in said, bad.name


def test_there_are_hundreds_of_them_and_all_kinds_of_refusal_are_met() -> None:
    assert len(corpus()) == COUNT
    named = {name for bad in corpus() for name in bad.refusals}
    assert named >= {
        "HasMacros",
        "Encrypted",
        "Bomb",
        "Entities",
        "NestedArchive",
        "AnArchive",
        "BadInside",
        "BadName",
        "TooMuch",
        "EmptyFile",
        "Scan",
        "NothingIn",
        "WrongKind",
        "UnknownKind",
        "UnknownEncoding",
    }


def test_they_can_be_written_into_a_folder_and_read_from_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("bad")
    small = [
        bad
        for bad in corpus()
        if len(bad.data) < 2000 and bad.name.isprintable() and bad.name.startswith(("foreign-s", "blank"))
    ]
    assert write_all(folder, small) == len(small)
    found: list[Opened] = list(open_all(folder))
    assert len(found) == len(small)
    assert all((one.text is None) != (one.refused is None) for one in found)
