"""Sample certificates for sample people: by the test authority, under a passphrase that everybody may know.

They are issued only where the play was given something to sign with (`Stage.means`).
"""

from collections.abc import Sequence

from api.demo.stage import Stage
from documents.signing import certificates
from documents.signing.sample import SAMPLE_PASSPHRASE
from states.policy import Actor

_ROUNDS = 1_000
"""Of the key's encryption: its passphrase stands on the page."""


def issue(stage: Stage, admin: Actor, offices: Sequence[int] = (), seals: Sequence[int] = (), days: int = 1095) -> int:
    """For these offices, and seals of these units, as of the stage's moment; returns how many."""
    if stage.means is None:
        return 0
    with stage.transaction() as session:
        for office_id in offices:
            certificates.issue_test(session, stage.means, SAMPLE_PASSPHRASE, admin, stage.now, office_id=office_id,
                                    days=days, rounds=_ROUNDS)  # fmt: skip
        for unit_id in seals:
            certificates.issue_test(session, stage.means, SAMPLE_PASSPHRASE, admin, stage.now, unit_id=unit_id,
                                    days=days, rounds=_ROUNDS)  # fmt: skip
    return len(offices) + len(seals)
