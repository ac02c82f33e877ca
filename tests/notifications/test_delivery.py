"""Notices become messages: once, in their time, again after a failure, and kept when they die."""

import asyncio
import json
from datetime import datetime, timedelta
from email.message import EmailMessage

from documents.shelf import keep_forms
from notifications.channels import ChannelError
from notifications.email import EmailChannel
from notifications.messages import Message
from notifications.outbox import address
from notifications.webhook import WebhookChannel, signature
from states import duties
from states.periods import LOCAL
from states.settings import Settings
from tests.eventually import eventually
from tests.notifications.served import THURSDAY, Hook, Mail, Office, Workers, minutes
from tests.world import World


class Broken:
    """A way to nobody, with a fault of ours in it."""

    name = "broken"

    def send(self, message: Message) -> None:
        raise RuntimeError(f"không đọc được {message.to.name}")


# ── a mail goes out ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_mail_arrives_with_its_vietnamese_intact(office: Office, mail: Mail) -> None:
    person = office.person("dao", "Nguyễn Thị Đào,\nPhường Nguyễn Nghiêm (mẫu)")
    notice = office.notice(person, due="2026-12-18T17:00:00+00:00")
    done = office.deliver(mail.channel())
    assert (done.sent, done.failed, done.dead, done.messages) == (1, 0, 0, 1)
    (got,) = mail.mails
    assert got["Subject"] == "Quá hạn: Báo cáo Tháng hành động (mẫu) – Phường Một, hạn 18/12/2026"
    assert mail.head("To") == ["Nguyễn Thị Đào, Phường Nguyễn Nghiêm (mẫu) <dao.1@mau.example>"]
    assert mail.head("From") == ["Sở Mẫu <dondoc@mau.example>"]
    assert "quá hạn 2 ngày làm việc, chưa gửi." in body(got, "plain") and "Phường Một" in body(got, "html")
    assert got["Message-ID"] == f"<notice-{notice}.{THURSDAY.timestamp():.0f}@localhost>"
    assert [(a["outcome"], a["worker"], a["error"]) for a in office.attempts(notice)] == [("sent", "a", None)]


def test_what_was_sent_is_not_sent_again(office: Office, mail: Mail) -> None:
    office.notice(office.person("dao"))
    office.deliver(mail.channel())
    assert office.deliver(mail.channel(), now=THURSDAY + timedelta(days=1)).sent == 0
    assert len(mail.mails) == 1


def test_nothing_goes_out_before_its_time_or_in_quiet_hours(office: Office, mail: Mail) -> None:
    friday_night, monday = datetime(2026, 12, 18, 19, tzinfo=LOCAL), datetime(2026, 12, 21, 7, 30, tzinfo=LOCAL)
    person = office.person("dao")
    office.notice(person, after=monday)
    late = office.notice(person, after=THURSDAY)
    assert office.deliver(mail.channel(), now=friday_night).sent == 0  # the worker was away on Friday
    assert office.deliver(mail.channel(), now=friday_night.replace(hour=17)).sent == 1
    assert office.attempts(late)[0]["outcome"] == "sent"
    assert office.deliver(mail.channel(), now=monday - minutes(31)).sent == 0
    assert office.deliver(mail.channel(), now=monday - minutes(1)).sent == 0
    assert office.deliver(mail.channel(), now=monday).sent == 1


def test_mail_can_be_sent_from_inside_a_running_loop(office: Office, mail: Mail) -> None:
    office.notice(office.person("dao"))

    async def flow() -> int:
        return office.deliver(mail.channel()).sent

    assert asyncio.run(flow()) == 1


# ── failures ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_server_that_is_down_is_tried_again_with_longer_and_longer_pauses(office: Office, mail: Mail) -> None:
    notice = office.notice(office.person("dao"))
    mail.stop()
    assert office.deliver(mail.channel()).failed == 1
    (first,) = office.attempts(notice)
    assert first["outcome"] == "failed" and "không gửi được qua máy chủ thư" in first["error"]
    assert near(first["retry_at"], THURSDAY + minutes(1))
    assert office.deliver(mail.channel(), now=THURSDAY + timedelta(seconds=50)).failed == 0
    assert office.deliver(mail.channel(), now=THURSDAY + minutes(2)).failed == 1
    assert near(office.attempts(notice)[1]["retry_at"], THURSDAY + minutes(7))
    mail.start()
    assert office.deliver(mail.channel(), now=THURSDAY + minutes(8)).sent == 1
    assert [a["outcome"] for a in office.attempts(notice)] == ["failed", "failed", "sent"]
    assert len(mail.mails) == 1


