"""Try everything on a server of its own: `python -m tests.tampering --write` makes docs/tampering.md anew; a test holds
the two equal.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from states import embedded
from states.settings import Settings
from tests.tampering.page import DOCS, opened, written


def main() -> int:
    """Try everything on a server of its own; print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/tampering.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dondoc-tamper-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        settings = Settings(home=home)
        try:
            urls = embedded.ensure_running(settings, durable=False)
            with opened(urls) as tampering:
                page = written(tampering)
        finally:
            embedded.stop(settings, force=True)
    if asked.write:
        DOCS.write_text(page, "utf-8")
    else:
        sys.stdout.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
