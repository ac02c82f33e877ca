"""Whom one trusts as of a moment, as the validator of certificate paths takes it. Nothing is ever fetched.

The validator's own «hard-fail» looks for revocation only where a certificate names an address of a list; ours often
name none. So it is asked for by rule: where a list of its issuer lies before us, a certificate must stand in its light.

A list that was issued after that moment counts as well (it names the day of each revocation): a token's stamped
signature is judged with the list of the day on which the office's seal was set. Only where the certificate had ended by
then it does not, for authorities take ended ones off their lists.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from asn1crypto import crl, x509
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule

_ASKED, _IF_THERE = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.CHECK_IF_DECLARED_SOFT


def context(
    roots: Sequence[bytes], others: Iterable[x509.Certificate], lists: Sequence[crl.CertificateList], at: datetime,
    certificate: x509.Certificate | None = None,
) -> ValidationContext:  # fmt: skip
    """Trust in `roots` (DER) as of `at`; with `certificate`: to judge that one, revocation too if known."""
    known = list(others)
    between = [one for one in known if one.ca and one.issuer != one.subject]
    rules = RevocationCheckingPolicy(
        ee_certificate_rule=_ASKED if certificate is not None and knows(lists, certificate) else _IF_THERE,
        intermediate_ca_cert_rule=_ASKED if between and all(knows(lists, one) for one in between) else _IF_THERE,
    )
    judged = between if certificate is None else [certificate, *between]
    return ValidationContext(
        trust_roots=[x509.Certificate.load(one) for one in roots], other_certs=known, moment=at, allow_fetching=False,
        crls=[one for one in lists if _speaks(one, judged, at)],
        revinfo_policy=CertRevTrustPolicy(rules, retroactive_revinfo=True),
    )  # fmt: skip


def _speaks(listed: crl.CertificateList, judged: Iterable[x509.Certificate], at: datetime) -> bool:
    """Whether it was issued by then, or while everyone that it is asked about was still within his days."""
    issued = listed["tbs_cert_list"]["this_update"].native
    return issued <= at or all(issued <= one.not_valid_after for one in judged if one.issuer == listed.issuer)


def knows(lists: Iterable[crl.CertificateList], certificate: x509.Certificate) -> bool:
    """Whether a list of its issuer is there, so that it would be seen if it had been revoked."""
    return any(one.issuer == certificate.issuer for one in lists)
