"""How much evidence a file may bring: certificates issued by each other, or one list named often, cost hours."""

from collections.abc import Iterable, Sequence
from typing import Any

from asn1crypto import x509
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

CROWDED = "Tệp mang quá nhiều chứng thư trùng tên: ký với đúng chuỗi chứng thư (too many certificates of one name)."
_MOST, _OF_ONE_NAME = 64, 2
"""Certificates in one file, and how many of them may bear a name that another one bears."""
_LISTS = ("/Certs", "/CRLs", "/OCSPs", "/Cert", "/CRL", "/OCSP")


def crowded(found: Sequence[EmbeddedPdfSignature], certificates: Iterable[x509.Certificate],
            roots: Iterable[bytes]) -> bool:  # fmt: skip
    """Whether the file's certificates form more paths than honest ones do. `certificates`: of its store (DSS)."""
    brought = [*certificates, *(each.chosen for one in found for each in _brought(one))]
    every = {one.dump(): one.subject.hashable for one in (*brought, *map(x509.Certificate.load, roots))}
    return len(every) > _MOST or len(every) - len(set(every.values())) > _OF_ONE_NAME


def overfull(root: Any) -> bool:
    """Whether the store in the file names more than an honest one does, or one thing twice: asked each time."""
    store: Any = root["/DSS"] if "/DSS" in root else {}
    of_each: Any = store["/VRI"] if "/VRI" in store else {}
    lists = [one[key] for one in (store, *(of_each[name] for name in of_each)) for key in _LISTS if key in one]
    numbers = ([getattr(each.raw_get(at), "idnum", at) for at in range(len(each))] for each in lists)
    return len(of_each) > _MOST or any(len(each) > _MOST or len(set(each)) < len(each) for each in numbers)


def _brought(one: EmbeddedPdfSignature) -> list[Any]:
    """The certificates in the signature and in its time stamps."""
    tokens = [one.signed_data, *extract_tst_data_iter(one.signer_info, signed=False)]
    return [each for token in tokens for each in token["certificates"] if each.name == "certificate"]
