"""README shows the lifecycle as it is, not as it was."""

import re
from pathlib import Path

from states.lifecycle import diagram

README = Path(__file__).parents[1] / "README.md"


def test_the_picture_of_the_lifecycle_is_the_generated_one() -> None:
    parts = re.split(r"<!-- /?lifecycle -->", README.read_text(encoding="utf-8"))
    assert len(parts) == 3, "README.md has the picture between two marks <!-- lifecycle -->"
    assert parts[1].strip() == f"```mermaid\n{diagram()}\n```"
