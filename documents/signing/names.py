"""What the fields of a signed paper are called, and the words that say a signature is only a sample."""

SYSTEM = "HeThong"
"""Certifies what was served: the only changes that are allowed from here on are filling and signing."""
OFFICER = "ChuKyLanhDao"
SEAL = "ChuKyCoQuan"
NUMBER = "So"
DATE = "Ngay"
"""In annexes with their place behind it: "So-0", "Ngay-0"."""

PURPOSES = {OFFICER: "officer", SEAL: "seal", SYSTEM: "system"}
NO_LEGAL_VALUE = "CHỮ KÝ THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
