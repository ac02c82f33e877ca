"""The log (nhật ký niêm phong): every row that bears proof leaves its digest in a Merkle tree with signed checkpoints.

Triggers write `trace` in the row's own transaction; sealing gives each its place in `leaf` and signs the root.
docs/proof.md says what this shows and what it can't.
"""
