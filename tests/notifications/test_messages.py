"""What a message says, and what it must never say or break."""

import email.policy
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications import topics
from notifications.channels import ChannelError
from notifications.deadline import Deadline, vi_long
from notifications.email import as_mail
from notifications.matters import Matter, Recipient, clean
from notifications.messages import Letterhead, Message, compose
from states.periods import LOCAL
from states.settings import Settings

SENDER = Address("Sở Nội vụ (mẫu)", addr_spec="a@mau.example")
NOW = datetime(2026, 12, 17, 9, tzinfo=LOCAL)
DATA = {"unit": "Phường Nguyễn Nghiêm", "title": "Báo cáo Tháng hành động", "number": "07/BC-UBND", "days": 3,
        "due": "2026-12-18T17:00:00+00:00", "kind": "report"}  # fmt: skip
LADDER = ("reminder-before", "reminder-due", "overdue", "escalation-chair", "escalation-above", "return-due",
          "manual-reminder")  # fmt: skip


def read(raw: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=email.policy.default).parsebytes(raw)


def matter(topic: str = "overdue", notice: int = 1, **data: object) -> Matter:
    return Matter.of(notice, topic, NOW, 45, False, DATA | data)


def message(*matters: Matter, name: str = "Trần Thị Đào", email: str | None = "dao@mau.example") -> Message:
    return compose(matters or [matter()], Recipient(1, name, email), Letterhead("Sở Mẫu", "https://mau.example"), NOW)


@pytest.mark.parametrize(
    "given, long, short",
    [
        (datetime(2024, 2, 6, tzinfo=LOCAL), "hết ngày 05 tháng 02 năm 2024", "05/02/2024"),
        ("2026-12-18T17:00:00+00:00", "hết ngày 18 tháng 12 năm 2026", "18/12/2026"),
        ("2024-03-05", "hết ngày 05 tháng 3 năm 2024", "05/3/2024"),
        ("2026-10-06T16:30:00+07:00", "16 giờ 30 ngày 06 tháng 10 năm 2026", "16:30 06/10/2026"),
        ("trước Tết", "trước Tết", "trước Tết"),
    ],
)  # fmt: skip
def test_a_deadline_is_read_as_the_decree_writes_dates(given: object, long: str, short: str) -> None:
    deadline = Deadline.of(given)
    assert deadline is not None and (deadline.long, deadline.short) == (long, short)


def test_nothing_is_no_deadline() -> None:
    assert Deadline.of(None) is None and Deadline.of("") is None


def test_a_reminder_names_unit_title_number_deadline_and_link() -> None:
    said = message(matter("reminder-before"))
    assert said.subject == (
        "Sắp đến hạn: Báo cáo Tháng hành động, số 07/BC-UBND – Phường Nguyễn Nghiêm, hạn 18/12/2026"
    )
    assert "sắp đến thời hạn gửi, còn 3 ngày làm việc." in said.text
    assert "Thời hạn: hết ngày 18 tháng 12 năm 2026" in said.text
    assert "https://mau.example/van-ban/45" in said.text and 'href="https://mau.example/van-ban/45"' in said.html


@pytest.mark.parametrize("topic", [*topics.TOPICS, "chưa từng có"])
def test_every_topic_has_its_sentence_and_fails_for_no_lack_of_data(topic: str) -> None:
    for told in (matter(topic), Matter.of(1, topic, NOW, None, False, {})):
        assert told.sentence.endswith(".") and not told.sentence[0].islower()
        assert "{" not in told.sentence and "None" not in message(told).text
    assert matter(topic).unit in message(matter(topic)).text


def test_the_ladder_has_sentences_of_its_own() -> None:
    sentences = {matter(topic).sentence for topic in LADDER}
    assert len(sentences) == len(LADDER) and matter("chưa từng có").sentence not in sentences
    assert set(LADDER) == set(topics.STOPS_WHEN_SENT)


def test_a_plan_is_issued_and_whoever_reminds_by_hand_is_named() -> None:
    assert "chưa ban hành." in matter("overdue", kind="plan").sentence
    said = message(matter("manual-reminder", by_unit="Sở Mẫu", words="Trước 16 giờ"))
    assert "Sở Mẫu đề nghị Phường Nguyễn Nghiêm khẩn trương gửi" in said.text and "Lời nhắc: Trước 16 giờ" in said.text


def test_a_return_gives_its_coded_reason_in_words() -> None:
    assert "Lý do: Sai kỳ số liệu." in message(matter("return", reason_code="wrong-period")).text
    assert "Lý do" not in message(matter("return", reason_code="không có mã này")).text


