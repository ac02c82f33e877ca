"""Each document's steps: one continues the other from the opening on, and what they leave the document with."""

from documents.proof.verifying.rows import Evidence, Row
from documents.proof.verifying.words import Report

_SIGNS = ("sign", "register")


def chains(found: Evidence, report: Report) -> None:
    """Whether every chain in the bundle is unbroken."""
    broken = []
    for document, steps in found.steps.items():
        steps.sort(key=lambda step: int(step["seq"]))
        if found.of("document", document) is None or not _unbroken(steps):
            broken.append(document)
    if broken:
        report.bad(f"Chuỗi bước của {len(broken)} văn bản bị đứt: {', '.join(broken[:10])}.",
                   f"The chains of {len(broken)} documents are broken: {', '.join(broken[:10])}.")  # fmt: skip
    else:
        count = sum(map(len, found.steps.values()))
        report.good(f"Chuỗi {count} bước của {len(found.steps)} văn bản liền mạch.",
                    f"The {count} steps of {len(found.steps)} documents form unbroken chains.")  # fmt: skip


def _unbroken(steps: list[Row]) -> bool:
    previous, state = "00", "none"
    for seq, step in enumerate(steps, 1):
        if (step["seq"], step["previous"], step["from_state"]) != (seq, previous, state):
            return False
        previous, state = step["digest"], step["to_state"]
    return True


def signing(steps: list[Row]) -> Row | None:
    """The step that signed (or registered) what the document says now; None while nobody has."""
    signed = None
    for step in steps:
        if step["action"] in _SIGNS:
            signed = step
        elif step["action"] == "revise":
            signed = None
    return signed


def signing_of(steps: list[Row], digest: str) -> Row | None:
    """The last step that signed this content."""
    return next((s for s in reversed(steps) if s["action"] in _SIGNS and s["revision_digest"] == digest), None)
