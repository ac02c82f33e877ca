"""What the file says of itself as a whole: its catalogue, its title and author, its description in XMP."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject

from documents.signing.extension.alike import alike
from documents.signing.extension.form import gains
from documents.signing.extension.refusing import no
from documents.signing.extension.walking import Walk

_ROOT_GAINS = frozenset({"/DSS", "/Extensions", "/Metadata"})
_MAKERS, _LEVELS = frozenset({"/ADBE", "/ESIC"}), 11
"""Extensions that signing programs name: Adobe's and ETSI's, and the highest of their levels."""
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
_DESCRIPTIONS = {f"{_RDF}RDF", f"{_RDF}Description"}
_LONGEST = 256 * 1024


def same_catalogue(reader: Any, before: Any, walk: Walk) -> None:
    """The catalogue as it was; it may gain evidence (DSS) and the names of extensions."""
    old, new = before.root, reader.root
    gains("danh mục", old, new, _ROOT_GAINS)
    for key in set(old) - _ROOT_GAINS:
        if not alike(old.raw_get(key), new.raw_get(key)):
            raise no(f"danh mục của tệp đổi {key} (the catalogue was changed).")
    _extensions(old.get("/Extensions", {}), new.get("/Extensions", {}))
    if "/DSS" in new:
        walk.through("bằng chứng kèm theo", new.raw_get("/DSS"), _EVIDENCE)


def _extensions(old: Any, new: Any) -> None:
    for name in set(old) | set(new):
        if name in new and alike(old.get(name), new[name]):
            continue
        level = new[name].get("/ExtensionLevel", 0) if name in new and isinstance(new[name], DictionaryObject) else None
        if name not in _MAKERS or level is None or not 0 < level <= _LEVELS or len(new[name]) > 3:
            raise no(f"danh mục của tệp đổi {name} (an extension was changed).")


def same_words_about_it(reader: Any, before: Any, walk: Walk) -> None:
    """Title, author and the like stay; when and with what the file was written last may change."""
    old, new = ({**one.trailer["/Info"]} if "/Info" in one.trailer else {} for one in (before, reader))
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    if changed - _INFO_CHANGES or not all(isinstance(new.get(key), str) for key in changed):
        raise no("tên hoặc tác giả của tệp bị đổi (its title or author was changed).")
    walk.through("mô tả của tệp", reader.root.raw_get("/Metadata"), _DESCRIBED)
    if _description(before) != _description(reader):
        raise no("mô tả của tệp (XMP) bị đổi (its description was changed).")


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
    yield from ((name, said) for name, said in written
                if not name.startswith((_RDF, *_XMP_CHANGES)))  # fmt: skip


def _words(of: ElementTree.Element) -> str:
    """Of a plain one its text, else all of its elements in their order, with how many each one holds."""
    if not len(of) and not of.attrib:
        return (of.text or "").strip()
    return repr([(one.tag, len(one), sorted(one.attrib.items()), (one.text or "").strip(), (one.tail or "").strip())
                 for one in of.iter()])  # fmt: skip
