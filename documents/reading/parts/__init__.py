"""The parts of a paper (thể thức, Nghị định 30/2020/NĐ-CP): head, issuer, title, sections, signature, recipients."""
