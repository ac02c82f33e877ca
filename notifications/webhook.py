"""Webhook: each message as JSON to one address (a province's integration axis, an SMS or Zalo gateway).

The body is signed: `X-DonDoc-Signature: sha256=` HMAC-SHA256, with the shared secret, over the timestamp of
`X-DonDoc-Timestamp`, a full stop and the body's bytes. `Idempotency-Key` is the message's identity, the same on
every attempt. 4xx is permanent except 408 and 429; 5xx and a server that is away are tried again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import httpx

from notifications.channels import ChannelError
from notifications.matters import Matter
from notifications.messages import Message
from states.periods import local
from states.settings import Settings

_TRY_AGAIN = (408, 429)
_LONGEST_ANSWER = 200


class WebhookChannel:
    """The channel `webhook`. Without a `secret` nothing is signed; `seconds`: how long each wait may take."""

    name = "webhook"

    def __init__(self, url: str, *, secret: str | None = None, seconds: float = 10) -> None:
        self._url, self._secret, self._seconds = url, secret, seconds
        self._client: httpx.Client | None = None

    @classmethod
    def of(cls, settings: Settings) -> WebhookChannel | None:
        """From the settings DONDOC_WEBHOOK_*; None where no address is given."""
        if not settings.webhook_url:
            return None
        shared = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
        return cls(settings.webhook_url, secret=shared, seconds=settings.webhook_seconds)

    def send(self, message: Message) -> None:
        """Post the message; raises `ChannelError`."""
        body = json.dumps(as_json(message), ensure_ascii=False).encode()
        try:
            answer = self._connected().post(self._url, content=body, headers=self._headers(message, body))
        except httpx.HTTPError as error:
            why = str(error) or type(error).__name__
            raise ChannelError(f"webhook {self._url} không trả lời: {why}") from error
        if not answer.is_success:
            text = " ".join(answer.text[:_LONGEST_ANSWER].split())
            permanent = answer.status_code < 500 and answer.status_code not in _TRY_AGAIN
            raise ChannelError(f"webhook trả lời {answer.status_code}: {text}", permanent=permanent)

    def close(self) -> None:
        """Close the connection; the next `send` opens one."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _connected(self) -> httpx.Client:
        if self._client is None:
            self._client = httpx.Client(timeout=self._seconds, follow_redirects=False)
        return self._client

    def _headers(self, message: Message, body: bytes) -> dict[str, str]:
        stamp = f"{message.at.timestamp():.0f}"
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.id,
                   "X-DonDoc-Timestamp": stamp}  # fmt: skip
        if self._secret:
            headers["X-DonDoc-Signature"] = signature(self._secret, stamp, body)
        return headers


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What stands in `X-DonDoc-Signature`; the receiver computes the same and compares in constant time."""
    return "sha256=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def as_json(message: Message) -> dict[str, Any]:
    """The message as its receiver reads it. Like every message it carries no content of a report."""
    to = message.to
    return {
        "id": message.id, "subject": message.subject, "text": message.text, "link": message.link,
        "urgent": message.urgent, "sent_at": local(message.at).isoformat(), "office": message.letterhead.office,
        "to": {"person": to.person_id, "name": to.name, "email": to.email, "phone": to.phone},
        "notices": [_notice(matter) for matter in message.matters],
    }  # fmt: skip


def _notice(matter: Matter) -> dict[str, Any]:
    return {
        "id": matter.notice_id, "topic": matter.topic, "document": matter.document_id, "unit": matter.unit,
        "title": matter.title, "number": matter.number, "sentence": matter.sentence,
        "due": matter.due.order if matter.due else None,
    }  # fmt: skip
