"""What comes back from a token's plug-in: each hostile file is refused in a sentence, each genuine one accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from documents.signing import fields
from documents.signing.errors import NotReturnedRight, TooLarge
from documents.signing.extension.proving import prove_extension
from documents.signing.extension.second import same_pages
from documents.signing.keys import Key
from documents.signing.rehearsing import rehearse
from documents.signing.returned import Wanted, judge
from documents.signing.testing import Subject, make
from tests.documents.sample_papers import ward_plan, ward_report
from tests.documents.signing.desk import authority, means
from tests.documents.signing.hostile import drawn, tables, written
from tests.documents.signing.hostile.case import Case, Stamper
from tests.documents.signing.hostile.every import GENUINE, HOSTILE

AT = datetime(2026, 12, 16, 2, tzinfo=UTC)
OFFICER = Subject("Trần Thị Mẫu", "Ủy ban nhân dân xã Nhơn Hội", "Phó Chủ tịch")

TOLD = {
    **dict.fromkeys(written.WRITTEN, "viết sai chuẩn"), **dict.fromkeys(drawn.WRONG, "lệnh lạ"),
    **dict.fromkeys(drawn.ELSEWHERE, "không mang theo"), "sixty thousand numbers": "quá nhiều đối tượng",
}  # fmt: skip
"""What readers understand in two ways is refused for that, before anything else is asked."""


@pytest.fixture(scope="module")
def case() -> Case:
    ours, theirs = authority(), make()
    others = {
        "another officer's certificate": ours.issue(Subject("Lê Văn Mẫu", OFFICER.unit), AT),
        "the same name, signed by himself": theirs.issue(OFFICER, AT),
        "the office's seal as an officer": ours.issue(Subject(OFFICER.unit, OFFICER.unit), AT),
        "the system's own key": ours.system, "tsa": ours.tsa, "a stamp of nobody": theirs.tsa,
        "rsa": ours.issue(OFFICER, AT, rsa_bits=2048),
    }  # fmt: skip
    served, other = (fields.prepare(replace(paper(), number=None, day=None), ours.system, AT)
                     for paper in (ward_report, ward_plan))  # fmt: skip
    return Case(served, ours.issue(OFFICER, AT), AT, other, others)


def wanted(case: Case, key: Key | None = None) -> Wanted:
    return Wanted(case.served, (key or case.key).der, case.at, case.at)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_refused_in_a_sentence(case: Case, name: str) -> None:
    data = HOSTILE[name](case)
    own = case.others["rsa"] if "digest" in name else case.key
    with pytest.raises((NotReturnedRight, TooLarge)) as refused:
        judge(data, wanted(case, own), means())
    assert refused.value.message.count("\n") == 0 and "(" in refused.value.message
    assert TOLD.get(name, "") in refused.value.message


@pytest.mark.parametrize("name", sorted(GENUINE))
@pytest.mark.parametrize("kind", ["p256", "rsa"])
def test_a_genuine_file_is_accepted(case: Case, name: str, kind: str) -> None:
    key = case.key if kind == "p256" else case.others["rsa"]
    own = replace(case, key=key)
    accepted = judge(GENUINE[name](own), wanted(case, key), means())
    assert accepted.level == ("B-LT" if "stamp" in name else "B-B")
    assert (accepted.stamped_at is not None) == ("stamp" in name)


def test_a_stamped_file_may_come_back_minutes_later(case: Case) -> None:
    """The list of the revoked is then younger than the stamp."""
    data = case.signed(stamper=Stamper(case.others["tsa"], case.at))
    assert judge(data, replace(wanted(case), at=case.at + timedelta(minutes=14)), means()).stamped_at == case.at


@pytest.mark.parametrize(("name", "told"), [
    ("the kind of key for the algorithm", "như iText 5"), ("written anew and signed", "lưu thêm vào cuối tệp"),
    ("weak digest sha1", "SHA-256"), ("a field of his own signed", "vào ô có sẵn"),
    ("an empty update after signing", "tắt LTV"),
])  # fmt: skip
def test_who_set_his_program_wrongly_is_told_what_to_set(case: Case, name: str, told: str) -> None:
    key = case.others["rsa"] if "digest" in name else case.key
    with pytest.raises(NotReturnedRight, match=told):
        judge(HOSTILE[name](case), wanted(case, key), means())


@pytest.mark.parametrize(("name", "seen"), [
    *((name, "bảng tham chiếu hỏng") for name in sorted(HOSTILE) if "to be mended" in name),
    ("text swapped with the signature", "thấy chữ khác"), ("the picture of the number overwritten", "thấy hình khác"),
    ("a page more", "thấy số trang khác"), ("a white look", "không hiện ra"), ("garbage after what was served", "khác"),
])  # fmt: skip
def test_the_second_reader_stands_without_the_first(case: Case, name: str, seen: str) -> None:
    claims = prove_extension(case.signed(), case.served)
    with pytest.raises(NotReturnedRight, match=seen):
        same_pages(HOSTILE[name](case), case.served, claims.page, claims.box)


@pytest.mark.parametrize("name", ["a description in another encoding", "a table with a size that is a fraction"])
def test_what_can_not_be_numbered_and_sealed_is_found_before_it_is_taken(case: Case, name: str) -> None:
    lists = means().lists(case.at)
    rehearse(case.signed(), case.at, means(), lists, ())
    with pytest.raises(NotReturnedRight, match="Không điền được số"):
        rehearse(HOSTILE[name](case), case.at, means(), lists, ())


def test_what_was_made_by_hand_is_refused_for_what_it_is_and_not_for_being_made_by_hand(case: Case) -> None:
    assert judge(tables.genuine_after_all(case), wanted(case), means()).level == "B-B"