def test_after_six_attempts_it_is_a_dead_letter_and_none_falls_into_the_night(office: Office, mail: Mail) -> None:
    notice = office.notice(office.person("later"))
    now = THURSDAY
    while office.deliver(mail.channel(), now=now).failed:
        now = office.attempts(notice)[-1]["retry_at"]
        assert not office.calendar.is_quiet(now)
        now += timedelta(seconds=1)
    tried = office.attempts(notice)
    assert [a["outcome"] for a in tried] == ["failed"] * 5 + ["dead"]
    assert "451" in tried[-1]["error"] and near(tried[-1]["claimed_at"], datetime(2026, 12, 18, 7, 30, tzinfo=LOCAL))
    assert office.deliver(mail.channel(), now=now + timedelta(days=2)).dead == 0


def test_a_refused_address_is_dead_at_once_with_its_text_and_stops_nobody(office: Office, mail: Mail) -> None:
    dead, sent = office.notice(office.person("refused")), office.notice(office.person("dao"))
    done = office.deliver(mail.channel())
    assert (done.sent, done.failed, done.dead) == (1, 0, 1)
    (letter,) = office.attempts(dead)
    assert letter["outcome"] == "dead" and "550 5.1.1 Hop thu khong ton tai" in letter["error"]
    assert office.attempts(sent)[0]["outcome"] == "sent"


def test_a_login_that_is_refused_is_about_us_and_kills_no_message(office: Office, mail: Mail) -> None:
    notice = office.notice(office.person("dao"))
    channel = EmailChannel("127.0.0.1", mail.port, sender="a@mau.example", user="dd", password="sai", seconds=60)
    assert office.deliver(channel).failed == 1
    assert office.attempts(notice)[0]["outcome"] == "failed" and mail.mails == []


def test_channels_come_from_the_settings(office: Office, mail: Mail) -> None:
    settings = Settings(smtp_host="127.0.0.1", smtp_port=mail.port, smtp_from="dd@mau.example", office="Sở Mẫu")
    office.notice(office.person("dao"))
    assert WebhookChannel.of(settings) is None
    assert WebhookChannel.of(settings.model_copy(update={"webhook_url": "http://127.0.0.1:9/"})) is not None
    assert office.deliver(EmailChannel.of(settings)).sent == 1
    assert mail.head("From") == ["Sở Mẫu <dd@mau.example>"]


def test_a_person_without_an_address_is_a_dead_letter_that_says_so(office: Office, mail: Mail) -> None:
    notice = office.notice(office.person(None))
    assert office.deliver(mail.channel()).dead == 1
    assert office.attempts(notice)[0]["error"] == "người nhận chưa có địa chỉ thư điện tử"


def test_a_fault_in_one_channel_is_kept_in_words_and_stops_no_other(office: Office, mail: Mail) -> None:
    notice = office.notice(office.person("dao", "Đào"))
    done = office.deliver(Broken(), mail.channel())
    assert (done.sent, done.failed) == (1, 1)
    kept = {a["channel"]: (a["outcome"], a["error"]) for a in office.attempts(notice)}
    assert kept == {"broken": ("failed", "RuntimeError: không đọc được Đào"), "email": ("sent", None)}


# ── several workers ─────────────────────────────────────────────────────────────────────────────────────────


def test_two_workers_at_once_send_each_notice_once(office: Office, mail: Mail, workers: Workers) -> None:
    notices = [office.notice(office.person(name)) for name in ["slow"] * 2 + ["dao"] * 38]
    start, hold = workers.folder / "start", mail.folder / "hold"
    both = [workers.start(mail.port, name, start=start) for name in ("a", "b")]
    eventually(lambda: all((workers.folder / f"ready-{name}").exists() for name in ("a", "b")), "the workers")
    hold.touch()  # each is kept at one of the slow ones until the other is there too
    start.touch()
    at_work = "SELECT count(DISTINCT worker) FROM delivery WHERE outcome IS NULL"
    eventually(lambda: office.run(at_work) == [(2,)], "both at work")
    hold.unlink()
    counts = [int(worker.communicate(timeout=180)[0].split()[0]) for worker in both]
    assert sum(counts) == len(notices) and min(counts) > 0
    identities = [got["Message-ID"] for got in mail.mails]
    assert len(identities) == len(set(identities)) == len(notices)
    tried = office.run("SELECT notice_id, outcome FROM delivery ORDER BY notice_id")
    assert tried == [(notice, "sent") for notice in notices]


