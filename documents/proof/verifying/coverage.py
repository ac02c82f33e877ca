"""Whose figures a total holds and whose not, beside what its signed rows say: what was left out of the bundle shows."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from documents.proof.verifying.contents import Contents
from documents.proof.verifying.rows import Evidence, Row
from documents.proof.verifying.words import Report, some

Sources = Mapping[str, list[str]]
"""By revision, what it was made of."""
_NEVER = "9"
"""After every moment."""


class Owed:
    """The lowest units that owe one report, in the order of their paths; since when some were let off."""

    def __init__(self, found: Evidence, requirement: str | None) -> None:
        """All reports of the requirement that the bundle names."""
        rows = [row for row in found.rows["document"].values()
                if requirement and row["requirement_id"] == requirement and row["supplement"] == "0"]  # fmt: skip
        above = {row["parent_id"] for row in rows}
        self._leaves = sorted((row for row in rows if row["id"] not in above), key=lambda row: str(row["path"]))
        self._paths = [row["path"] for row in self._leaves]
        self.let_off = {row["document_id"]: row["at"] for row in found.rows["dispensation"].values()
                        if row["kind"] in ("waiver", "cancellation") and row["in_time"] == "true"}  # fmt: skip

    def below(self, document: Row) -> list[Row]:
        """Those below a document, not itself."""
        first, last = document["path"], f"{document['path'][:-1]}0"
        range_ = slice(bisect_left(self._paths, first), bisect_left(self._paths, last))
        return [row for row in self._leaves[range_] if row["id"] != document["id"]]


def left_out(found: Evidence, made: Contents, owed: Owed, sources: Sources, report: Report) -> None:
    """Whoever hands a bundle over may leave rows out: contents whose own words or rows say that there was more."""
    bare = [_unit(found, key) for key in sources if not sources[key] and _is_sum(found, made, key)]
    if bare:
        report.bad(f"Số của {some(bare)} là số tổng hợp, mà các bản nguồn đã bị lấy khỏi gói.",
                   f"The figures of {some(bare)} are sums, and what they were made of was taken out.")  # fmt: skip
    totals = {key: others for key in sources if (others := _from_others(found, key, sources[key]))}
    if short := [_unit(found, key) for key, others in totals.items() if _covers_less(found, key, others)]:
        report.bad(f"Bản đã ký của {some(short)} ghi có số của nhiều đơn vị hơn các bản nguồn.",
                   f"The signed totals of {some(short)} cover more units than their sources.")  # fmt: skip
    if fewer := [_unit(found, key) for key in sources if _fewer(found, owed, key, totals.get(key, []))]:
        report.bad(f"Bản đã ký của {some(fewer)} ghi nhiều đơn vị phải báo cáo hơn gói nêu: có đơn vị đã bị lấy ra.",
                   f"The signed totals of {some(fewer)} expect more units than the bundle names:"
                   " some were taken out.")  # fmt: skip
    if more := [_unit(found, key) for key, others in totals.items() if _more(found, owed, key, others)]:
        report.bad(f"Bản đã ký của {some(more)} ghi ít đơn vị phải báo cáo hơn gói nêu: hàng miễn đã bị lấy ra.",
                   f"The signed totals of {some(more)} expect fewer units than the bundle names: waivers were taken"
                   " out.")  # fmt: skip
    _named_missing(found, made, sources, report)


def missing(found: Evidence, owed: Owed, document: Row, root: str, sources: Sources, report: Report) -> None:
    """Units that owe this report below the total and whose figures are not in it."""
    leaves, row = owed.below(document), found.of("revision", root)
    if not leaves or row is None:
        return
    if not _from_others(found, root, sources[root]):
        report.note(f"Báo cáo này không tổng hợp từ báo cáo nào trong {len(leaves)} đơn vị cấp cuối thuộc phạm vi.",
                    f"This report sums none of the {len(leaves)} lowest units below it.")  # fmt: skip
        return
    if document["supplement"] != "0":
        report.note(f"Báo cáo bổ sung này có số của {row['covered']} đơn vị cấp cuối.",
                    f"This supplement holds {row['covered']} of the lowest units.")  # fmt: skip
        return
    _beside(found, owed, leaves, row, sources, report)


def _beside(found: Evidence, owed: Owed, leaves: list[Row], row: Row, sources: Sources, report: Report) -> None:
    """The lowest units that are there, gone and let off, beside the numbers that were signed."""
    there = {(found.of("revision", key) or {}).get("document_id") for key in sources}
    excused = there | owed.let_off.keys()
    gone = [found.name("unit", leaf["unit_id"]) for leaf in leaves if leaf["id"] not in excused]
    told, signed = f"{sum(leaf['id'] in there for leaf in leaves)}/{len(leaves)}", f"{row['covered']}/{row['expected']}"
    let_off = sum(leaf["id"] in excused for leaf in leaves) - sum(leaf["id"] in there for leaf in leaves)
    vi, en = (f" (được miễn {let_off})", f" ({let_off} let off)") if let_off else ("", "")
    if gone:
        report.note(f"Có số của {told} đơn vị cấp cuối{vi}; còn thiếu {len(gone)}: {some(gone)}."
                    f" Bản đã ký ghi {signed}.",
                    f"It holds {told} of the lowest units{en}; {len(gone)} are missing: {some(gone)}."
                    f" The signed one says {signed}.")  # fmt: skip
    elif row["covered"] == row["expected"]:
        report.good(f"Có số của {told} đơn vị cấp cuối{vi}, không thiếu đơn vị nào. Bản đã ký ghi {signed}.",
                    f"It holds {told} of the lowest units{en}; none is missing. The signed one says"
                    f" {signed}.")  # fmt: skip
    if len(gone) != int(row["expected"]) - int(row["covered"]):
        report.note(f"Bản đã ký ghi {signed} đơn vị, gói nêu {told}, thiếu {len(gone)}: có đơn vị được miễn hoặc mở sau"
                    " đó, cấp trên tự làm báo cáo, hoặc có hàng đã bị lấy khỏi gói. Hãy đối chiếu trên hệ thống.",
                    f"The signed one says {signed} units, the bundle names {told}, {len(gone)} missing: some were let"
                    " off or added since, or reported by the unit above, or rows were left out. Compare with the"
                    " program itself.")  # fmt: skip


def _is_sum(found: Evidence, made: Contents, key: str) -> bool:
    """Whether a content was summed from others: it says so itself, or its row covers several units."""
    row = found.of("revision", key)
    if row is None:
        return False
    said, covered = made.by_digest.get(row["digest"][2:]) or {}, int(row["covered"])
    return "coverage" in said or bool(said.get("sources")) or covered > (0 if row["part"] == "total" else 1)


def _from_others(found: Evidence, key: str, of: list[str]) -> list[Row]:
    """The sources of a total that are other documents': a unit's own parts and contributions count nobody."""
    mine = found.of("revision", key)
    rows = [row for source in of if (row := found.of("revision", source))]
    return [row for row in rows if mine and row["document_id"] != mine["document_id"]]


def _covers_less(found: Evidence, key: str, others: list[Row]) -> bool:
    mine = found.of("revision", key)
    return mine is not None and sum(int(row["covered"]) for row in others) < int(mine["covered"])


def _fewer(found: Evidence, owed: Owed, key: str, others: list[Row]) -> bool:
    """Whether a total was to be made of more units than stand here, without those let off before it was summed."""
    if (total := _total(found, key)) is None or not (others or int(total.row["expected"]) > 1):
        return False
    summed, leaves = max((other["cut_at"] for other in others), default=""), owed.below(total.document)
    let_off = [leaf for leaf in leaves if owed.let_off.get(leaf["id"], _NEVER) < summed]
    return len(leaves) - len(let_off) < int(total.row["expected"])


def _more(found: Evidence, owed: Owed, key: str, others: list[Row]) -> bool:
    """Whether units owed the report before a total was summed, that nobody let off and that it did not expect."""
    if (total := _total(found, key)) is None:
        return False
    summed = max(other["cut_at"] for other in others)
    sure = [leaf for leaf in owed.below(total.document)
            if leaf["opened_at"] < summed and owed.let_off.get(leaf["id"], _NEVER) > total.row["cut_at"]]  # fmt: skip
    return len(sure) > int(total.row["expected"])


class _Total(NamedTuple):
    row: Row
    document: Row


def _total(found: Evidence, key: str) -> _Total | None:
    """A content and its document, unless that is a supplement, which expects nobody."""
    row = found.of("revision", key)
    document = found.of("document", row["document_id"]) if row else None
    return _Total(row, document) if row and document and document["supplement"] == "0" else None


def _named_missing(found: Evidence, made: Contents, sources: Sources, report: Report) -> None:
    """Units that the signed contents call missing and that the bundle does not know: unless renamed, taken out."""
    names = {found.name("unit", row["unit_id"]) for row in found.rows["document"].values()}
    said = [made.by_digest.get((found.of("revision", key) or {"digest": ""})["digest"][2:]) or {} for key in sources]
    unknown = {name for each in said for name in (each.get("coverage") or {}).get("missing", ())} - names
    if unknown and not any(kind == "unit" for kind, _ in found.changed):
        report.bad(f"Bản đã ký nêu còn thiếu {some(unknown)}, mà các đơn vị ấy đã bị lấy khỏi gói.",
                   f"The signed one calls {some(unknown)} missing; they were taken out.")  # fmt: skip
    elif unknown:
        report.note(f"Bản đã ký nêu còn thiếu {some(unknown)}; gói không có tên ấy: đã đổi tên, hoặc bị lấy khỏi gói.",
                    f"The signed one calls {some(unknown)} missing; the bundle knows no such name: renamed since, or"
                    " taken out.")  # fmt: skip


def _unit(found: Evidence, key: str) -> str:
    row = found.of("revision", key) or {}
    return found.name("unit", (found.of("document", row.get("document_id")) or {}).get("unit_id"))
