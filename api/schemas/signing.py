"""Signing with a token: what goes out, and the signatures that a document bears."""

from api.schemas.base import Answer, BigNumber, Given, Moment, Number


class PrepareIn(Given):
    """A signature to be prepared for a token. `seq` and `revision_id`: the step and the content that were read."""

    seq: Number
    revision_id: BigNumber


class PreparedOut(Answer):
    """A signing that waits for its file: taken from `download` once, given back to `upload` before `expires_at`.

    `nonce` names it and is a secret; `digest`: SHA-256 of the file, in hex; `size` in bytes.
    """

    nonce: str
    expires_at: Moment
    name: str
    size: int
    digest: str
    download: str
    upload: str


class CertifiedOut(Answer):
    """A signature that a document bears. `purpose`: officer, or seal of the office; `level`: B-B, B-T with a time stamp
    (`timestamp_at`), B-LT with what is needed to check it years later; `sample`: by the test authority, no legal
    signature; `in_force`: no later step took it back. Digests are SHA-256 in hex.
    """

    seq: int
    purpose: str
    revision_id: int
    name: str
    title: str
    unit: str
    subject: str
    issuer: str
    at: Moment
    timestamp_at: Moment | None
    level: str
    sample: bool
    file_digest: str
    content_digest: str
    in_force: bool