def test_a_worker_killed_while_sending_is_followed_once_with_the_same_identity(
    office: Office, mail: Mail, workers: Workers
) -> None:
    notice = office.notice(office.person("slow"))
    (mail.folder / "hold").touch()
    worker = workers.start(mail.port, "a")
    eventually(lambda: office.attempts(notice), "the claim")
    worker.kill()
    worker.wait()
    (mail.folder / "hold").unlink()
    assert [(a["worker"], a["outcome"]) for a in office.attempts(notice)] == [("a", None)]
    assert office.deliver(mail.channel(), now=THURSDAY + minutes(9), worker="b").sent == 0
    assert office.deliver(mail.channel(), now=THURSDAY + minutes(11), worker="b").sent == 1
    assert office.deliver(mail.channel(), now=THURSDAY + minutes(40), worker="b").sent == 0
    tried = [(a["attempt"], a["worker"], a["outcome"]) for a in office.attempts(notice)]
    assert tried == [(1, "a", None), (2, "b", "sent")]
    assert [got["Message-ID"] for got in mail.mails] == [f"<notice-{notice}.{THURSDAY.timestamp():.0f}@localhost>"]


def test_a_notice_on_which_workers_die_again_and_again_is_buried(office: Office, mail: Mail) -> None:
    notice = office.notice(office.person("dao"))
    for attempt in range(1, 7):
        office.run("INSERT INTO delivery (notice_id, channel, attempt, claimed_at, worker)"
                   " VALUES (%s, 'email', %s, %s, 'x')", notice, attempt, THURSDAY)  # fmt: skip
    assert office.deliver(mail.channel(), now=THURSDAY + minutes(9)).dead == 0
    assert office.deliver(mail.channel(), now=THURSDAY + minutes(11)).dead == 1
    assert "dừng giữa chừng" in office.attempts(notice)[-1]["error"] and mail.mails == []


# ── digests ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_more_than_five_small_things_come_as_one_and_urgent_ones_alone(office: Office, mail: Mail) -> None:
    busy, calm = office.person("busy"), office.person("calm")
    small = [office.notice(busy, "submit", unit=f"Phường {n}") for n in range(7)]
    urgent = office.notice(busy, "return", urgent=True)
    few = [office.notice(calm, "submit", unit=f"Xã {n}") for n in range(5)]
    done = office.deliver(mail.channel())
    assert (done.sent, done.messages) == (13, 7)
    subjects = [got["Subject"] for got in mail.mails]
    assert subjects[0].startswith("Trả lại") and "7 việc (7 đã gửi)" in subjects
    assert all([a["outcome"] for a in office.attempts(n)] == ["sent"] for n in [*small, urgent, *few])


def test_a_digest_that_failed_is_tried_again_as_the_same_digest(office: Office, mail: Mail) -> None:
    person = office.person("dao")
    first = [office.notice(person, "submit", unit=f"Phường {n}") for n in range(6)]
    mail.stop()
    assert office.deliver(mail.channel()).failed == 6
    more = office.notice(person, "submit", unit="Phường 7", after=THURSDAY + minutes(1))
    mail.start()
    assert office.deliver(mail.channel(), now=THURSDAY + minutes(2)).messages == 2
    subjects = {got["Subject"]: got["Message-ID"] for got in mail.mails}
    digest = next(identity for subject, identity in subjects.items() if subject.startswith("6 việc"))
    assert digest.startswith("<digest-") and len(subjects) == 2
    assert [len(office.attempts(n)) for n in [*first, more]] == [2] * 6 + [1]


# ── what needs no telling any more ──────────────────────────────────────────────────────────────────────────


