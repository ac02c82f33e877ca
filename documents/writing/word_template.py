"""The template that the Word version is filled into (khuôn bản Word), built when it is first needed: no file that only
Word can open lies in the project.

python-docx makes the package: styles, headers, settings. Its body is `word.xml`, which people can read and compare.
"""

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.parts.hdrftr import HeaderPart

from documents.writing.word_styles import LANGUAGE, write_styles

BODY = Path(__file__).with_name("word.xml")
_NEEDED = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)


@cache
def template() -> bytes:
    """The empty .docx, with the marks that docxtpl fills in."""
    document = docx.Document()
    _only_what_is_needed(document.part.rels)
    _only_what_is_needed(document.part.package.rels)
    write_styles(document)
    _write_settings(document.settings.element)
    for number, (id_, inside) in enumerate(_HEADERS.items(), 1):
        _write_header(document.part, number, id_, inside)
    root = document.element
    root.replace(root.body, parse_xml(_tight(BODY.read_text(encoding="utf-8"))))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _only_what_is_needed(relations: Any) -> None:
    """Without the theme (its fonts win over ours), the thumbnail and the traces of the machine it was made on."""
    for id_ in [id_ for id_, one in relations.items() if one.reltype not in _NEEDED]:
        del relations[id_]


def _write_settings(root: Any) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(parse_xml(_SETTINGS))


def _write_header(part: Any, number: int, id_: str, inside: str) -> None:
    name = PackURI(f"/word/header{number}.xml")
    inside = _tight(inside).replace("{id}", str(number))
    xml = parse_xml(f"<w:hdr {_SPACES}>{inside}</w:hdr>")
    header = HeaderPart(name, CONTENT_TYPE.WML_HEADER, xml, part.package)
    part.rels.add_relationship(RELATIONSHIP_TYPE.HEADER, header, id_)


def _tight(xml: str) -> str:
    """Without the breaks between tags, which would be blanks in the document."""
    return re.sub(r"(?<=[>}])\s*\n\s*(?=[<{])", "", xml.strip())


_OFFICE = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
_SPACES = f'{nsdecls("w", "r")} xmlns:v="urn:schemas-microsoft-com:vml" {_OFFICE}'
# Set as Word 2013 and later set it; typed words are looked up as Vietnamese.
_SETTINGS = f"""<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"""
# "DỰ THẢO" behind the text, drawn and named as Word does it, so that Word's own command takes it away.
_WATERMARK = """
{% if watermark %}<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>
<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject{id}" type="#_x0000_t136" alt="{{ watermark }}" stroked="f" fillcolor="#f1f1f1"
 style="position:absolute;width:420pt;height:92pt;rotation:315;z-index:-1;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin">
<v:textpath string="{{ watermark }}" style="font-family:&quot;Times New Roman&quot;;font-weight:bold"/></v:shape>
</w:pict></w:r>{% endif %}
"""
_PAGES = """<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>"""
# In a box as wide as its words.
_NOTICE = """
<w:p><w:pPr><w:pStyle w:val="Notice"/>{% if notice %}
<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="000000"/>
<w:left w:val="single" w:sz="4" w:space="5" w:color="000000"/>
<w:bottom w:val="single" w:sz="4" w:space="3" w:color="000000"/>
<w:right w:val="single" w:sz="4" w:space="5" w:color="000000"/>
</w:pBdr><w:ind w:left="120" w:right="{{ head.notice_side }}"/>{% endif %}</w:pPr>
{% if notice %}<w:r><w:t xml:space="preserve">{{ notice }}</w:t></w:r>{% endif %}
"""
_PLAIN = '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
_HEADERS = {
    "rIdPages": _PLAIN + _WATERMARK + _PAGES + "</w:p>",
    "rIdFirst": _NOTICE + _WATERMARK + "</w:p>",
    "rIdAnnex": _PLAIN + _WATERMARK + "</w:p>",
}
"""By the names that word.xml calls them: all pages but the first, the paper's first page, an annex's first page."""
