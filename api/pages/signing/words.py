"""What pages say of certificates: how one stands today, and in the demo the passphrase of the sample ones."""

from datetime import datetime, timedelta

from api import deps
from api.pages.shell import Visit
from documents.signing.certificates import Certificate
from documents.signing.sample import SAMPLE_PASSPHRASE

SOON = timedelta(days=30)
"""So long before its last day a certificate is said to run out."""


def demo(visit: Visit) -> bool:
    """Whether this machine shows the demo."""
    return deps.machine(visit.request).settings().demo_ahead is not None


def hint(visit: Visit, certificate: Certificate | None) -> str:
    """The passphrase to be told beside the field: of a sample certificate, in the demo; else nothing."""
    return SAMPLE_PASSPHRASE if certificate is not None and certificate.sample and demo(visit) else ""


def standing(one: Certificate, at: datetime) -> str:
    """How it stands at a moment: ended, expired, early, soon, good."""
    if one.ended_at is not None and one.ended_at <= at:
        return "ended"
    if one.valid_to < at:
        return "expired"
    if one.valid_from > at:
        return "early"
    return "soon" if one.valid_to - at < SOON else "good"


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


SIGNS = {
    "good": {"tone": "good", "icon": "shield-check", "word": _("Còn hiệu lực")},
    "soon": {"tone": "warn", "icon": "clock", "word": _("Sắp hết hạn")},
    "expired": {"tone": "waived", "icon": "history", "word": _("Hết hạn")},
    "early": {"tone": "draft", "icon": "clock", "word": _("Chưa có hiệu lực")},
    "ended": {"tone": "waived", "icon": "ban", "word": _("Đã kết thúc")},
}
"""How each standing is shown (a pill)."""
STORES = {"local": _("giữ trong chương trình"), "token": _("trong thiết bị ký (USB token)")}
"""Where the key is."""
