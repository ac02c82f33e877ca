"""A bundle verified from its bytes to its verdict."""

from collections.abc import Mapping, Sequence

from documents.proof.verifying import afterwards, chains, contents, coverage, notes, packed, papers, people, proving
from documents.proof.verifying.rows import Evidence, Row
from documents.proof.verifying.words import Report, some


def verify(
    data: bytes, *, key: str | None = None, checkpoint: str | None = None, roots: Sequence[bytes] = ()
) -> Report:
    """Verify a bundle. `key`: the log's published verifier line; `checkpoint`: a note that an outsider kept; `roots`:
    certificates (DER) that signatures in PDFs may lead to. Never raises for what stands in the file.
    """
    report = Report()
    try:
        _verify(packed.opened(data), key, checkpoint, roots, report)
    except packed.BadBundle as error:
        report.bad(f"Gói không đọc được: {error.vi}.", f"The bundle can't be read: {error.en}.")
    except Exception as error:  # a hostile bundle may break the reading in any way; it is told in one sentence
        name = type(error).__name__
        report.bad(f"Gói không đúng dạng ({name}).", f"The bundle is malformed ({name}).")
    return report


def _verify(
    members: Mapping[str, bytes], key: str | None, checkpoint: str | None, roots: Sequence[bytes], report: Report
) -> None:
    document, own = packed.manifest(members["manifest.json"])
    used, note = own if key is None else key, members["checkpoint.txt"].decode()
    sealed = notes.checked(note, used) if notes.is_plain(note) else None
    if sealed is None:
        report.bad("Mốc niêm phong trong gói không do khóa này ký.",
                   "The bundle's checkpoint is not signed by this key.")  # fmt: skip
        return
    if key is None:
        report.note(f"Chưa nêu khóa niêm phong; đã dùng khóa đi kèm gói, hãy so với khóa cơ quan công bố: {own}",
                    f"No key was given; compare the bundle's own with the published one: {own}")  # fmt: skip
    found = proving.evidence(members["evidence.jsonl"])
    given = proving.proofs(members["proofs.json"], len(found.positions))
    if proving.log(found, given, sealed, report):
        proving.standing(found, given, sealed, report)
    if checkpoint is not None:
        proving.outside(checkpoint, used, sealed, given, report)
    else:
        report.note("Chưa nêu mốc do bên ngoài giữ: ai có mọi quyền và khóa có thể đã viết lại tất cả.",
                    "No outside checkpoint was given: who has all rights and the key may rewrite all.")  # fmt: skip
    chains.chains(found, report)
    made = contents.read(found, members["contents.jsonl"], members["forms.jsonl"], report)
    _document(found, made, document, members, roots, report)
    if found.lacking:
        gone = some(" ".join(each) for each in found.lacking)
        report.bad(f"Đơn vị, người được nhắc đến đã bị lấy khỏi gói: {gone}.",
                   f"Units or persons that are named were taken out: {gone}.")  # fmt: skip


def _document(
    found: Evidence, made: contents.Contents, document: str, members: Mapping[str, bytes], roots: Sequence[bytes],
    report: Report,
) -> None:  # fmt: skip
    row, steps = found.of("document", document), found.steps.get(document, [])
    if row is None or not steps:
        report.bad("Văn bản của gói không có trong dữ liệu.", "The bundle does not hold its own document.")
        return
    report.note(f"Văn bản: {row['title']}, {found.name('unit', row['issuer_id'])} (số {document} trong hệ thống).",
                f"Document: {row['title']}, {found.name('unit', row['issuer_id'])} (number {document}).")  # fmt: skip
    if strange := _strange(found, document):
        report.bad(f"Gói có {strange} nội dung không thuộc văn bản này.",
                   f"{strange} contents in the bundle don't belong to this document.")  # fmt: skip
    step = chains.signing(steps)
    if step is None:
        report.note("Văn bản chưa ký.", "The document is not signed.")
        afterwards.only_so_far(found, steps, report)
        return
    people.signer(found, row, step, report)
    people.numbers(found, document, steps, report)
    root = _revision(found, document, step)
    sources = contents.sums(found, made, root, report) if row["kind"] == "report" else {root: []}
    if row["kind"] == "report":
        owed = coverage.Owed(found, row["requirement_id"])
        coverage.left_out(found, made, owed, sources, report)
        coverage.missing(found, owed, row, root, sources, report)
    if len(sources) > 1:
        afterwards.parts(found, sources, root, report)
    papers.papers(found, steps, members, roots, report)
    afterwards.since(found, root, sources, steps, report)


def _strange(found: Evidence, document: str) -> int:
    """How many contents are neither the document's own nor what those were made of."""
    known: set[str] = set()
    waiting = [key for key, row in found.rows["revision"].items() if row["document_id"] == document]
    while waiting:
        key = waiting.pop()
        if key not in known:
            known.add(key)
            made = found.of("derivation", key)
            waiting += made["sources"].split(",") if made and made["sources"] else []
    return len(found.rows["revision"].keys() - known)


def _revision(found: Evidence, document: str, step: Row) -> str:
    """The signed content's row: the newest that bears the digest that the step names."""
    mine = [row for row in found.rows["revision"].values()
            if row["document_id"] == document and row["digest"][2:] == step["revision_digest"]]  # fmt: skip
    if not mine:
        raise ValueError("revision")
    return str(max(mine, key=lambda row: int(row["no"]))["id"])
