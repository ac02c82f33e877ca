"""Every hostile file, by its name, and every genuine one: each module enters its own."""

from tests.documents.signing.hostile import (  # the imports enter them
    actions,
    by_hand,
    described,
    drawn,
    envelopes,
    files,
    form_fields,
    hidden,
    locks,
    looks,
    sayings,
    signers,
    strangers,
    tables,
    texts,
    twins,
    written,
)
from tests.documents.signing.hostile.case import HOSTILE, Make
from tests.documents.signing.hostile.genuine import GENUINE

KINDS = (strangers, texts, actions, form_fields, locks, signers, files, tables, hidden, twins, described, looks,
         sayings, envelopes, by_hand, written, drawn)  # fmt: skip
__all__ = ["GENUINE", "HOSTILE", "KINDS", "Make"]
