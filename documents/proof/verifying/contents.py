"""Contents: each is the one whose digest was signed; each total is the sum of what it was made of."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import rfc8785

from documents.proof.verifying import figures
from documents.proof.verifying.figures import Figures, Shape
from documents.proof.verifying.rows import Evidence, Row
from documents.proof.verifying.words import Report, some


@dataclass
class Contents:
    """What the bundle says, read: contents by digest, forms by name, figures by revision."""

    by_digest: dict[str, Any] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)
    figures: dict[str, Figures] = field(default_factory=dict)


def read(found: Evidence, contents: bytes, forms: bytes, report: Report) -> Contents:
    """Contents and forms whose digest stands in the evidence; whatever else there is, or is not, is told."""
    made = Contents()
    strange = _read_contents(found, contents, made) + _read_forms(found, forms, made)
    if not strange and not (_in_order(found, contents) and _forms_in_order(made)):
        report.bad("Nội dung, biểu mẫu trong gói không xếp theo thứ tự đã lập.",
                   "Contents or forms are not in the order in which bundles have them.")  # fmt: skip
    if strange:
        report.bad(f"{strange} nội dung hoặc biểu mẫu trong gói không phải cái đã ghi.",
                   f"{strange} contents or forms in the bundle are not those that were written.")  # fmt: skip
    if taken := sorted(key for key in found.rows["form"] if key.replace(":", "/") not in made.shapes):
        report.bad(f"{len(taken)} biểu mẫu đã bị lấy khỏi gói: {some(taken)}.",
                   f"{len(taken)} forms were taken out: {some(taken)}.")  # fmt: skip
    lacking = sorted(key for key, row in found.rows["revision"].items() if row["digest"][2:] not in made.by_digest)
    if lacking:
        report.bad(f"Nội dung của {len(lacking)} bản không phải nội dung đã ghi: {some(lacking)}.",
                   f"The content of {len(lacking)} revisions is not what was written: {some(lacking)}.")  # fmt: skip
    else:
        report.good(f"Nội dung của {len(made.by_digest)} bản không đổi từ khi lập (SHA-256 khớp).",
                    f"The content of {len(made.by_digest)} revisions is unchanged (SHA-256 agrees).")  # fmt: skip
    return made


def _read_contents(found: Evidence, member: bytes, into: Contents) -> int:
    """Returns how many are not in the evidence."""
    strange, known = 0, {row["digest"] for row in found.rows["revision"].values()}
    for line in _lines(member):
        digest = hashlib.sha256(line).hexdigest()
        content = json.loads(line)
        if f"\\x{digest}" in known and _is_canonical(line, content):
            into.by_digest[digest] = content
        else:
            strange += 1
    return strange


def _read_forms(found: Evidence, member: bytes, into: Contents) -> int:
    """Returns how many are not in the evidence, or there already."""
    strange = 0
    for line in _lines(member):
        data = json.loads(line)
        name = f"{data.get('code')}/{data.get('version')}"
        row = found.of("form", name.replace("/", ":"))
        if row is not None and hashlib.sha256(line).hexdigest() == row["digest"][2:] and name not in into.shapes:
            into.shapes[name] = Shape(data, row["kept"])
        else:
            strange += 1
    return strange


def _in_order(found: Evidence, member: bytes) -> bool:
    """Whether contents stand in the order of their revisions; one that is not there is told by itself."""
    wanted = [row["digest"][2:] for _, row in sorted(found.rows["revision"].items(), key=lambda item: int(item[0]))]
    there = [hashlib.sha256(line).hexdigest() for line in _lines(member)]
    known = set(there)
    return there == [digest for digest in wanted if digest in known]


def _forms_in_order(made: Contents) -> bool:
    names = [(code, int(version)) for code, _, version in (name.rpartition("/") for name in made.shapes)]
    return names == sorted(names)


def _lines(member: bytes) -> list[bytes]:
    """Each line ends, the last one too: what stood behind it would be read by nobody. Raises ValueError."""
    lines = member.split(b"\n")
    if lines.pop():
        raise ValueError("lines")
    return lines


def _is_canonical(line: bytes, content: Any) -> bool:
    """Whether the bytes are the one way to write it (RFC 8785), so that nothing stands there twice."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return plain.encode(errors="replace") == line or rfc8785.dumps(content) == line


