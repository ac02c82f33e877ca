"""The layout of a paper (thể thức, NĐ 30/2020/NĐ-CP): head, signature, recipients, annexes, traces."""
