"""A tree of hashes (RFC 6962): one root stands for many leaves, and a few hashes prove one of them.

Leaves and nodes are hashed with different first bytes, so that a node can never pass for a leaf.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

Step = tuple[str, str]
"""Side of the neighbour (`left` or `right`) and its hash."""
EMPTY = hashlib.sha256().hexdigest()


def leaf_hash(content: str) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\0" + content.encode()).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of what stands above two neighbours."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """Takes leaves one after another and keeps no more hashes than it has levels."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, content: str) -> None:
        """Put one more leaf to the right of all others."""
        level, found = 0, leaf_hash(content)
        while self._peaks and self._peaks[-1][0] == level:
            found = node_hash(self._peaks.pop()[1], found)
            level += 1
        self._peaks.append((level, found))
        self.size += 1

    def root(self) -> str:
        """The hash of everything so far, 64 hex digits."""
        if not self._peaks:
            return EMPTY
        found = self._peaks[-1][1]
        for _level, peak in reversed(self._peaks[:-1]):
            found = node_hash(peak, found)
        return found.hex()


def root_of(leaves: Iterable[str]) -> str:
    """The root over these leaves."""
    tree = Tree()
    for content in leaves:
        tree.add(content)
    return tree.root()


def proof_of(leaves: Iterable[str], count: int, place: int) -> list[Step]:
    """The neighbours from the leaf at `place` up to the root; `leaves` are `count`, read once."""
    if not 0 <= place < count:
        raise ValueError(f"no leaf {place} among {count}")
    ranges: list[tuple[str, int, int]] = []
    first, last = 0, count
    while last - first > 1:
        middle = first + (1 << ((last - first - 1).bit_length() - 1))
        if place < middle:
            ranges.append(("right", middle, last))
            last = middle
        else:
            ranges.append(("left", first, middle))
            first = middle
    # The neighbours' stretches lie side by side and leave out nothing but the leaf itself.
    trees = [Tree() for _ in ranges]
    begins = {begin: trees[nth] for nth, (_side, begin, _end) in enumerate(ranges)}
    current: Tree | None = None
    for number, content in enumerate(leaves):
        current = None if number == place else begins.get(number, current)
        if current is not None:
            current.add(content)
    steps = [(side, tree.root()) for (side, _b, _e), tree in zip(ranges, trees, strict=True)]
    return steps[::-1]


def root_by(content: str, proof: Iterable[Step]) -> str:
    """The root that a leaf and its proof lead to."""
    found = leaf_hash(content)
    for side, other in proof:
        neighbour = bytes.fromhex(other)
        found = node_hash(neighbour, found) if side == "left" else node_hash(found, neighbour)
    return found.hex()