def sums(found: Evidence, made: Contents, root: str, report: Report) -> dict[str, list[str]]:
    """Every total below `root` (a revision) beside the sum of its sources; returns the sources of each."""
    sources: dict[str, list[str]] = {}
    waiting = [root]
    while waiting:
        key = waiting.pop()
        if key not in sources:
            row = found.of("derivation", key)
            sources[key] = row["sources"].split(",") if row and row["sources"] else []
            waiting += sources[key]
    wrong = [words for key in sources if sources[key] for words in _differences(found, made, key, sources)]
    count, totals = len(sources) - 1, sum(bool(each) for each in sources.values())
    if wrong:
        report.bad(f"Số tổng hợp không bằng tổng các nguồn: {some(wrong, 10)}.",
                   f"Totals are not the sums of their sources: {some(wrong, 10)}.")  # fmt: skip
    elif totals:
        cells = len(_figures(found, made, root, total=True))
        report.good(f"Mỗi số trong {cells} ô của bản tổng hợp bằng đúng tổng từ {count} bản nguồn"
                    f" (cộng lại ở {totals} bản tổng hợp các cấp).",
                    f"Each of the {cells} figures of this total is the sum of its {count} sources"
                    f" ({totals} totals at all levels were added up again).")  # fmt: skip
    return sources


def _differences(found: Evidence, made: Contents, key: str, sources: dict[str, list[str]]) -> list[str]:
    said = {cell: figure for (cell, _), figure in _figures(found, made, key, total=True).items()}
    total, row = found.of("revision", key) or {}, {}
    row = found.of("document", total.get("document_id")) or {}
    parts = (_part(found, made, source, bool(sources.get(source)), row, total) for source in sources[key])
    wanted = figures.summed(parts)
    unit = found.name("unit", row.get("unit_id"))
    return [f"{unit} ô {cell}: {figures.words(said.get(cell))} ≠ {figures.words(wanted.get(cell))}"
            for cell in sorted(said.keys() | wanted.keys()) if said.get(cell) != wanted.get(cell)]  # fmt: skip


def _part(
    found: Evidence, made: Contents, source: str, total: bool, parent: Row, into: Row
) -> list[tuple[int, figures.Figure]]:
    """A source's figures by the total's cell: free rows by the category that they were mapped to at that time."""
    row = found.of("revision", source) or {}
    document = found.of("document", row.get("document_id")) or {}
    shape = made.shapes.get(f"{document.get('form')}/{document.get('form_version')}")
    kept = shape.kept if shape and row.get("part") == "whole" else frozenset()
    result = []
    for (cell, line), figure in _figures(found, made, source, total=total).items():
        if line:
            result.append((cell + 100 * _mapped(found, source, line, parent, into), figure))
        elif cell not in kept:
            result.append((cell, figure))
    return result


def _mapped(found: Evidence, source: str, line: int, parent: Row, into: Row) -> int:
    free = found.of("free_row", f"{source}:{line}")
    if free is None:
        return 0
    place = parent.get("unit_id"), parent.get("form"), free["table_no"], free["label_key"]
    known = [m for m in found.rows["mapping"].values() if m["at"] <= into["cut_at"]]
    fitting = [m for m in known if (m["unit_id"], m["form"], m["table_no"], m["label_key"]) == place]
    return int(max(fitting, key=lambda m: (m["at"], int(m["id"])))["row_no"]) if fitting else 0


def _figures(found: Evidence, made: Contents, key: str, *, total: bool) -> Figures:
    if key not in made.figures:
        row = found.of("revision", key)
        content = made.by_digest.get(row["digest"][2:]) if row else None
        document = found.of("document", row["document_id"]) if row else None
        shape = made.shapes.get(f"{document['form']}/{document['form_version']}") if document else None
        if row is None or content is None or shape is None or content.get("document") != int(row["document_id"]):
            raise ValueError(f"revision {key}")
        made.figures[key] = figures.read(content, shape, total=total)
    return made.figures[key]
