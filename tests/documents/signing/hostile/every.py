"""Every hostile file, by its name, and every genuine one: each module enters its own."""

from tests.documents.signing.hostile import (  # the imports enter them
    actions,
    files,
    form_fields,
    locks,
    signers,
    strangers,
    tables,
    texts,
)
from tests.documents.signing.hostile.case import HOSTILE, Make
from tests.documents.signing.hostile.genuine import GENUINE

KINDS = (strangers, texts, actions, form_fields, locks, signers, files, tables)
__all__ = ["GENUINE", "HOSTILE", "KINDS", "Make"]
