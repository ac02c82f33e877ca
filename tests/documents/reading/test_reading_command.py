"""`dondoc read`: a table for people, JSON for scripts, the measure against facts."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.documents.reading.making import Sample, made, samples

RUN = CliRunner()


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """A ward's report as .docx in the folder, with its facts beside it."""
    one = samples("papers_first.yaml")[0]
    (tmp_path / "bao-cao.docx").write_bytes(made(one, "docx"))
    facts = {"documents": [{"file": "bao-cao.docx", **one.facts}]}
    (tmp_path / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    return one


@pytest.mark.usefixtures("sample")
def test_a_paper_is_shown_field_by_field(tmp_path: Path) -> None:
    done = RUN.invoke(app, ["read", str(tmp_path / "bao-cao.docx")])
    assert done.exit_code == 0
    for said in ("UBND xã Nhơn Hội", "BC-UBND", "18/11/2024", "Trần Thị Mẫu", "trang 1, dòng"):
        assert said in done.output


@pytest.mark.usefixtures("sample")
def test_scripts_get_json_and_a_refusal_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"x")
    done = RUN.invoke(app, ["read", str(tmp_path / "a.docx"), str(tmp_path / "bao-cao.docx"), "--json"])
    refused, read = json.loads(done.output)
    assert done.exit_code == 1
    assert refused["refused"]["code"] == "wrong-kind" and read["number"]["value"] == "87"


@pytest.mark.usefixtures("sample")
def test_the_measure_counts_what_is_right_and_prints_what_was_missed(tmp_path: Path) -> None:
    facts = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    right = RUN.invoke(app, ["read", "--measure", str(tmp_path), str(tmp_path / "facts.json"), "--json"])
    assert right.exit_code == 0 and json.loads(right.output)["all"]["share"] == 1.0
    facts["documents"][0] |= {"number": "88", "symbol": None, "date": "2024-11"}
    (tmp_path / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    wrong = RUN.invoke(app, ["read", "--measure", str(tmp_path), str(tmp_path / "facts.json"), "--json"])
    counted = json.loads(wrong.output)["all"]
    assert wrong.exit_code == 4
    assert {one["field"] for one in counted["missed"]} == {"number", "symbol", "date"}
    assert (counted["present"] - counted["right"], counted["invented"]) == (2, 1)


def test_a_measure_without_its_folder_or_facts_is_refused(tmp_path: Path) -> None:
    for words in (
        ["read", "--measure", str(tmp_path)],
        ["read", "--measure", str(tmp_path), str(tmp_path / "no.json")],
    ):
        assert RUN.invoke(app, words).exit_code == 1
