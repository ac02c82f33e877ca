"""The file itself, opened with distrust: a ZIP of few known members, with a digest over its bytes in its comment."""

import hashlib
import io
import json
import re
import zipfile

from documents.proof.verifying import framing

FORMAT = "dondoc-bundle/1"
LARGEST_FILE, LARGEST_WHOLE, MOST_MEMBERS = 1 << 29, 1 << 30, 500
COMMENT = re.compile(rb"dondoc-bundle/1 sha256:([0-9a-f]{64})\Z")
COMMENT_LENGTH = len("dondoc-bundle/1 sha256:") + 64
NAMES = re.compile(
    r"manifest\.json|checkpoint\.txt|proofs\.json|evidence\.jsonl|contents\.jsonl|forms\.jsonl|README\.txt"
    r"|files/[0-9a-f]{64}"
)
NEEDED = ("README.txt", "manifest.json", "checkpoint.txt", "proofs.json", "evidence.jsonl", "contents.jsonl",
          "forms.jsonl")  # fmt: skip
README = """Gói chứng minh của Đôn Đốc. Kiểm chứng ngoại tuyến:
    dondoc verify TỆP --key KHÓA --checkpoint MỐC
hoặc trên máy khác: python -m documents.proof.verifying TỆP --key KHÓA --checkpoint MỐC
KHÓA và MỐC phải lấy từ nơi khác, không phải từ người đưa gói này. Giải thích: docs/proof.md.

A proof made by Đôn Đốc. Key and checkpoint must come from elsewhere, not from whoever handed you this file.
"""


class BadBundle(Exception):
    """Gói không đọc được: {vi} (the bundle can't be read: {en})."""

    def __init__(self, vi: str, en: str) -> None:
        """Both sentences."""
        self.vi, self.en = vi, en
        super().__init__(f"{vi} ({en})")


def opened(data: bytes) -> dict[str, bytes]:
    """The members by name. Raises `BadBundle`."""
    if len(data) > LARGEST_FILE:
        raise BadBundle("tệp quá lớn", "the file is too large")
    found = COMMENT.search(data[-COMMENT_LENGTH:])
    if found is None or hashlib.sha256(data[:-COMMENT_LENGTH]).hexdigest().encode() != found[1]:
        raise BadBundle("tệp đã bị thay đổi hoặc không trọn vẹn", "the file was changed or is not whole")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _members(packed, data)
    except BadBundle:
        raise
    except Exception as error:  # a hostile archive may break a reader in any way
        raise BadBundle(f"không phải gói chứng minh ({type(error).__name__})", "it is no bundle") from None


def manifest(member: bytes) -> tuple[str, str]:
    """The number of the document and the log's key, as the bundle itself says them. Raises `BadBundle`."""
    said = json.loads(member)
    if set(said) != {"document", "format", "key"} or said["format"] != FORMAT or type(said["document"]) is not int:
        raise BadBundle("không phải dạng gói này đọc được", f"its form is not {FORMAT}")
    if json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() != member:
        raise BadBundle("lời khai của gói không viết theo dạng chuẩn", "its manifest is not written in the one way")
    return str(said["document"]), str(said["key"])


def _members(packed: zipfile.ZipFile, data: bytes) -> dict[str, bytes]:
    listed = packed.infolist()
    names = [each.filename for each in listed]
    if len(listed) > MOST_MEMBERS or sum(each.file_size for each in listed) > LARGEST_WHOLE:
        raise BadBundle("giải nén ra quá lớn", "it unpacks to too much")
    if len(set(names)) != len(names) or not all(NAMES.fullmatch(name) for name in names):
        raise BadBundle("có tệp lạ bên trong", "it holds a member that does not belong there")
    if any(each.flag_bits & 1 or each.compress_type not in (0, 8) for each in listed):
        raise BadBundle("nén theo cách lạ", "it is packed in a strange way")
    if not set(NEEDED) <= set(names):
        raise BadBundle("thiếu phần bắt buộc", "a needed member is missing")
    if not framing.is_plain(data, listed, COMMENT_LENGTH):
        raise BadBundle("gói không được đóng đúng cách (có phần thêm vào, hoặc sai thứ tự)",
                        "it is not packed as bundles are: something is added, or in another order")  # fmt: skip
    members = {}
    for each in listed:
        with packed.open(each) as member:
            members[each.filename] = member.read(each.file_size + 1)
    if members["README.txt"] != README.encode():
        raise BadBundle("lời dẫn đã bị sửa", "its README was changed")
    return members