def test_what_was_done_has_no_deadline_any_more() -> None:
    assert "hạn" not in message(matter("submit")).subject and "Thời hạn" not in message(matter("submit")).text


def test_html_is_escaped_and_text_is_not() -> None:
    said = message(matter(unit="<script>alert(1)</script>", words="a & b"))
    assert "<script>" not in said.html and "&lt;script&gt;" in said.html
    assert "<script>alert(1)</script>" in said.text and "a & b" in said.text


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_no_text_can_end_a_line_or_turn_it_around(text: str) -> None:
    line = clean(text)
    assert line.isprintable() or not any(mark in line for mark in "\r\n\t\x00\u202e\u2066")
    assert len(line.splitlines()) <= 1 and clean(line) == line


@settings(deadline=None, max_examples=50)
@given(name=st.text(), title=st.text())
def test_no_name_or_title_adds_a_header(name: str, title: str) -> None:
    raw = as_mail(message(matter(title=title), name=name), SENDER).as_bytes()
    heads = raw.split(b"\n\n")[0].split(b"\n")
    names = [line.split(b":")[0].lower() for line in heads if not line.startswith((b" ", b"\t"))]
    assert len(names) == len(set(names)) and b"bcc" not in names
    assert read(raw)["To"].addresses[0].addr_spec == "dao@mau.example"


def test_a_name_with_a_header_in_it_stays_a_name() -> None:
    named = message(name="Đào\r\nBcc: moi.nguoi@mau.example")
    mail = read(as_mail(named, SENDER).as_bytes())
    assert mail["Bcc"] is None and mail["To"].addresses[0].display_name == "Đào Bcc: moi.nguoi@mau.example"


@pytest.mark.parametrize(
    "address", ["không phải địa chỉ", "a@mau.example\nBcc: b@mau.example", "@", "a@", "a b@c", "đào@mau.example"]
)
def test_an_address_that_is_none_is_a_permanent_failure(address: str) -> None:
    with pytest.raises(ChannelError) as failed:
        as_mail(message(email=address), SENDER)
    assert failed.value.permanent and "không hợp lệ" in failed.value.message


def test_a_mail_says_that_it_is_automatic() -> None:
    mail = read(as_mail(message(), SENDER).as_bytes())
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<https://mau.example/thong-bao>"
    assert mail["From"].addresses[0].display_name == "Sở Nội vụ (mẫu)"
    assert mail["Date"] == "Thu, 17 Dec 2026 09:00:00 +0700"


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from("Báo cáo Tháng hành động (mẫu) – số 07/BC-UBND Đăk, Nguyễn's".split()), max_size=40))
def test_a_vietnamese_subject_survives_folding(words: list[str]) -> None:
    said = message(matter(title=" ".join(words)))
    raw = as_mail(said, SENDER).as_bytes()
    assert read(raw)["Subject"] == said.subject
    assert all(len(line) <= 78 for line in raw.split(b"\n\n")[0].splitlines() if line.startswith((b"Subject", b" ")))


def test_an_identity_stays_and_is_its_own() -> None:
    assert message().id == message().id == f"notice-1.{NOW.timestamp():.0f}@localhost"
    many = [matter(notice=n) for n in (1, 2, 3)]
    assert message(*many).id == message(*reversed(many)).id != message(*many[:2]).id


def test_a_digest_groups_counts_and_names_the_nearest_deadline() -> None:
    told = [matter("submit", n, unit=f"Phường {n}") for n in range(30)]
    told += [matter("open", 40 + n, unit=f"Xã {n}", due=f"2026-12-{20 - n}") for n in range(2)]
    said = message(*told)
    assert said.subject == "32 việc (30 đã gửi, 2 việc mới), hạn sớm nhất 19/12/2026"
    assert "Đã gửi: Báo cáo Tháng hành động (30)" in said.text and "- và 10 việc khác" in said.text
    assert "- Xã 1, số 07/BC-UBND, hạn 19/12/2026" in said.text
    assert said.html.count("<li>") == 20 + 1 + 2


def test_the_letterhead_comes_from_the_settings() -> None:
    settings = Settings(office="Sở Nội vụ\ntỉnh Mẫu", smtp_from="dd@mau.example", api_host="127.0.0.1", api_port=8080)
    letterhead = Letterhead.of(settings)
    assert (letterhead.office, letterhead.domain) == ("Sở Nội vụ tỉnh Mẫu", "mau.example")
    assert letterhead.public_url.startswith("http")


def test_months_and_days_are_padded_as_the_decree_says() -> None:
    assert vi_long(datetime(2024, 2, 5).date()) == "ngày 05 tháng 02 năm 2024"
    assert vi_long(datetime(2024, 11, 15).date()) == "ngày 15 tháng 11 năm 2024"
