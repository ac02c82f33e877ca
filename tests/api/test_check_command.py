"""`dondoc check` and `dondoc rules`: findings with both values, JSON, exit codes, the measure."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from documents.checks import RULES
from tests.documents.reading.making import made, samples

RUN = CliRunner()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A ward's report as text, sent too early and with a percentage that nobody can add up."""
    path = tmp_path / "bao-cao.txt"
    path.write_bytes(made(samples("papers_first.yaml")[0], "txt"))
    return path


def test_findings_are_told_with_place_and_values(paper: Path) -> None:
    done = RUN.invoke(app, ["check", str(paper)])
    assert done.exit_code == 0
    for said in ("18/11/2024 ≠ 14/12/2024", "closed-early", "trang 1", "lưu ý"):
        assert said in done.output
    assert "Closed on 18/11/2024" in " ".join(RUN.invoke(app, ["check", str(paper), "--en"]).output.split())


def test_a_number_used_twice_shows_among_several_files_and_is_refused(paper: Path) -> None:
    again = paper.with_name("khac.txt")
    again.write_text(paper.read_text(encoding="utf-8").replace("624 lượt", "625 lượt"), encoding="utf-8")
    done = RUN.invoke(app, ["check", str(paper.parent), "--json"])
    assert done.exit_code == 1
    twice = [one for file in json.loads(done.output) for one in file["findings"] if one["code"] == "number-used-twice"]
    assert [one["other_place"] for one in twice] == ["khac.txt", "bao-cao.txt"]


def test_what_is_refused_is_named_and_the_rest_is_checked(paper: Path) -> None:
    paper.with_name("a.docx").write_bytes(b"x")
    done = RUN.invoke(app, ["check", str(paper.parent), "--json"])
    refused, checked = json.loads(done.output)
    assert done.exit_code == 1 and refused["refused"]["code"] == "wrong-kind" and checked["findings"]


def test_the_measure_states_precision_and_recall(paper: Path) -> None:
    gold = paper.with_name("gold.json")
    found = json.loads(RUN.invoke(app, ["check", str(paper), "--json"]).output)[0]["findings"]
    told = [[one["code"], one["place"]] for one in found]
    gold.write_text(json.dumps({"documents": [{"file": paper.name, "findings": told}]}), encoding="utf-8")
    assert RUN.invoke(app, ["check", "--measure", str(paper.parent), str(gold)]).exit_code == 0
    less = [*told[1:], ["date-missing", ""]]
    gold.write_text(json.dumps({"documents": [{"file": paper.name, "findings": less}]}), encoding="utf-8")
    done = RUN.invoke(app, ["check", "--measure", str(paper.parent), str(gold), "--json"])
    counted = json.loads(done.output)["all"]
    assert done.exit_code == 4
    assert (counted["missed"], counted["wrong"]) == ([["date-missing", ""]], [told[0]])


def test_rules_are_listed_and_the_doc_s_table_is_this_one() -> None:
    assert "annex-differs" in RUN.invoke(app, ["rules"]).output
    refused = json.loads(RUN.invoke(app, ["rules", "--severity", "refuse", "--json"]).output)
    assert {one["code"] for one in refused} == {code for code, one in RULES.items() if one.severity == "refuse"}
    table = RUN.invoke(app, ["rules", "--markdown"]).output
    doc = Path(__file__).resolve().parents[2].joinpath("docs", "checks.md").read_text(encoding="utf-8")
    assert doc.endswith(table)
