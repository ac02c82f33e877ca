"""The tree of RFC 6962: the roots that Certificate Transparency publishes, and proofs against a plain recursion."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from documents.proof.verifying import tree
from states.log import kinds, merkle
from states.log.merkle import Node

# The leaves and roots of certificate-transparency's own tests (merkle_tree_test.cc), as published.
LEAVES = [bytes.fromhex(leaf) for leaf in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def test_the_published_roots_come_out() -> None:
    for size, wanted in enumerate(ROOTS, 1):
        assert merkle.root(size, _nodes([merkle.leaf_hash(leaf) for leaf in LEAVES[:size]])).hex() == wanted
    assert merkle.root(0, _nodes([])) == hashlib.sha256(b"").digest()


@given(st.integers(1, 300), st.data())
def test_a_leaf_leads_to_the_root_and_another_one_does_not(size: int, data: st.DataObject) -> None:
    leaves = _leaves(size)
    position = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion(position, size, _nodes(leaves))
    assert tree.included(leaves[position], position, size, path, _plain_root(leaves))
    assert not tree.included(merkle.leaf_hash(b"other"), position, size, path, _plain_root(leaves))
    if size > 1:
        assert not tree.included(leaves[position], (position + 1) % size, size, path, _plain_root(leaves))


@given(st.integers(1, 300), st.data())
def test_an_old_tree_is_the_beginning_of_the_new_one(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    leaves = _leaves(new)
    proof = merkle.consistency(old, new, _nodes(leaves))
    roots = _plain_root(leaves[:old]), _plain_root(leaves)
    assert tree.consistent(old, new, proof, *roots)
    forged = _plain_root([merkle.leaf_hash(b"other"), *leaves[1:old]])
    assert not tree.consistent(old, new, proof, forged, roots[1])
    if proof:
        assert not tree.consistent(old, new, proof[:-1], *roots)
        assert not tree.consistent(old, new, [*proof[:-1], bytes(32)], *roots)


@given(st.integers(1, 300), st.data())
def test_many_leaves_lead_to_the_root_at_once(size: int, data: st.DataObject) -> None:
    leaves = _leaves(size)
    chosen = sorted(data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=20)))
    others = merkle.beside(chosen, size, _nodes(leaves))
    known = {at: leaves[at] for at in chosen}
    assert tree.root_of(known, size, others) == _plain_root(leaves)
    known[chosen[0]] = merkle.leaf_hash(b"other")
    assert tree.root_of(known, size, others) != _plain_root(leaves)
    assert tree.root_of(known, size, [*others, bytes(32)]) is None, "nothing may be left over"


def test_a_leaf_hashed_in_one_go_is_the_same_leaf() -> None:
    digest = hashlib.sha256(b"x").digest()
    whole = merkle.leaf_hash(kinds.leaf_data("đơn vị", "7:1", digest))
    assert kinds.leaf_hash("đơn vị", "7:1", digest.hex()) == whole


def _leaves(size: int) -> list[bytes]:
    return [merkle.leaf_hash(number.to_bytes(4)) for number in range(size)]


def _nodes(leaves: list[bytes]) -> Node:
    levels = merkle.levels(leaves)
    return lambda height, place: levels[height][place]


def _plain_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1 as it is written."""
    if len(leaves) == 1:
        return leaves[0]
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    return hashlib.sha256(b"\x01" + _plain_root(leaves[:cut]) + _plain_root(leaves[cut:])).digest()
