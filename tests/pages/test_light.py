"""What is sent in fewer bytes is the same to whoever looks: style sheets, and the pictures of pages of paper."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pages import static
from api.pages.document.lean import lean, outline

RUN = """<svg xmlns:xlink="x"><g transform="{turned}"><use xlink:href="#gA1" x="0" y="0"/><use xlink:href="#gB2"
 x="8.666" y="0"/></g><defs><symbol id="gA1" overflow="visible"><path d="M 0 0m 1.234 2v 3.5h -1.2Z "/></symbol>
<symbol id="gB2" overflow="visible"><path d="M 0 0m 1 1q 0.5 0.25 1.5 2.004Z "/></symbol></defs></svg>""".replace(
    '"\n', '"'
)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("a { color: red; }\n\n/* why */\nb > c :hover { margin: 0 1px }", "a{color:red}b > c :hover{margin:0 1px}"),
        ("@media (min-width: 60rem) and (hover) { .a, .b { top: calc(1rem + 2px); } }",
         "@media (min-width:60rem) and (hover){.a,.b{top:calc(1rem + 2px)}}"),
        ("""a::before { content: " · , "; } i { quotes: '/* { '; }""",
         """a::before{content:" · , "}i{quotes:'/* { '}"""),
    ],
)  # fmt: skip
def test_a_style_sheet_is_sent_without_what_is_for_its_writers(written: str, sent: str) -> None:
    assert static.packed(written) == sent


def test_every_style_sheet_keeps_its_rules() -> None:
    for file in (static.ROOT / "css").glob("*.css"):
        written = file.read_text(encoding="utf-8")
        bare = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
        assert static.packed(written).count("{") == bare.count("{"), file.name
        assert len(static.packed(written)) < len(written)


steps = st.floats(-30, 30).map(lambda it: round(it, 3))
lines = st.lists(st.tuples(st.sampled_from("vhlqm"), st.lists(steps, min_size=4, max_size=4)), min_size=1, max_size=40)


@settings(max_examples=60)
@given(lines)
def test_a_line_on_the_grid_never_strays_from_where_it_was_drawn(drawn: list[tuple[str, list[float]]]) -> None:
    count = {"v": 1, "h": 1, "l": 2, "m": 2, "q": 4}
    said = "".join(f"{letter} {' '.join(map(str, numbers[: count[letter]]))}" for letter, numbers in drawn)
    exact, sent = ends(f"M 3 4{said}"), ends(outline(f"M 3 4{said}"))
    pairs = zip(exact, sent, strict=True)
    assert all(abs(x - at / 50) <= 0.0101 and abs(y - up / 50) <= 0.0101 for (x, y), (at, up) in pairs)


def test_letters_are_drawn_large_and_the_run_makes_them_small_again() -> None:
    upright = lean(RUN.format(turned="matrix(1 0 0 -1 10 20)"))
    assert '<g transform="matrix(0.02 0 0 -0.02 10 20)"><use href="#0"/><use href="#1" x="433"/></g>' in upright
    assert '<path id="0" d="M62 100v175h-60Z"/>' in upright and '<path id="1" d="M50 50q25 12 75 100Z"/>' in upright
    askew = lean(RUN.format(turned="matrix(0.707107 -0.707107 -0.707107 -0.707107 1 2)"))
    assert '<g transform="matrix(0.0141421 -0.0141421 -0.0141421 -0.0141421 1 2)">' in askew
    loose = lean(RUN.format(turned="scale(1 -1)"))
    assert 'x="8.666"' in loose and 'd="M 0 0m 1.234 2v 3.5h -1.2Z "' in loose


def ends(path: str) -> list[tuple[float, float]]:
    """Where a path has come to after each of its steps."""
    x = y = 0.0
    found = []
    for letter, rest in re.findall(r"([Mmvhlq])([^a-zA-Z]*)", path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", rest)]
        along, up = (numbers[-1] if letter != "v" else 0.0), (numbers[-1] if letter != "h" else 0.0)
        if letter in "Mlqm":
            along, up = numbers[-2], numbers[-1]
        x, y = (along, up) if letter == "M" else (x + along, y + up)
        found.append((x, y))
    return found
