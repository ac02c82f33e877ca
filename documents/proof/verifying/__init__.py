"""Verifying a proof offline (kiểm chứng ngoại tuyến): no database, no server, nothing of the program that wrote it.

Written a second time on purpose: what checks must not share its faults with what is checked. It may be copied to
another machine with Python, `cryptography`, `rfc8785` and (for PDF signatures) pyHanko:
`python -m documents.proof.verifying BUNDLE`.
"""
