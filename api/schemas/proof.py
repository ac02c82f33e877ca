"""Checkpoints, and how far a document's bundle proves."""

from api.bundles import Offer
from api.schemas.base import Answer, Moment
from documents.proof.bundling.standing import Checkpoint


class CheckpointOut(Answer):
    """A checkpoint (mốc niêm phong). `note`: the signed words, to be kept as they are; `root` is base64 there, too."""

    size: int
    root: str
    at: Moment
    signer: str
    note: str

    @classmethod
    def said(cls, it: Checkpoint) -> "CheckpointOut":
        """From the signed note."""
        return cls(size=it.note.size, root=it.root, at=it.at, signer=it.signer, note=it.words)


class ProofOut(Answer):
    """What the bundle would prove now: steps up to `proven_seq` of `seq`; `next_at`: the next checkpoint.

    `why_not`: why there is none, null where there is one. `key`: the verifier's line, to be compared with the
    published one.
    """

    why_not: str | None
    seq: int
    proven_seq: int
    proven_at: Moment | None
    checkpoint: CheckpointOut | None
    next_at: Moment
    sealing_is_late: bool
    key: str | None

    @classmethod
    def said(cls, it: Offer) -> "ProofOut":
        """From what is offered."""
        last, newest = it.standing.last, it.standing.checkpoint
        return cls(
            why_not=it.refusal.message if it.refusal else None, seq=len(it.standing.steps),
            proven_seq=last.seq if last else 0, proven_at=last.at if last else None,
            checkpoint=CheckpointOut.said(newest) if newest else None, next_at=it.next_at, sealing_is_late=it.late,
            key=it.verifier.line if it.verifier else None,
        )  # fmt: skip
