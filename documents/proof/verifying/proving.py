"""From lines to the signed root: every row in the bundle stands in the log at its place."""

import hashlib
import json
import re
from dataclasses import dataclass

from documents.proof.verifying import notes, tree
from documents.proof.verifying.rows import Evidence, put
from documents.proof.verifying.words import Report, moment, said, said_en

MOST_LINES = 3_000_000
MOST_HASHES = 64
"""So many hashes beside, for each row, lead to any root: a tree is no taller."""
_WIDEST = 1 << 62
_HASH = re.compile("[0-9a-f]{64}")
_CHANGING = frozenset(("unit", "person", "office", "document"))
"""Kinds of which a row may be changed lawfully after it was written."""


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
        if changed and kind not in _CHANGING:
            raise ValueError("changed")
        if changed:
            found.changed.add((kind, key))
        data = f"dondoc-leaf/1\n{kind}{'+' if changed else ''}\n{key}\n{digest}"
        found.positions[position] = tree.leaf_hash(data.encode())
        if kind == "step":
            found.standing[key.partition(":")[0]] = found.positions[position]
        elif kind == "heads":
            found.ended = position
    return found


@dataclass(frozen=True)
class Proofs:
    """What leads to the root: hashes beside the rows, beside the documents in the second tree, and from the sizes of
    older checkpoints.
    """

    beside: list[bytes]
    standing: list[bytes]
    older: dict[int, list[bytes]]


def proofs(member: bytes, rows: int) -> Proofs:
    """Read `proofs.json`, written in the one way there is. Raises ValueError."""
    said = json.loads(member)
    older = said["consistency"]
    lists = [said["beside"], said["standing"], *older.values()]
    if set(said) != {"beside", "consistency", "standing"} or not all(isinstance(each, list) for each in lists):
        raise ValueError("proofs")
    if max(map(len, lists)) > MOST_HASHES * (rows + 1) or any(str(int(size)) != size for size in older):
        raise ValueError("proofs")
    if json.dumps(said, sort_keys=True, separators=(",", ":")).encode() != member:
        raise ValueError("proofs")
    return Proofs(_hashes(said["beside"]), _hashes(said["standing"]),
                  {int(size): _hashes(path) for size, path in older.items()})  # fmt: skip


def _hashes(said: list[str]) -> list[bytes]:
    if not all(_HASH.fullmatch(each) for each in said):
        raise ValueError("hash")
    return [bytes.fromhex(each) for each in said]


def log(found: Evidence, given: Proofs, checkpoint: notes.Checkpoint, report: Report) -> bool:
    """Whether all that was read leads to the checkpoint's root."""
    root, at = tree.root_of(found.positions, checkpoint.size, given.beside), moment(checkpoint.at)
    if root == checkpoint.root:
        report.good(f"Tất cả {len(found.positions)} hàng dữ liệu trong gói đứng trong nhật ký đã niêm phong lúc"
                    f" {said(at)} ({checkpoint.size} dấu vết).",
                    f"All {len(found.positions)} rows in the bundle stand in the log that was sealed on {said_en(at)}"
                    f" ({checkpoint.size} leaves).")  # fmt: skip
    else:
        report.bad("Dữ liệu trong gói không phải dữ liệu đã niêm phong trong nhật ký.",
                   "What the bundle holds is not what was sealed in the log.")  # fmt: skip
    return root == checkpoint.root


def standing(found: Evidence, given: Proofs, checkpoint: notes.Checkpoint, report: Report) -> None:
    """Whether the steps of every document go up to the checkpoint: its last leaf says where each one stood."""
    found.ends = _stands(found, given.standing, checkpoint.size)
    if found.ends:
        count = len(found.standing)
        report.good(f"Các bước của {count} văn bản trong gói là tất cả các bước có đến lúc niêm phong ấy: không bước"
                    " nào về sau bị bỏ bớt.",
                    f"The steps of the {count} documents in the bundle are all that there were at that sealing: none"
                    " was left out at the end.")  # fmt: skip
    else:
        report.bad("Không chứng minh được là gói có đủ các bước đến lúc niêm phong: những bước sau cùng của ít nhất một"
                   " văn bản có thể đã bị lấy khỏi gói. Hãy xin gói mới thẳng từ hệ thống.",
                   "It is not proven that the bundle holds all steps up to the sealing: the last ones of at least one"
                   " document may have been taken out. Ask the program itself for a fresh one.")  # fmt: skip


def _stands(found: Evidence, beside: list[bytes], size: int) -> bool:
    """Whether the last steps here, of every document here, lead to what stands at the end of the log."""
    ended = list(found.rows["heads"].values())
    if len(ended) != 1 or found.ended != size - 1 or found.rows["document"].keys() != found.standing.keys():
        return False
    leaves, width = {int(document): leaf for document, leaf in found.standing.items()}, int(ended[0]["id"])
    root = tree.root_of(leaves, width, beside) if width <= _WIDEST else None
    return root is not None and ended[0]["root"] == rf"\x{root.hex()}"


def outside(words: str, key: str, checkpoint: notes.Checkpoint, given: Proofs, report: Report) -> None:
    """The bundle's checkpoint beside one that somebody else kept."""
    kept = notes.checked(words, key)
    if kept is None:
        report.bad("Mốc do bên ngoài giữ không do khóa này ký.", "The outside checkpoint is not signed by this key.")
        return
    proof = given.older.get(kept.size)
    same = kept.size == checkpoint.size and kept.root == checkpoint.root
    if kept.size > checkpoint.size or (proof is None and not same):
        report.bad(f"Gói không đối chiếu được với mốc {kept.size}: hãy xin gói lập lại, nêu mốc này"
                   " (dondoc audit bundle --checkpoint).",
                   f"It can't be held against checkpoint {kept.size}: ask for one made with it.")  # fmt: skip
        return
    at = moment(kept.at)
    if same or tree.consistent(kept.size, checkpoint.size, proof or [], kept.root, checkpoint.root):
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
