"""Who signed a revision: the last step that signed it, or entered its paper into the register."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from states.sentences import Sentence


@dataclass(frozen=True)
class Signature:
    """The step by which a content was signed. On paper (`paper`: ký ngoài hệ thống) the signer is whom the paper names,
    the rest tells of the clerk who entered it: such a row is never a signature of ours."""

    seq: int
    at: datetime
    signer: str
    title: str
    authority: str
    paper: bool
    person_id: int

    @property
    def words(self) -> str:
        """As it is shown: "KT. Phó Chủ tịch Nguyễn Thị Hoa", or "Phạm Văn Giấy (ký ngoài hệ thống)"."""
        if self.paper:
            return Sentence("{signer} (ký ngoài hệ thống)", signer=self.signer)
        return " ".join(word for word in (self.authority, self.title, self.signer) if word)


def signed_sql(document: str, revision: str) -> str:
    """A lateral join «signed» (its seq is null where nobody has signed) for a revision of a document."""
    return f"""
    LEFT JOIN LATERAL (
        SELECT s.seq, s.at, coalesce(sent.signer, p.full_name) AS signer, o.title, s.authority,
               s.action = 'register' AS paper, s.person_id
          FROM step s JOIN person p ON p.id = s.person_id JOIN office o ON o.id = s.office_id
          LEFT JOIN sending sent ON s.action = 'register' AND sent.document_id = s.document_id AND sent.seq = s.seq
         WHERE s.document_id = {document} AND s.revision_id = {revision} AND s.action IN ('sign','register')
         ORDER BY s.seq DESC LIMIT 1) signed ON true
    """


SIGNED = "signed.seq, signed.at, signed.signer, signed.title, signed.authority, signed.paper, signed.person_id"


def signature(values: Iterator[Any]) -> Signature | None:
    """The signature from the seven columns of `SIGNED`, next in a row's values; None where nobody has signed."""
    seven = [next(values) for _ in range(7)]
    return Signature(*seven) if seven[0] is not None else None


# The revision that stands for a document: what is signed, else the newest that was summed or put up.
CURRENT = """
    (CASE WHEN {0}.state IN ('signed','submitted','consolidated') THEN {0}.revision_id ELSE
        (SELECT r.id FROM revision r WHERE r.document_id = {0}.id AND r.part IN ('total','whole')
          ORDER BY r.no DESC LIMIT 1) END)
"""
