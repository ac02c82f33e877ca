"""What is wrong, in an inspector's words."""

from dataclasses import dataclass

from states.sentences import InBoth

MOST = 50
"""How many faults of one kind are told one by one."""


@dataclass(frozen=True)
class Fault:
    """One thing that is not what was written: the kind of row, which one, and what about it."""

    kind: str
    key: str
    vietnamese: str
    english: str

    @property
    def words(self) -> InBoth:
        """What is wrong, in both languages."""
        return InBoth(self.vietnamese, self.english)

    def __str__(self) -> str:
        """Place and words."""
        return f"{self.place}: {self.words}"

    @property
    def place(self) -> InBoth:
        """Where: "bước 12:3" is step 3 of document 12."""
        vi, en = NAMES.get(self.kind, (self.kind, self.kind))
        return InBoth(f"{vi} {self.key}".strip(), f"{en} {self.key}".strip())


def fault(kind: str, key: object, vietnamese: str, english: str) -> Fault:
    """A fault at a row."""
    return Fault(kind, str(key), vietnamese, english)


NAMES = {
    "step": ("bước", "step"), "document": ("văn bản", "document"), "revision": ("bản nội dung", "content"),
    "derivation": ("nguồn của bản", "sources of content"), "figure": ("số liệu của bản", "figures of content"),
    "sending": ("lần gửi", "sending"), "receipt": ("lần nhận", "receipt"), "register": ("sổ đăng ký", "register"),
    "register_entry": ("số trong sổ", "register number"), "office": ("vị trí, ủy quyền", "office, mandate"),
    "person": ("người", "person"), "unit": ("đơn vị", "unit"), "succession": ("đơn vị kế thừa", "succession"),
    "form": ("biểu mẫu", "form"), "rule": ("quy tắc", "rule"), "requirement": ("yêu cầu", "requirement"),
    "requirement_level": ("yêu cầu theo cấp", "requirement's level"), "link": ("liên kết", "link"),
    "external_document": ("văn bản bên ngoài", "external document"), "free_row": ("dòng tự do", "free row"),
    "mapping": ("quy về danh mục", "mapping"), "contribution": ("đóng góp được yêu cầu", "contribution asked"),
    "contribution_given": ("đóng góp", "contribution"), "explanation": ("giải trình", "explanation"),
    "dispensation": ("gia hạn, miễn", "dispensation"), "dispensation_request": ("xin gia hạn", "dispensation asked"),
    "file": ("tệp", "file"), "incoming": ("văn bản đến", "incoming paper"),
    "incoming_outcome": ("xử lý văn bản đến", "outcome of a paper"),
    "certificate": ("chứng thư số", "certificate"), "certificate_end": ("chấm dứt chứng thư số", "certificate's end"),
    "signing_intent": ("ý định ký", "intent to sign"), "signature": ("chữ ký số", "signature"),
    "leaf": ("vị trí trong nhật ký", "place in the log"),
    "subtree": ("nhánh của nhật ký", "branch of the log"), "checkpoint": ("mốc niêm phong", "checkpoint"),
    "heads": ("bảng bước cuối", "table of last steps"), "head": ("ô của bảng bước cuối", "cell of the last steps"),
    "outside": ("mốc do bên ngoài giữ", "outside checkpoint"),
}  # fmt: skip
