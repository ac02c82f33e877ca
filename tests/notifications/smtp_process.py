"""A real SMTP server in a process of its own: `python smtp_process.py PORT FOLDER`.

Keeps each mail as a file in FOLDER. Refuses recipients whose name begins with "refused" (550) or "later" (451),
and lets wait whoever writes to "slow" as long as the file FOLDER/hold stands.
"""

import asyncio
import sys
import uuid
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Keeper:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str,
                          _options: list[str]) -> str:  # fmt: skip
        if address.startswith("refused"):
            return "550 5.1.1 Hop thu khong ton tai"
        if address.startswith("later"):
            return "451 4.3.0 Try again later"
        while address.startswith("slow") and (self.folder / "hold").exists():
            await asyncio.sleep(0.02)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        part = self.folder / f"{uuid.uuid4().hex}.part"
        part.write_bytes(content)
        part.rename(part.with_suffix(".eml"))
        return "250 OK"


if __name__ == "__main__":
    controller = Controller(Keeper(Path(sys.argv[2])), hostname="127.0.0.1", port=int(sys.argv[1]))
    controller.start()
    (Path(sys.argv[2]) / "ready").touch()
    sys.stdin.read()  # ends with the test that started it, however that ends
    controller.stop()
