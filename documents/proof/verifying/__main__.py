"""`python -m documents.proof.verifying BUNDLE`: a bundle verified on any machine, in words."""

import argparse
import sys
from pathlib import Path

from documents.proof.verifying import given
from documents.proof.verifying.bundles import verify
from documents.proof.verifying.packed import LARGEST_FILE
from documents.proof.verifying.roots import read_roots
from documents.proof.verifying.words import MARKS, Report


def main(words: list[str] | None = None) -> int:
    """Exit code 0 where the proof holds, 4 where it fails, 2 where a file can't be read."""
    parser = argparse.ArgumentParser(prog="python -m documents.proof.verifying", description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint that an outsider kept")
    parser.add_argument("--key", help="the log's verifier key, one line, or a file that holds it")
    parser.add_argument("--roots", type=Path, help="a folder of trusted certificates (.pem, .crt, .cer, .der)")
    parser.add_argument("--english", action="store_true", help="in English")
    asked = parser.parse_args(words)
    try:
        report = verified(asked.bundle, asked.checkpoint, asked.key, asked.roots)
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 2
    sys.stdout.write(shown(report, english=asked.english))
    return 0 if report.whole else 4


def verified(bundle: Path, checkpoint: Path | None, key: str | None, roots: Path | None) -> Report:
    """Read the files and verify. Raises OSError."""
    with bundle.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    note = given.text(checkpoint) if checkpoint else None
    line = given.key_line(key) if key is not None else None
    return verify(data, key=line, checkpoint=note, roots=read_roots(roots) if roots else ())


def shown(report: Report, *, english: bool = False) -> str:
    """The report as lines."""
    lines = [*report.lines, report.verdict]
    return "".join(f"{MARKS[line.mark]} {line.en if english else line.vi}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
