"""From lines to the signed root: every row in the bundle stands in the log at its place."""

import hashlib
import json
from typing import Any

from documents.proof.verifying import notes, tree
from documents.proof.verifying.rows import Evidence, put
from documents.proof.verifying.words import Report, moment, said, said_en

MOST_LINES = 3_000_000


def evidence(member: bytes) -> Evidence:
    """Read `evidence.jsonl`: a position, a plus sign for a row changed later, the line. Raises ValueError.

    Lines ascend and each place is written in the one way there is.
    """
    found, before = Evidence(), -1
    lines = member.split(b"\n")
    if len(lines) > MOST_LINES or lines.pop() != b"":
        raise ValueError("evidence")
    for each in lines:
        place, _, line = each.partition(b" ")
        changed = place.endswith(b"+")
        digest = hashlib.sha256(line).hexdigest()
        kind, key = put(found, json.loads(str(line, "utf-8")), digest)
        position = int(place.removesuffix(b"+"))
        if position <= before or place != b"%d%s" % (position, b"+" if changed else b""):
            raise ValueError("position")
        before = position
        if changed:
            found.changed.add((kind, key))
        data = f"dondoc-leaf/1\n{kind}{'+' if changed else ''}\n{key}\n{digest}"
        found.positions[position] = tree.leaf_hash(data.encode())
        if kind == "step":
            found.standing[key.partition(":")[0]] = found.positions[position]
        elif kind == "heads":
            found.ended = position
    return found


def log(found: Evidence, member: bytes, checkpoint: notes.Checkpoint, report: Report) -> None:
    """Whether all that was read leads to the checkpoint's root."""
    beside = [bytes.fromhex(hash) for hash in _proofs(member)["beside"]]
    root, at = tree.root_of(found.positions, checkpoint.size, beside), moment(checkpoint.at)
    if root == checkpoint.root:
        report.good(f"Tất cả {len(found.positions)} hàng dữ liệu trong gói đứng trong nhật ký đã niêm phong lúc"
                    f" {said(at)} ({checkpoint.size} dấu vết).",
                    f"All {len(found.positions)} rows in the bundle stand in the log that was sealed on {said_en(at)}"
                    f" ({checkpoint.size} leaves).")  # fmt: skip
    else:
        report.bad("Dữ liệu trong gói không phải dữ liệu đã niêm phong trong nhật ký.",
                   "What the bundle holds is not what was sealed in the log.")  # fmt: skip


def standing(found: Evidence, member: bytes, checkpoint: notes.Checkpoint, report: Report) -> None:
    """Whether the steps of every document go up to the checkpoint: its last leaf says where each one stood."""
    if _stands(found, [bytes.fromhex(hash) for hash in _proofs(member)["standing"]], checkpoint.size):
        count = len(found.standing)
        report.good(f"Các bước của {count} văn bản trong gói là tất cả các bước có đến lúc niêm phong ấy: không bước"
                    " nào về sau bị bỏ bớt.",
                    f"The steps of the {count} documents in the bundle are all that there were at that sealing: none"
                    " was left out at the end.")  # fmt: skip
    else:
        report.bad("Gói không có đủ các bước đến lúc niêm phong: những bước sau cùng của ít nhất một văn bản đã bị lấy"
                   " khỏi gói. Hãy xin gói mới thẳng từ hệ thống.",
                   "The bundle does not hold all steps up to the sealing: the last ones of at least one document were"
                   " taken out. Ask the program itself for a fresh one.")  # fmt: skip


def _stands(found: Evidence, beside: list[bytes], size: int) -> bool:
    """Whether the last steps here, of every document here, lead to what stands at the end of the log."""
    ended = list(found.rows["heads"].values())
    if len(ended) != 1 or found.ended != size - 1 or found.rows["document"].keys() != found.standing.keys():
        return False
    leaves = {int(document): leaf for document, leaf in found.standing.items()}
    root = tree.root_of(leaves, int(ended[0]["id"]), beside)
    return root is not None and ended[0]["root"] == rf"\x{root.hex()}"


def _proofs(member: bytes) -> dict[str, Any]:
    """What the member says, written in the one way there is (hashes in small letters). Raises ValueError."""
    said: dict[str, Any] = json.loads(member)
    hashes = [*said["beside"], *said["standing"], *(hash for path in said["consistency"].values() for hash in path)]
    plain = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    if plain != member or any(bytes.fromhex(hash).hex() != hash for hash in hashes):
        raise ValueError("proofs")
    return said


def outside(words: str, key: str, checkpoint: notes.Checkpoint, member: bytes, report: Report) -> None:
    """The bundle's checkpoint beside one that somebody else kept."""
    kept = notes.checked(words, key)
    if kept is None:
        report.bad("Mốc do bên ngoài giữ không do khóa này ký.", "The outside checkpoint is not signed by this key.")
        return
    proof = _proofs(member)["consistency"].get(str(kept.size))
    same = kept.size == checkpoint.size and kept.root == checkpoint.root
    if kept.size > checkpoint.size or (proof is None and not same):
        report.bad(f"Gói không đối chiếu được với mốc {kept.size}: hãy xin gói lập lại, nêu mốc này"
                   " (dondoc audit bundle --checkpoint).",
                   f"It can't be held against checkpoint {kept.size}: ask for one made with it.")  # fmt: skip
        return
    path, at = [bytes.fromhex(hash) for hash in proof or ()], moment(kept.at)
    if same or tree.consistent(kept.size, checkpoint.size, path, kept.root, checkpoint.root):
        report.good(f"Nhật ký nối tiếp đúng mốc do bên ngoài giữ ({said(at)}, {kept.size} dấu vết).",
                    f"The log continues the outside checkpoint ({said_en(at)}, {kept.size} leaves).")  # fmt: skip
    elif kept.size == checkpoint.size:  # two roots over the same leaves, both signed by the log
        report.bad(f"Nhật ký ĐÃ BỊ VIẾT LẠI so với mốc do bên ngoài giữ ({said(at)}).",
                   f"The log WAS REWRITTEN since the outside checkpoint ({said_en(at)}).")  # fmt: skip
    else:
        report.bad(f"Gói không nối tiếp mốc do bên ngoài giữ ({said(at)}): nhật ký ĐÃ BỊ VIẾT LẠI, hoặc phần chứng minh"
                   " trong gói đã bị sửa. Đối chiếu mốc ấy bằng `dondoc audit verify --checkpoint`.",
                   f"It does not continue the outside checkpoint ({said_en(at)}): the log WAS REWRITTEN, or its"
                   " proof was changed. Hold that checkpoint with `dondoc audit verify --checkpoint`.")  # fmt: skip
