"""The record of a paper signed outside the system (bản ghi từ văn bản giấy): what its file says, nothing of the plan's.

The figures are what a clerk entered from it; its title, bases and recipients are told only as he confirmed them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from documents.writing.material import Material, Sent
from documents.writing.paper import Paper, Paragraph
from states.digests import grouped
from states.driver import one_or_none
from states.periods import vi_date


@dataclass(frozen=True)
class Recorded:
    """A paper's own words, as confirmed from its file; empty where nobody read it from one."""

    title: str
    place: str
    bases: tuple[str, ...]
    recipients: tuple[str, ...]
    file: str
    digest: str

    def opening(self, issuer: str, sent: Sent) -> str:
        """What this sheet is, and where the original is to be found."""
        number = f"{sent.number:02d}/{sent.symbol} ngày {vi_date(sent.day)}"
        said = f"Bản ghi này nêu số liệu nhập từ văn bản số {number} của {issuer}, ký trên giấy, ngoài hệ thống."
        if self.digest:
            said += f" Bản gốc là tệp «{self.file}», SHA-256 {grouped(self.digest)}."
        return said


CLOSING = "Khi bản ghi này khác bản gốc thì bản gốc là đúng./."
ELSEWHERE = "- (Ghi trên bản gốc)."


def recorded(session: Session, found: Material) -> Recorded | None:
    """None for what was signed in the system."""
    if found.sent is None or not found.sent.paper:
        return None
    row = one_or_none(session, _CONFIRMED, {"id": found.facts.id})
    head, file, digest = row if row else ({}, "", "")
    bases = tuple(_stands(head, name) for name in sorted(head) if name.startswith("references."))
    lines = [line.strip(" -.;") for line in _stands(head, "recipients").splitlines()]
    return Recorded(_stands(head, "title"), _stands(head, "place"), tuple(one for one in bases if one),
                    tuple(line for line in lines if line), file, digest)  # fmt: skip


def of_record(paper: Paper, record: Recorded, found: Material) -> Paper:
    """The paper with its own words in place of what the program would have written on it."""
    assert found.sent is not None
    bases = [f"{one};" for one in record.bases[:-1]] + [f"{one}." for one in record.bases[-1:]]
    first = Paragraph(record.opening(found.facts.issuer.full_name, found.sent))
    return replace(
        paper, title=record.title or paper.title, place=record.place or paper.place, answers=None, bases=tuple(bases),
        blocks=(first, *paper.blocks[1:]), closing=CLOSING,
        recipients=tuple(f"- {one};" for one in record.recipients) or (ELSEWHERE,),
    )  # fmt: skip


def _stands(head: Mapping[str, Any], name: str) -> str:
    return str((head.get(name) or {}).get("stands") or "").strip()


_CONFIRMED = """
SELECT coalesce(o.confirmed -> 'head', '{}'), i.name, encode(i.file_digest, 'hex')
  FROM incoming_outcome o JOIN incoming i ON i.id = o.incoming_id
 WHERE o.document_id = %(id)s AND o.outcome = 'registered' ORDER BY o.at DESC, i.id DESC LIMIT 1
"""
