"""One root stands for all leaves; each of them can be proved with a few hashes."""

from __future__ import annotations

import hashlib

import pytest

from estafeta.lib import merkle


def slow_root(leaves: list[str]) -> bytes:
    """As RFC 6962 writes it down."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return merkle.leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.node_hash(slow_root(leaves[:half]), slow_root(leaves[half:]))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 100])
def test_the_root_is_that_of_the_standard(count: int) -> None:
    leaves = [f"leaf {number}" for number in range(count)]
    assert merkle.root_of(leaves) == slow_root(leaves).hex()


@pytest.mark.parametrize("count", [1, 2, 3, 6, 13, 64, 65])
def test_every_leaf_can_be_proved_and_no_other(count: int) -> None:
    leaves = [f"leaf {number}" for number in range(count)]
    root = merkle.root_of(leaves)
    for place in range(count):
        proof = merkle.proof_of(leaves, count, place)
        assert len(proof) <= count.bit_length()
        assert merkle.root_by(leaves[place], proof) == root
        assert merkle.root_by("another", proof) != root


def test_a_changed_leaf_changes_the_root() -> None:
    leaves = [f"leaf {number}" for number in range(9)]
    assert merkle.root_of(leaves) != merkle.root_of([*leaves[:4], "changed", *leaves[5:]])
    assert merkle.root_of(leaves) != merkle.root_of(leaves[:-1])


def test_a_leaf_that_is_not_there_has_no_proof() -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.proof_of(["one"], 1, 1)