def test_a_reminder_is_not_sent_once_the_report_has_been_sent_or_waived(office: Office, mail: Mail) -> None:
    with office.session() as session:
        keep_forms(session)
        world = World(session)
        world.issue_plan()
        person = office.person("dao", session=session)
        reports = [world.report_of(unit) for unit in ("Phường Một", "Phường Ba", "Phường Hai")]
        sent, waived, open_ = (office.notice(person, "reminder-before", document=r, session=session) for r in reports)
        world.report("Phường Một")
        supervisor = world.holder("Huyện Bình Mẫu", "supervisor")
        duties.grant(session, reports[1], "waiver", None, "Bão", supervisor, world.now)
    done = office.deliver(mail.channel())
    assert (done.sent, done.moot, done.dead) == (1, 2, 0)
    for letter in (*office.attempts(sent), *office.attempts(waived)):
        assert letter["outcome"] == "dead" and "không còn phải nhắc" in letter["error"]
    assert office.attempts(open_)[0]["outcome"] == "sent"
    assert office.deliver(mail.channel(), now=THURSDAY + minutes(20)).moot == 0


def test_two_workers_do_not_address_the_same_steps(office: Office) -> None:
    with office.session() as session:
        keep_forms(session)
        World(session).issue_plan()
    with office.session() as first, office.session() as second:
        assert address(first, THURSDAY, office.calendar) > 0
        assert address(second, THURSDAY, office.calendar) == 0
    with office.session() as third:
        assert address(third, THURSDAY, office.calendar) == 0
    assert office.run("SELECT count(*) FROM outbox") == [(0,)]


def test_what_is_older_than_a_month_is_no_news(office: Office, mail: Mail) -> None:
    office.notice(office.person("dao"), after=THURSDAY - timedelta(days=31))
    assert office.deliver(mail.channel()).sent == 0 and mail.mails == []


# ── webhook ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_webhook_gets_signed_json(office: Office, hook: Hook) -> None:
    notice = office.notice(office.person("dao", "Đào (mẫu)", "0900 000 000"), due="2026-12-18T17:00:00+00:00")
    assert office.deliver(hook.channel()).sent == 1
    (got,) = hook.posts
    said = json.loads(got["body"])
    assert said["to"]["name"] == "Đào (mẫu)" and said["to"]["phone"] == "0900 000 000"
    assert said["notices"][0] | {"sentence": ""} == {
        "id": notice, "topic": "overdue", "document": None, "unit": "Phường Một", "sentence": "",
        "title": "Báo cáo Tháng hành động (mẫu)", "number": "", "due": "2026-12-18",
    }  # fmt: skip
    heads = {name.lower(): value for name, value in got["headers"].items()}
    expected = signature(hook.secret, heads["x-dondoc-timestamp"], got["body"].encode())
    assert heads["x-dondoc-signature"] == expected and heads["idempotency-key"] == said["id"]


def test_a_webhooks_answer_says_whether_trying_again_can_help(office: Office, hook: Hook) -> None:
    answers = {500: "failed", 503: "failed", 408: "failed", 429: "failed"}
    answers |= dict.fromkeys((400, 401, 404, 302), "dead")
    for status, outcome in answers.items():
        notice = office.notice(office.person(None))
        hook.answer(status)
        office.deliver(hook.channel())
        (attempt,) = office.attempts(notice)
        assert (attempt["outcome"], attempt["error"]) == (outcome, f"webhook trả lời {status}: đã nhận")


def test_a_webhook_that_is_down_gets_it_later_under_the_same_key(office: Office, hook: Hook) -> None:
    notice = office.notice(office.person("dao"))
    hook.answer(500)
    office.deliver(hook.channel())
    hook.stop()
    assert office.deliver(hook.channel(), now=THURSDAY + minutes(2)).failed == 1
    assert "không trả lời" in office.attempts(notice)[1]["error"]
    hook.answer(200)
    hook.start()
    assert office.deliver(hook.channel(), now=THURSDAY + minutes(8)).sent == 1
    keys = {json.loads(got["body"])["id"] for got in hook.posts}
    assert len(hook.posts) == 2 and len(keys) == 1


def test_a_channel_error_is_transient_unless_it_says_otherwise() -> None:
    assert not ChannelError("x").permanent and ChannelError("x", permanent=True).permanent


def body(got: EmailMessage, kind: str) -> str:
    part = got.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def near(found: datetime, wanted: datetime) -> bool:
    return abs(found - wanted) < timedelta(seconds=20)
