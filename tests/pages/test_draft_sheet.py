"""Between fields and content nothing is lost: any stored content comes back from its own page as it was."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from api.pages.draft.merge import flat, merge, unflat
from api.pages.draft.post import hear, of_posted
from api.pages.draft.sheet import complete, of_content
from documents.filled import read
from documents.forms import form
from states.figures import Bound, Figure

REPORT, YEAR = form("action-month", 2), form("year", 1)
figures = st.builds(
    lambda amount, bound: Figure.of(amount, bound).canonical,
    st.integers(0, 10**12).map(lambda n: Figure.exact(n).amount), st.sampled_from([int(one) for one in Bound]),
)  # fmt: skip
labels = st.sampled_from(["Tọa đàm", "Mít tinh 25/11", "Tọa đàm", "Chạy bộ", "Băng rôn | khẩu hiệu"])
rows = st.lists(
    st.builds(
        lambda row, label, values, level: {"table": 1, "row": row, "label": label, "values": values}
        | ({"level": level} if level else {}),
        st.integers(0, 6), labels, st.dictionaries(st.sampled_from(["1", "2", "3"]), figures, min_size=1),
        st.sampled_from(["", "Ban VSTBPN cấp xã"]),
    ),
    max_size=5,
)  # fmt: skip
contents = st.builds(
    lambda rows, money, nil, texts: {"form": REPORT.key, "figures": money, "rows": rows, "nil": sorted(nil),
                                     "texts": texts},
    rows, st.dictionaries(st.sampled_from(["40106", "40206"]), figures), st.sets(st.sampled_from([2, 3])),
    st.dictionaries(st.sampled_from(["results", "direction"]), st.sampled_from(["Đạt.", "Đã làm.\n\nThêm."])),
)  # fmt: skip


def posted(content: dict[str, Any]) -> list[tuple[str, str]]:
    """What a browser sends of the page that shows this content."""
    sheet = complete(of_content(content, REPORT), REPORT)
    fields = [(f"f.{cell}", value) for cell, value in sheet.figures.items()]
    for row in sheet.rows:
        fields += [(f"{row.name}.l", row.label), (f"{row.name}.c", str(row.category)), (f"{row.name}.e", row.level)]
        fields += [(f"{row.name}.v{column}", value) for column, value in row.values.items()]
    fields += [(f"n.{table}", "1") for table in sheet.nil] + [(f"t.{code}", said) for code, said in sheet.texts.items()]
    return fields


@given(contents)
def test_a_content_comes_back_from_its_page_as_it_was(content: dict[str, Any]) -> None:
    heard = hear(of_posted(posted(content), REPORT), REPORT)

    assert not heard.unread
    assert heard.content == content


@given(contents, contents)
def test_who_changed_nothing_takes_the_others_whole(base: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = merge(flat(base), flat(base), flat(theirs))
    assert not merged.clashes and flat(unflat(merged.flat, REPORT)) == flat(theirs)


@given(contents, contents, contents)
def test_every_place_holds_ones_word_or_the_others(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    a, b = flat(mine), flat(theirs)
    merged = merge(flat(base), a, b)
    assert all(merged.flat.get(place) in (a.get(place), b.get(place)) for place in {*a, *b})
    assert all(clash.mine != clash.theirs for clash in merged.clashes)


def test_words_in_a_table_of_fields_make_it_rows_and_come_back() -> None:
    half = form("half-year", 1)
    heard = hear(of_posted([("f.10201", "12"), ("f.10209", "15 phút"), ("f.10101", "3")], half), half)

    assert heard.content["figures"] == {} and len(heard.content["rows"]) == 2
    assert read(heard.content, half).reasons == ()
    again = of_content(heard.content, half)
    assert again.figures == {10201: "12", 10209: "15 phút", 10101: "3"} and again.rows == []


def test_what_the_form_does_not_have_is_passed_over() -> None:
    heard = hear(of_posted([("r.9.c1n1.v1", "5"), ("x", "1"), ("f.10101", "2"), ("t.results", " ")], YEAR), YEAR)
    assert heard.content["figures"] == {"10101": "2"} and heard.content["texts"] == {}
