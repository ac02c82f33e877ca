"""From a document in the database to its paper (dựng văn bản): head, text, figures, signature, recipients, annexes."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from documents.writing import beside, consolidated, covering, letterhead, material, proposing, recorded, sections, tasks
from documents.writing.below import Below, read_below
from documents.writing.beside import Cited
from documents.writing.consolidated import Summary
from documents.writing.house import house_of
from documents.writing.letterhead import House
from documents.writing.material import Material
from documents.writing.paper import Block, Paper, Paragraph, Signatory
from states.periods import LOCAL, vi_date
from states.reading.signing import Signature

_TYPE = {"report": "BÁO CÁO", "plan": "KẾ HOẠCH"}
_STATED_ALREADY = ("căn cứ", "thực hiện", "theo", "xét")


def compose(
    session: Session, document_id: int, revision_id: int | None, at: datetime, *, office_id: int | None = None,
    house: House | None = None,
) -> Paper:  # fmt: skip
    """The paper of a document as it stands: the named revision, else what is signed, else the draft as of `at`.

    `office_id`: the leader's office that is about to sign, whose name then stands in the block. `house`: what the
    issuing unit has settled for its papers, unless it is said. Raises `NoSuchDocument`, `NoSuchRevision`.
    """
    found = material.read(session, document_id, revision_id, at)
    return _composed(session, found, house or house_of(session, document_id, found.headed_at(at)), office_id)


def compose_to_sign(session: Session, document_id: int, revision_id: int, signature: Signature) -> Paper:
    """The paper of a revision as it is about to be signed: no draft any more, its number and day not given yet."""
    found = material.read(session, document_id, revision_id, signature.at)
    found = replace(found, moment=signature.at, signed=signature, sent=None, draft_no=0, void=False)
    return _composed(session, found, house_of(session, document_id, signature.at), None)


def _composed(session: Session, found: Material, house: House, office_id: int | None) -> Paper:
    facts, below, plans = found.facts, read_below(session, found), beside.answered(session, found)
    made, answers = consolidated.summary(session, found, below), _answers(found, plans)
    paper = Paper(
        kind=_kind(facts.kind), parent_line=letterhead.parent_line(facts.issuer, house),
        issuer_lines=letterhead.issuer_lines(facts.issuer), number=found.sent.number if found.sent else None,
        symbol=found.sent.symbol if found.sent else f"{facts.series}-{facts.symbol}",
        place=letterhead.place(facts.issuer, house), day=found.sent.day if found.sent else None,
        year=found.moment.astimezone(LOCAL).year, type_word=_TYPE[facts.kind], title=_title(found),
        answers=f"(Thực hiện {' và '.join(answers)})" if answers else None,
        bases=tuple(_bases(session, found, answers)), blocks=tuple(_blocks(session, found, below, made, plans)),
        closing=_closing(found),
        signatory=_signatory(session, found, office_id), recipients=tuple(_recipients(session, found)),
        as_of=found.moment, annexes=tuple(consolidated.annexes(found, made) if made else ()), notice=_notice(found),
        watermark="DỰ THẢO" if found.is_draft else None, author=facts.issuer.full_name,
    )  # fmt: skip
    record = recorded.recorded(session, found)
    return recorded.of_record(paper, record, found) if record else paper


def _kind(kind: str) -> Literal["report", "plan"]:
    return "plan" if kind == "plan" else "report"


def _title(found: Material) -> str:
    """The document's title under its type word; where that says too little ("năm 2024"), the form's and the year."""
    facts = found.facts
    title = letterhead.title_of(facts.title, _TYPE[facts.kind])
    if len(title.split()) > 3 or facts.form is None:
        return title
    said = letterhead.title_of(facts.form.title, _TYPE[facts.kind]).removesuffix(" năm")
    return f"{said} năm {facts.period_last.year}" if facts.period_last else said


def _answers(found: Material, plans: list[Cited]) -> list[str]:
    """The plans that the paper carries out, as it cites them; not those that the legal basis names already."""
    basis = found.facts.legal_basis
    numbers = [cited.number for cited in plans]
    return [
        cited.words
        for cited in plans
        if (cited.number or cited.kind == "plan")
        and not (cited.number and cited.number in basis and (numbers.count(cited.number) == 1 or cited.issuer in basis))
    ]


def _bases(session: Session, found: Material, answers: list[str]) -> list[str]:
    """Legal bases, each in its line; what the line under the title cites is not said twice."""
    lines = [line.strip(" .") for line in found.facts.legal_basis.replace(";", "\n").splitlines()]
    said = [line if line.lower().startswith(_STATED_ALREADY) else f"Căn cứ {line}" for line in lines if line]
    for cited in beside.bases(session, found):
        about = letterhead.in_sentence(cited.title or "").removeprefix("về ")
        said.append(f"Căn cứ {cited.words}" + (f" về {about}" if about and not cited.kind else ""))
    said.sort(key=lambda one: not one.startswith("Căn cứ"))  # the law first, then what is carried out
    kept = [one for one in dict.fromkeys(said) if not any(cited in one for cited in answers)]
    return [f"{one};" for one in kept[:-1]] + [f"{one}." for one in kept[-1:]]


def _blocks(
    session: Session, found: Material, below: Below | None, made: Summary | None, plans: list[Cited]
) -> list[Block]:  # fmt: skip
    opening: list[Block] = [Paragraph(_opening(found))]
    if found.facts.kind == "plan":
        return opening + tasks.blocks(found, beside.asks(session, found))
    if below:
        day = found.cut_at.astimezone(LOCAL).date()
        opening += covering.said(below, day, found.facts.period_last or day)
    return opening + sections.blocks(found, below, made, proposing.suggested(found, made, plans) if made else None)


def _opening(found: Material) -> str:
    facts, title = found.facts, letterhead.in_sentence(_title(found))
    if facts.kind == "plan":
        return f"{facts.issuer.full_name} ban hành Kế hoạch {title}, cụ thể như sau:"
    said = title if title[:1].islower() else f"kết quả thực hiện {title}"
    days = (f" (số liệu từ ngày {vi_date(facts.period_first)} đến ngày {vi_date(facts.period_last)})"
            if facts.period_first and facts.period_last else "")  # fmt: skip
    return f"{facts.issuer.full_name} báo cáo {said}{days} như sau:"


def _closing(found: Material) -> str:
    """The last sentence, which ends with "./." and stays on one page with the signature."""
    issuer, title = found.facts.issuer.full_name, letterhead.in_sentence(_title(found))
    if found.facts.kind == "plan":
        return f"Trên đây là Kế hoạch {title}; các cơ quan, đơn vị có liên quan tổ chức triển khai thực hiện./."
    return f"Trên đây là báo cáo {title}. {issuer} trân trọng báo cáo./."


def _signatory(session: Session, found: Material, office_id: int | None) -> Signatory:
    if found.sent and found.sent.paper:
        return Signatory(("(Đã ký trên bản giấy, ngoài hệ thống)",), found.sent.signer or "", outside=True)
    if found.signed and not found.void:
        authority, title, name = found.signed.authority, found.signed.title, found.signed.signer
    else:
        authority, title, name = beside.signer(session, found, office_id)
        name = "" if found.void else name
    return Signatory(letterhead.signature_lines(found.facts.issuer, authority, title), name)


def _recipients(session: Session, found: Material) -> list[str]:
    """Each in its line, the copy that stays last: "- Lưu: VT."."""
    named = [one.strip(" .;-") for one in beside.recipients(session, found)]
    kept = next((one for one in named if one.lower().startswith("lưu")), "Lưu: VT")
    return [f"- {one};" for one in named if one and one != kept] + [f"- {kept}."]


def _notice(found: Material) -> str | None:
    """Nothing on what is signed; else what it is."""
    if found.sent and found.sent.paper:
        return "BẢN GHI TỪ VĂN BẢN GIẤY"
    if found.void:
        return "CHỮ KÝ ĐÃ RÚT, KHÔNG CÓ GIÁ TRỊ"
    return f"DỰ THẢO LẦN {found.draft_no}" if found.is_draft else None
