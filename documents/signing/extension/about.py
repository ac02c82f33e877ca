"""What the file says of itself as a whole: its catalogue, its title and author, its description in XMP."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    StreamObject,
    TextStringEncoding,
    TextStringObject,
)

from documents.signing.extension.alike import alike, named, whole
from documents.signing.extension.form import gains
from documents.signing.extension.refusing import no
from documents.signing.extension.walking import Walk

_ROOT_GAINS = frozenset({"/DSS", "/Extensions", "/Metadata", "/Version"})
_VERSIONS = ("/1.4", "/1.5", "/1.6", "/1.7", "/2.0")
"""Of PDF. iText 5 writes the one in the file's head, or its own, into the catalogue: no reader shows a page by it."""
_MAKERS = frozenset({"/ADBE", "/ESIC", "/ISO_"})
"""Extensions that signing programs name: Adobe's, ETSI's, ISO's (that P-256 is used)."""
_LEVEL = frozenset({"/Type", "/BaseVersion", "/ExtensionLevel", "/ExtensionRevision", "/URL"})
_EVIDENCE = frozenset({
    "/Type", "/DSS", "/Certs", "/CRLs", "/OCSPs", "/VRI", "/Cert", "/CRL", "/OCSP", "/TU", "/TS", "/Length", "/Filter",
})  # fmt: skip
_DESCRIBED = frozenset({"/Type", "/Subtype", "/Length", "/Filter"})
_INFO_CHANGES = frozenset({"/ModDate", "/Producer"})
_XMP, _RDF = "{http://ns.adobe.com/xap/1.0/}", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XMP_CHANGES = (
    f"{_XMP}ModifyDate", f"{_XMP}MetadataDate", "{http://ns.adobe.com/pdf/1.3/}Producer",
    "{http://ns.adobe.com/xap/1.0/mm/}",
)  # fmt: skip
"""When and with what it was written last, and which copy it is."""
_SAID = frozenset(f"{{http://purl.org/dc/elements/1.1/}}{one}" for one in ("title", "creator"))
"""What must be said as long as it was; iText 5 makes it all anew from the little that stands in /Info, if told to."""
_DESCRIPTIONS = {f"{_RDF}RDF", f"{_RDF}Description"}
_MIDNIGHT = re.compile(r"(?<=\d)[+-]00:00$")
"""A zone that is written in more than one way."""
_DATE = re.compile(r"D:\d{4}(?:\d\d){0,5}(?:Z|[+-]\d\d'?\d\d'?|Z00'00'?)?", re.ASCII)
"""7.9.4."""
_LINE, _NEVER = 500, "D:2000"
_LONGEST = 256 * 1024


def same_catalogue(reader: Any, before: Any, walk: Walk) -> None:
    """The catalogue as it was; it may gain evidence (DSS), the names of extensions, another version of PDF."""
    old, new = before.root, reader.root
    gains("danh mục", old, new, _ROOT_GAINS)
    if not alike(old.raw_get("/Perms"), new.raw_get("/Perms")):
        raise no("phần mềm ký chứng nhận lại tệp: đặt nó ký duyệt thường, không chứng nhận, không khóa "
                 "(it certifies the file anew).")  # fmt: skip
    for key in set(old) - _ROOT_GAINS:
        if not alike(old.raw_get(key), new.raw_get(key)):
            raise no(f"danh mục của tệp đổi {key} (the catalogue was changed).")
    if "/Version" in new and not named(new.raw_get("/Version"), *_VERSIONS):
        raise no("danh mục của tệp đổi /Version (the catalogue was changed).")
    _extensions(old.get("/Extensions", {}), new.get("/Extensions", {}))
    if "/Extensions" in new:
        walk.through("danh mục", new.raw_get("/Extensions"), {*new["/Extensions"], *_LEVEL})
    if "/DSS" in new:
        walk.through("bằng chứng kèm theo", new.raw_get("/DSS"), _EVIDENCE)


def _extensions(old: Any, new: Any) -> None:
    for name in set(old) | set(new):
        if name in new and alike(old.get(name), new[name]):
            continue
        if name not in _MAKERS or name not in new or not all(map(_a_level, _several(new[name]))):
            raise no(f"danh mục của tệp đổi {name} (an extension was changed).")


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, ArrayObject) else [value]


def _a_level(value: Any) -> bool:
    return isinstance(value, DictionaryObject) and not set(value) - _LEVEL and whole(value.get("/ExtensionLevel"))


def same_words_about_it(reader: Any, before: Any, walk: Walk) -> None:
    """Title, author and the like stay; when and with what the file was written last may change."""
    old, new = ({**one.trailer["/Info"]} if "/Info" in one.trailer else {} for one in (before, reader))
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    if changed - _INFO_CHANGES or not all(_words_of(new.get(key)) for key in new.keys() | changed) or not _dated(new):
        raise no("tên hoặc tác giả của tệp bị đổi (its title or author was changed).")
    walk.through("mô tả của tệp", reader.root.raw_get("/Metadata"), _DESCRIBED)
    was, now = _description(before), _description(reader)
    if now - was or {name for name, _ in was - now} & _SAID:
        raise no("mô tả của tệp (XMP) bị đổi (its description was changed).")


def _words_of(said: Any) -> bool:
    """Whether it is a string that every reader decodes alike (UTF-8 is new in PDF 2.0)."""
    encodings = (TextStringEncoding.PDF_DOC, TextStringEncoding.UTF16BE)
    return isinstance(said, TextStringObject) and said.autodetected_encoding in encodings


def _dated(said: Mapping[str, Any]) -> bool:
    """When and by what it was written last: a date, and no more than a line."""
    moment = said.get("/ModDate", _NEVER)
    return bool(_DATE.fullmatch(moment)) and len(said.get("/Producer", "")) <= _LINE


def _description(reader: Any) -> Counter[tuple[str, str]]:
    """Each property that stays, with its words: written as an attribute or as an element, in whatever order."""
    stream = reader.get_object(reader.root.raw_get("/Metadata").reference)
    if not isinstance(stream, StreamObject) or set(stream) - _DESCRIBED:
        raise no("mô tả của tệp (XMP) bị đổi (its description was changed).")
    data = stream.data
    if len(data) > _LONGEST or b"<!" in data or b"\0" in data or b"<?xml" in data:
        raise no("mô tả của tệp (XMP) không đọc an toàn được (its description can't be read safely).")
    root = ElementTree.fromstring(data.decode().strip("\ufeff\0 \r\n\t"))
    said = root if root.tag == f"{_RDF}RDF" else root[0]
    if (said is not root and len(root) != 1) or {said.tag, *(one.tag for one in said)} != _DESCRIPTIONS:
        raise no("mô tả của tệp (XMP) không đúng dạng (its description is not in the usual form).")
    return Counter(one for each in said for one in _properties(each))


def _properties(of: ElementTree.Element) -> Iterator[tuple[str, str]]:
    written = [*of.attrib.items(), *((one.tag, _words(one)) for one in of)]
    yield from ((name, _MIDNIGHT.sub("Z", said)) for name, said in written
                if not name.startswith((_RDF, *_XMP_CHANGES)))  # fmt: skip


def _words(of: ElementTree.Element) -> str:
    """Of a plain one its text, else all of its elements in their order, with how many each one holds."""
    if not len(of) and not of.attrib:
        return (of.text or "").strip()
    return repr([(one.tag, len(one), sorted(one.attrib.items()), (one.text or "").strip(), (one.tail or "").strip())
                 for one in of.iter()])  # fmt: skip
