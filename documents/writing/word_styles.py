"""How each part of the Word version looks (kiểu chữ): styles in the sizes of Nghị định 30/2020/NĐ-CP, Phụ lục I.

A drafter who edits the document finds them under Vietnamese names in Word's list of styles. All are Times New Roman:
the fonts of a theme, which would win over it, are not there.
"""

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
_INDENT = 12.7  # mm: the first line of a paragraph, 1 to 1.27 cm (Phụ lục I, II.5)
_CENTER, _JUSTIFY, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


@dataclass(frozen=True)
class Look:
    """A paragraph's style; `size`, `before`, `after` in points, `indent` of the first line and `left` in mm.

    `line`: how many lines high a line is; `exact`: how high in points instead. `keep`: on the page of what follows.
    """

    id: str
    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = _CENTER
    before: float = 0
    after: float = 0
    indent: float = 0
    left: float = 0
    line: float = 1
    exact: float = 0
    keep: bool = False
    grey: bool = False
    outline: int | None = None


def _text(id_: str, name: str, **more: Any) -> Look:
    """A paragraph of running text: justified, first line indented, 6 points to the next (Phụ lục I, II.5)."""
    return Look(id_, name, **({"align": _JUSTIFY, "after": 6, "indent": _INDENT, "line": 1.05} | more))


def _heading(level: int, **more: Any) -> Look:
    return _text(f"Heading{level}", f"Heading {level}", bold=True, align=_LEFT, before=2, keep=True, outline=level - 1,
                 **more)  # fmt: skip


LOOKS = (
    Look("Header", "Header", 13),
    Look("Notice", "Dấu dự thảo", 11, bold=True, align=_LEFT),
    Look("ParentBody", "Cơ quan chủ quản", 12),
    Look("Issuer", "Cơ quan ban hành", 12, bold=True),
    Look("Nation", "Quốc hiệu", 12, bold=True),
    Look("Motto", "Tiêu ngữ", 13, bold=True),
    Look("Number", "Số, ký hiệu", 13),
    Look("About", "Về việc", 12, before=4),
    Look("PlaceAndDay", "Địa danh, ngày tháng", 13, italic=True),
    Look("Type", "Tên loại văn bản", bold=True, before=22, keep=True),
    Look("Subject", "Trích yếu", bold=True, keep=True),
    Look("Rule", "Đường kẻ", 1, before=2, exact=2, keep=True),
    Look("Answers", "Thực hiện văn bản", italic=True, before=6, after=17),
    Look("Addressed", "Kính gửi", before=22),
    Look("AddressedMany", "Kính gửi nhiều nơi", align=_LEFT, before=22, left=40, keep=True),
    Look("AddressedOne", "Nơi kính gửi", align=_LEFT, before=3, left=48),
    _text("Basis", "Căn cứ ban hành", italic=True),
    _text("Body", "Thân văn bản"),
    _text("Strong", "Thân văn bản, đậm", bold=True),
    _text("Blank", "Chưa có nội dung", italic=True, grey=True),
    _text("Note", "Ghi chú", size=12, italic=True, indent=0),
    _heading(1),
    _heading(2),
    _heading(3, italic=True),
    *(Look(f"Cell{size}", f"Ô bảng cỡ {size}", size, align=_LEFT) for size in (13, 12, 11, 10)),
    Look("AfterTable", "Khoảng sau bảng", 4, exact=8, keep=True),
    _text("Closing", "Câu kết", after=18, keep=True),
    Look("Recipients", "Nơi nhận", 12, bold=True, italic=True, align=_LEFT),
    Look("Recipient", "Danh sách nơi nhận", 11, align=_LEFT, before=1.5),
    Look("Post", "Quyền hạn, chức vụ", bold=True, keep=True),
    Look("Signature", "Chỗ ký", keep=True),
    Look("Signer", "Họ và tên người ký", bold=True),
    Look("AnnexLabel", "Phụ lục", bold=True, after=4, keep=True, outline=0),
    Look("AnnexTitle", "Tên phụ lục", bold=True, keep=True),
    Look("AnnexOf", "Phụ lục kèm theo", 13, italic=True, before=3, after=8, keep=True),
    Look("Tiny", "Hết phần", 1, exact=1),
)


def write_styles(document: Any) -> None:
    """Give a python-docx document these styles and no others."""
    styles = document.styles
    for style in list(styles):
        if style.style_id not in _OWN:
            style.delete()
    root = styles.element
    for kind in ("docDefaults", "latentStyles"):
        root.remove(root.find(qn(f"w:{kind}")))
    root.insert(0, parse_xml(_DEFAULTS))
    for look in LOOKS:
        _write(styles, look)
    for level in (1, 2, 3):
        styles[f"Heading {level}"].next_paragraph_style = styles["Thân văn bản"]


def _write(styles: Any, look: Look) -> None:
    style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=look.name in _BUILT_IN)
    style.element.styleId = look.id
    style.base_style, style.quick_style, style.hidden = styles["Normal"], True, False
    font, how = style.font, style.paragraph_format
    font.name, font.size = FONT, Pt(look.size)
    font.bold, font.italic = look.bold or None, look.italic or None
    if look.grey:
        font.color.rgb = RGBColor(0x59, 0x59, 0x59)
    how.alignment, how.space_before, how.space_after = look.align, Pt(look.before), Pt(look.after)
    how.first_line_indent = Mm(look.indent) if look.indent else None
    how.left_indent = Mm(look.left) if look.left else None
    how.line_spacing_rule = WD_LINE_SPACING.EXACTLY if look.exact else None
    how.line_spacing = Pt(look.exact) if look.exact else look.line
    how.keep_with_next = look.keep or None
    inside = style.element.get_or_add_pPr()
    if look.id == "Rule":
        inside.insert_element_before(parse_xml(_RULE), "w:spacing", "w:ind", "w:jc")
    if look.outline is not None:
        inside.append(parse_xml(_OUTLINE.format(look.outline)))


_OWN = ("Normal", "DefaultParagraphFont", "TableNormal", "NoList")
_BUILT_IN = ("Header", "Heading 1", "Heading 2", "Heading 3")
_DEFAULTS = f"""
<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/><w:sz w:val="28"/><w:szCs w:val="28"/>
<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>
"""
_RULE = f"""
<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>
"""
_OUTLINE = f'<w:outlineLvl {nsdecls("w")} w:val="{{}}"/>'
