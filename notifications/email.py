"""E-mail over SMTP (thư điện tử): one connection for a run, one mail per message.

A refused recipient or a refused text (5xx) is permanent. A server that is away, a login or a sender that it
refuses are about us and not about the message: they are tried again while somebody mends them.
"""

from __future__ import annotations

import asyncio
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from typing import Literal

import aiosmtplib

from notifications.channels import ChannelError
from notifications.loop import Loop
from notifications.matters import clean
from notifications.messages import Message
from states.periods import local
from states.settings import Settings

Security = Literal["none", "starttls", "tls"]

_PER_CONNECTION = 50  # many servers close a connection that brings more


class EmailChannel:
    """The channel `email`. `seconds`: how long one message may take, connecting included."""

    name = "email"

    def __init__(self, host: str, port: int, *, sender: str, sender_name: str = "Đôn Đốc", user: str | None = None,
                 password: str | None = None, security: Security = "none", seconds: float = 20) -> None:  # fmt: skip
        self._address = (host, port)
        self._login = (user, password)
        self._from = Address(clean(sender_name), addr_spec=sender)
        self._security, self._seconds = security, seconds
        self._loop = Loop()
        self._client: aiosmtplib.SMTP | None = None
        self._sent = 0

    @classmethod
    def of(cls, settings: Settings) -> EmailChannel:
        """From the settings DONDOC_SMTP_*."""
        password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
        return cls(settings.smtp_host, settings.smtp_port, sender=settings.smtp_from, sender_name=settings.office,
                   user=settings.smtp_user, password=password, security=settings.smtp_security,
                   seconds=settings.smtp_seconds)  # fmt: skip

    def send(self, message: Message) -> None:
        """Send; raises `ChannelError`, permanent where the recipient has no address that can be written to."""
        if not message.to.email:
            raise ChannelError("người nhận chưa có địa chỉ thư điện tử", permanent=True)
        mail = as_mail(message, self._from)
        try:
            self._loop.run(self._send(mail, message.to.email))
        except Exception as error:
            self.close()  # whatever state the conversation is in, the next message begins anew
            raise _in_words(error, f"{self._address[0]}:{self._address[1]}") from error

    def close(self) -> None:
        """Say goodbye to the server; the next `send` connects again."""
        client, self._client = self._client, None
        if client is not None:
            self._loop.run(_goodbye(client))
        self._loop.close()

    async def _send(self, mail: MIMEMultipart, to: str) -> None:
        async with asyncio.timeout(self._seconds):
            client = await self._connected()
            await client.send_message(mail, sender=self._from.addr_spec, recipients=[to])
        self._sent += 1

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is not None and (not self._client.is_connected or self._sent >= _PER_CONNECTION):
            await _goodbye(self._client)
            self._client = None
        if self._client is None:
            (host, port), (user, password) = self._address, self._login
            self._client = aiosmtplib.SMTP(
                hostname=host, port=port, username=user, password=password, timeout=self._seconds,
                use_tls=self._security == "tls", start_tls=self._security == "starttls",
            )  # fmt: skip
            await self._client.connect()
            self._sent = 0
        return self._client


def as_mail(message: Message, sender: Address) -> MIMEMultipart:
    """The mail: UTF-8 headers, text and HTML, and the marks of an automatic one (RFC 3834, RFC 2369).

    The older classes of the standard library, for in Python 3.11 `EmailMessage` drops the blank where it folds a
    header of Vietnamese words.
    """
    domain, matters = message.letterhead.domain, message.matters
    mail = MIMEMultipart("alternative")
    mail["From"] = _named(sender, "From")
    mail["To"] = _named(_recipient(message), "To")
    mail["Subject"] = Header(clean(message.subject), "utf-8", header_name="Subject").encode()
    mail["Date"] = format_datetime(local(message.at))
    mail["Message-ID"] = f"<{message.id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-Id"] = f"<thong-bao.{domain}>"
    mail["List-Unsubscribe"] = f"<{message.letterhead.public_url}/thong-bao>"
    if message.urgent:
        mail["Importance"] = "high"
    if len(matters) == 1 and matters[0].document_id:
        # all mails about one document stand under one heading in the reader's program
        mail["References"] = f"<document-{matters[0].document_id}@{domain}>"
    mail.attach(MIMEText(message.text, "plain", "utf-8"))
    mail.attach(MIMEText(message.html, "html", "utf-8"))
    return mail


def _recipient(message: Message) -> Address:
    given = message.to.email or ""
    try:
        given.encode("ascii")
        return Address(clean(message.to.name), addr_spec=given)
    except (ValueError, MessageError, IndexError) as error:
        raise ChannelError(f"địa chỉ thư điện tử không hợp lệ: {given!r}", permanent=True) from error


def _named(address: Address, header: str) -> str:
    line = Header(address.display_name, "utf-8", header_name=header)
    line.append(f"<{address.addr_spec}>", "us-ascii")
    return line.encode()


async def _goodbye(client: aiosmtplib.SMTP) -> None:
    try:
        async with asyncio.timeout(2):
            await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        client.close()


def _in_words(error: Exception, server: str) -> ChannelError:
    refused = error.recipients[0] if isinstance(error, aiosmtplib.SMTPRecipientsRefused) else error
    if isinstance(refused, aiosmtplib.SMTPNotSupported):
        return ChannelError(f"máy chủ thư {server} không nhận địa chỉ này: {refused}", permanent=True)
    if isinstance(refused, aiosmtplib.SMTPRecipientRefused | aiosmtplib.SMTPDataError):
        return ChannelError(f"máy chủ thư từ chối: {refused.code} {refused.message}", permanent=refused.code >= 500)
    if isinstance(refused, aiosmtplib.SMTPResponseException):
        return ChannelError(f"máy chủ thư {server} trả lời: {refused.code} {refused.message}")
    if isinstance(refused, aiosmtplib.SMTPException | OSError):
        return ChannelError(f"không gửi được qua máy chủ thư {server}: {str(refused) or type(refused).__name__}")
    return ChannelError(f"{type(error).__name__}: {error}")
