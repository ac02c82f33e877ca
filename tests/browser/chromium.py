"""The browser that the browser tests drive: one that is here, or one that can be installed.

`python -m tests.browser.chromium` finds or installs it and says so in one line; `make test` does that first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from states.errors import DonDocError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoChromium(DonDocError):
    """There is no Chromium for the tests in the browser, and none could be installed ({why}): install Chromium or
    Chrome, or set DONDOC_CHROMIUM to one's path, then run make test again.
    """


def find_or_install() -> Path:
    """A Chromium that runs: $DONDOC_CHROMIUM, the system's, Playwright's, or one installed now; else NoChromium."""
    return find_or_say()[0]


def find_or_say() -> tuple[Path, str]:
    """The browser, and one line on where it comes from."""
    if named := os.environ.get("DONDOC_CHROMIUM"):
        return _named(Path(named)), f"Browser: {named}, named by DONDOC_CHROMIUM"
    if found := _on_this_machine():
        return found, f"Browser: {found}, found"
    failures = []
    for way in (_from_playwright, _from_debian):
        failure = way()
        if not failure and (found := _on_this_machine()):
            return found, f"Browser: {found}, installed now"
        failures.append(failure or "it installed none that runs")
    raise NoChromium(why="; ".join(failures))


def _named(path: Path) -> Path:
    if not _runs(path):
        raise NoChromium(why=f"DONDOC_CHROMIUM names {path}, which does not run")
    return path


def _on_this_machine() -> Path | None:
    systems = (Path(path) for name in NAMES if (path := shutil.which(name)))
    # Ubuntu's chromium-browser is a shell script that asks for a snap: being there is not enough.
    found = next((path for path in systems if _runs(path)), None) or _playwrights_own()
    return found if _runs(found) else None


def _playwrights_own() -> Path:
    _inside_venv()
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _runs(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"Chrom" in done.stdout


def _from_playwright() -> str:
    """Let Playwright download its own; why that failed, or nothing."""
    _inside_venv()
    return _try("Playwright's download", [sys.executable, "-m", "playwright", "install", "chromium"])


def _from_debian() -> str:
    if not shutil.which("apt-get"):
        return "there is no apt-get"
    if os.geteuid() != 0:
        return "apt-get install chromium needs root"
    return _try("apt-get update", ["apt-get", "update", "-qq"]) or _try(
        "apt-get", ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    )


def _try(name: str, command: list[str]) -> str:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{name}: {type(error).__name__}"
    said = next(
        (line for line in (done.stderr or done.stdout).splitlines() if "rror" in line or "E:" in line), "failed"
    )
    return f"{name}: {said.strip()[:160]}" if done.returncode else ""


def _inside_venv() -> None:
    # Playwright would put its browsers into the home folder: all that make installs stays in .venv.
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(Path(sys.prefix) / "browsers"))


def main() -> None:
    """Say which browser the tests will drive, or why there is none (then end with 1)."""
    try:
        sys.stdout.write(f"{find_or_say()[1]}\n")
    except NoChromium as error:
        sys.stderr.write(f"{error.message}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
