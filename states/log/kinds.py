"""What leaves a digest in the log, and over which line of which columns: the same table as migration 0005.

A row's line is the JSON of ["dondoc-row/1", kind, key, column, ...], each column as PostgreSQL writes it as text with
moments in UTC; its digest is the SHA-256 of that line. A step's digest is its own (`states.digests`). Columns that
may change later leave a second digest of the whole row under the kind with a plus sign.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring as _said

CHANGED = "+"


@dataclass(frozen=True)
class Kind:
    """A table whose rows are traced; `changes`: whether some of its columns may change after the row was written."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    changes: bool = False

    @property
    def select(self) -> str:
        """The key and columns as text, in the order of the line, of a table `s`."""
        return ", ".join([self.key_sql, *(f's."{name}"::text' for name in self.columns)])

    @property
    def key_sql(self) -> str:
        """The key as text."""
        return " || ':' || ".join(f's."{name}"::text' for name in self.key)


def line(kind: str, values: Sequence[str | None]) -> bytes:
    """The line of a row: `values` are its key and its columns as text."""
    said = ", ".join([_said(value) if value is not None else "null" for value in values])
    return f'["dondoc-row/1", "{kind}", {said}]'.encode()


def row_digest(kind: str, values: Sequence[str | None]) -> bytes:
    """SHA-256 over the row's line."""
    return hashlib.sha256(line(kind, values)).digest()


def leaf_data(kind: str, key: str, digest: bytes) -> bytes:
    """What a leaf of the tree is made of."""
    return f"dondoc-leaf/1\n{kind}\n{key}\n{digest.hex()}".encode()


def leaf_hash(kind: str, key: str, digest: str) -> bytes:
    """A leaf's hash (`merkle.leaf_hash` of `leaf_data`) in one go; `digest`: in hex."""
    return hashlib.sha256(f"\0dondoc-leaf/1\n{kind}\n{key}\n{digest}".encode()).digest()


def _kind(name: str, key: str, columns: str, *, changes: bool = False) -> Kind:
    return Kind(name, tuple(key.split()), tuple(columns.split()), changes)


ROWS = (
    _kind("unit", "id", "registry code name kind level role symbol parent_id path depth valid_from valid_to small"
          " totp_to_sign signature_required", changes=True),
    _kind("succession", "old_id new_id", "kind doubt"),
    _kind("person", "id", "full_name machine sample", changes=True),
    _kind("office", "id", "person_id unit_id seat title authority fields kinds mandate stands_for valid_from valid_to",
          changes=True),
    _kind("rule", "kind from_state action to_state", ""),
    _kind("form", "code version", "kind title digest kept"),
    _kind("requirement", "id", "plan_id kind title form form_version field series legal_basis urgency period_first"
          " period_last created_at"),
    _kind("requirement_level", "requirement_id level", "due_at issuer_role drafter_role receiver_role follower_roles"
          " followers copies"),
    _kind("document", "id", "kind unit_id issuer_id drafter_id receiver_id followers level path title subject field"
          " series requirement_id plan_id parent_id supplement form form_version period_first period_last due_at"
          " legal_basis urgency opened_at", changes=True),
    _kind("external_document", "id", "number date issuer title"),
    _kind("link", "id", "document_id role target_id external_id note at"),
    _kind("revision", "id", "document_id no part digest authors cut_at cut_by covered expected xid"),
    _kind("free_row", "revision_id line", "table_no label label_key"),
    _kind("mapping", "id", "unit_id form table_no label_key row_no person_id office_id at"),
    _kind("contribution", "id", "document_id assignee assignee_key unit_id asked_only due_at task asked_at asked_by"),
    _kind("contribution_given", "id", "contribution_id revision_id given_by channel taken_by at"),
    _kind("explanation", "id", "document_id code place words person_id office_id at"),
    _kind("register", "id", "unit_id year series direction opened_at_number opened_by reason"),
    _kind("register_entry", "register_id number", "before document_id office_id date at"),
    _kind("sending", "id", "document_id no seq revision_id issuer_id year series number symbol date sent_at paper"
          " signer recipients replaces"),
    _kind("receipt", "sending_id", "unit_id number received_at office_id"),
    _kind("dispensation_request", "id", "document_id kind until reason office_id at"),
    _kind("dispensation", "id", "document_id kind until reason office_id at in_time request_id"),
    _kind("file", "digest", "size"),
    _kind("certificate", "id", "purpose office_id unit_id digest subject issuer serial valid_from valid_to chain store"
          " registered_by at"),
    _kind("certificate_end", "certificate_id", "at reason office_id"),
    _kind("signing_intent", "id", "document_id revision_id seq purpose office_id certificate_id prepared_digest"
          " content_digest nonce at expires_at"),
    _kind("signature", "document_id seq purpose", "intent_id certificate_id file_digest content_digest signed_at"
          " timestamp_at level"),
    _kind("incoming", "id", "unit_id file_digest name media_type came_by person_id office_id arrived_at"),
    _kind("incoming_outcome", "incoming_id", "outcome document_id confirmed words person_id office_id at"),
)  # fmt: skip
"""The kinds whose digest is taken over the row's columns. Beside them stand `step` and `derivation`."""
BY_NAME = {kind.name: kind for kind in ROWS}
CHANGING = frozenset(kind.name for kind in ROWS if kind.changes)
"""Kinds of which a row may be changed lawfully: of no other does a trace with a plus count."""

PLAIN_COLUMNS = {
    "unit": {"name_key": "tên để tìm, tính từ tên", "search_key": "tên để tìm, tính từ tên",
             "latitude": "vị trí trên bản đồ", "longitude": "vị trí trên bản đồ", "phone": "liên hệ",
             "paper": "thể thức in", "totp_to_enter": "cách đăng nhập"},
    "person": {"email": "liên hệ", "phone": "liên hệ"},
    "trace": {"id": "thứ tự chờ"},
}  # fmt: skip
"""Columns of traced tables that bear no proof, and why: whoever has all rights may change them unseen."""
PLAIN_TABLES = {
    "account": "đăng nhập", "identity": "đăng nhập", "web_session": "đăng nhập", "attempt": "đăng nhập",
    "token": "đăng nhập", "preference": "tùy chọn cá nhân", "calendar_day": "lịch, đặt lại được từ nguồn",
    "addressee": "nơi nhận kế hoạch dự thảo", "working_copy": "bản đang soạn, chưa trình",
    "intake": "số đang tổng hợp, chưa trình",
    "finding": "gợi ý kiểm tra, tính lại được", "outbox": "tin chờ soạn", "notice": "tin nhắn",
    "delivery": "lượt gửi tin", "reminder": "lượt nhắc",
    "seen": "đã xem", "note": "trao đổi bên lề", "flow_note": "việc máy đã làm",
    "running": "tiến độ", "idempotency": "chống gửi lặp", "incoming_reading": "máy đọc, đọc lại được từ tệp",
    "keystore": "khóa riêng đã mã hóa", "signing_download": "lượt tải để ký", "alembic_version": "phiên bản lược đồ",
    "restoration": "lần phục hồi từ bản sao lưu",
}  # fmt: skip
"""Tables that bear no proof, and what is in them."""
