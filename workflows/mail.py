"""Telling people: the steps' outbox becomes notices, notices go out through the channels that are set up."""

import os
import socket
from datetime import datetime

from notifications import outbox
from notifications.channels import Channel
from notifications.email import EmailChannel
from notifications.messages import Letterhead
from notifications.webhook import WebhookChannel
from states.database import transaction
from states.days import calendar
from states.settings import Settings, current
from workflows.progress import progress


def post(now: datetime) -> str:
    """Address what happened and deliver what is due; returns what was done, in words."""
    settings = current()
    worker = f"{socket.gethostname()}:{os.getpid()}"
    with progress(None, "deliver", None, 1, "", now, quiet=True) as tell:
        with transaction() as session:
            working_days = calendar(session)
            addressed = outbox.address(session, now, working_days)
        if addressed:
            tell(0, f"Soạn {addressed} thông báo, đang gửi")
        done = outbox.deliver(transaction, now, channels(settings), worker, working_days, Letterhead.of(settings))
        if addressed or done.sent + done.failed + done.dead:
            tell(1, f"Soạn {addressed} thông báo; gửi {done.sent} trong {done.messages} thư, "
                 f"lỗi {done.failed + done.dead}")  # fmt: skip
    told = (
        f"sent {done.sent} in {done.messages} messages, failed {done.failed}, dead {done.dead}, not needed {done.moot}"
    )
    return f"notices written: {addressed}; {told}"


def channels(settings: Settings) -> list[Channel]:
    """The channels of this office: e-mail always, the webhook where an address is set."""
    webhook = WebhookChannel.of(settings)
    return [EmailChannel.of(settings), *([webhook] if webhook else [])]
