"""A mail or a box of mails: the files that were attached, and the words of the mail itself as a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import errors, message_from_bytes
from email.message import EmailMessage
from email.policy import default

from documents.reading import limits
from documents.reading.refusals import Damaged, TooMuch

_PICTURES = ("image/", "video/", "audio/")


@dataclass(frozen=True, slots=True)
class Attached:
    """One file of a mail: its own name (not to be trusted) and its bytes."""

    name: str
    data: bytes


def attached(name: str, kind: str, data: bytes) -> list[Attached]:
    """All files of a mail or mailbox, in their order; a mail without any gives its own words as a text."""
    messages = (
        [data] if kind == "eml" else [part for part in re.split(rb"(?m)^From [^\r\n]*\r?\n", data) if part.strip()]
    )
    if len(messages) > limits.IN_A_BOX:
        raise TooMuch(name=name, what="thư", most=limits.IN_A_BOX)
    found: list[Attached] = []
    for number, message in enumerate(messages, 1):
        found += _of_message(name, message, number)
    return found


def _of_message(name: str, data: bytes, number: int) -> list[Attached]:
    try:
        message = message_from_bytes(data, policy=default)
        assert isinstance(message, EmailMessage)
        files = list(_files(message))
        words = message.get_body(("plain",)) if not files else None
        said = words.get_content() if words is not None else ""
    except (errors.MessageError, LookupError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise Damaged(name=name, kind="thư điện tử") from error
    if len(files) > limits.IN_A_MAIL:
        raise TooMuch(name=name, what="tệp đính kèm", most=limits.IN_A_MAIL)
    return files or ([Attached(f"thư {number}.txt", str(said).encode())] if str(said).strip() else [])


def _files(message: EmailMessage) -> Iterator[Attached]:
    for part in message.walk():
        name = part.get_filename()
        if part.is_multipart() or not name or part.get_content_type().startswith(_PICTURES):
            continue
        data = part.get_payload(decode=True)
        yield Attached(name, data if isinstance(data, bytes) else b"")
