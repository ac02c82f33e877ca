"""Ngoại lệ: by kind, in a sentence each, for one's own part of the tree, as a file."""

from __future__ import annotations

import csv
import io

import pytest

from api.pages.journal.exception_words import KINDS, told
from states import database as db
from states import duties
from states.offices import holder
from states.reading.audit import EXCEPTIONS, Exceptional
from tests.http_world import Api, issue_plan, report_of
from tests.pages.page_reader import Reader, words
from tests.world import DISTRICTS, PROVINCE, WARDS

PAGE = "/ngoai-le?tu=2026-12-01&den=2026-12-31"

pytestmark = pytest.mark.usefixtures("plan")


@pytest.fixture(scope="module")
def plan(api: Api) -> int:
    """A waiver that came after the deadline, and a paper signed outside."""
    api.at("2026-10-05")
    made = issue_plan(api)
    api.at("2026-12-21")
    with db.transaction(db.engine(api.urls.program)) as session:
        world = api.world.on(session)
        world.plan = made
        who = holder(session, world.act(DISTRICTS[0], "supervisor"), world.today).holder
        duties.grant(session, report_of(api, made, WARDS[0]), "waiver", None, "lũ lụt", who, world.now)
        world.register(report_of(api, made, WARDS[2]))
    return made


def test_each_stands_in_a_sentence_under_its_kind(api: Api) -> None:
    auditor = Reader(api, PROVINCE, "auditor")
    page = words(auditor.page(PAGE))
    assert "Tất cả 2" in page and "Gia hạn, miễn sau hạn 1" in page and "Ký ngoài hệ thống 1" in page
    assert "cho Phường Một gia hạn hoặc miễn khi đã hết hạn: miễn báo cáo: lũ lụt" in page
    assert "Không có: ngoài thẩm quyền" in page
    one = words(auditor.page(PAGE + "&loai=granted-late"))
    assert "vào sổ bản giấy" not in one and "không đổi việc đã chậm" in one


def test_a_part_of_the_tree_and_no_more_than_ones_own(api: Api) -> None:
    auditor = Reader(api, PROVINCE, "auditor")
    part = words(auditor.page(PAGE + "&noi=huyen+binh+mau"))
    assert "Phường Ba" in part and "Phường Một" not in part and "Đơn vị: Huyện Bình Mẫu" in part
    own = words(Reader(api, DISTRICTS[0], "leader").page(PAGE))
    assert "Phường Một" in own and "Phường Ba" not in own
    other = f"{PAGE}&don-vi={api.world.unit(DISTRICTS[1])}"
    assert Reader(api, DISTRICTS[0], "leader").get(other).status_code == 403
    assert Reader(api, DISTRICTS[0], "drafter").get(PAGE).status_code == 403


def test_nothing_out_of_the_ordinary_is_said_pleasantly(api: Api) -> None:
    assert "Không có gì khác thường" in Reader(api, PROVINCE, "auditor").page("/ngoai-le?tu=2026-02-01&den=2026-02-28")
    assert "ba năm cuối" in Reader(api, PROVINCE, "auditor").page("/ngoai-le?tu=2001-01-01")


def test_what_is_shown_goes_out_as_files(api: Api) -> None:
    auditor = Reader(api, PROVINCE, "auditor")
    file = auditor.get(PAGE.replace("/ngoai-le", "/ngoai-le/ngoai-le.csv") + "&loai=granted-late").content
    (head, row) = csv.reader(io.StringIO(file.decode("utf-8-sig")), delimiter=";")
    assert dict(zip(head, row, strict=True))["Mã loại"] == "granted-late" and row[2] == "Phường Một"
    assert auditor.get("/ngoai-le/ngoai-le.xlsx").content[:2] == b"PK"
    assert auditor.get("/ngoai-le/ngoai-le.csv?noi=phuong").status_code == 422


def test_every_kind_has_its_sentence_and_a_code_is_said_in_words(api: Api) -> None:
    for kind in EXCEPTIONS:
        one = Exceptional(kind, 1, "t", 2, "Phường Một", api.world.now, "Hoa", "figures-wrong: Sai dòng 2", 3)
        it = told(one, lambda words: words)
        assert "Phường Một" in it.words and "Số liệu sai hoặc mâu thuẫn: Sai dòng 2" in it.words
        assert it.sign == KINDS[kind]
