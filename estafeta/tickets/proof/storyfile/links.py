"""Whether the entries of a story hang together, and how far back a hash speaks for them.

A withheld entry gives its commitment, so its own link can be computed. Withheld entries from before
there were salts give nothing but their hash: what stands before one of those is held by no hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from estafeta.lib import chain
from estafeta.tickets.proof.storyfile.shown import Story


def faults(story: Story) -> Iterator[str]:
    """Entries that were changed, moved, added or left out."""
    previous, number = "", story["ticket"]["number"]
    for place, entry in enumerate(story["entries"], 1):
        if entry["seq"] != place:
            yield f"entry {entry['seq']} stands in the place of entry {place}"
            return
        if entry["previous_hash"] != previous:
            yield f"entry {place} does not follow the one before it"
        previous, content = entry["hash"], entry["content"]
        if content is not None and (content["ticket"], content["seq"]) != (number, place):
            yield f"entry {place} belongs to another ticket or place"
        if _hash_now(entry) not in (None, entry["hash"]):
            yield f"entry {place} was changed"
    if (len(story["entries"]), previous) != (story["head"]["length"], story["head"]["hash"]):
        yield "the last hash is not that of the last entry"


def span(entries: Sequence[Story], last: int) -> str:
    """Which entries the hash of the last of them speaks for, in words."""
    first = next((place for place in range(last, 1, -1) if _is_open(entries[place - 1])), 1)
    return f"entries {first} to {last}" if first < last else f"entry {last}"


def without_commitment(entries: Sequence[Story]) -> list[int]:
    """Places of entries that give nothing but their hash."""
    return [entry["seq"] for entry in entries if _is_open(entry)]


def _is_open(entry: Story) -> bool:
    return _hash_now(entry) is None


def _hash_now(entry: Story) -> str | None:
    """The hash that it should have; None where that cannot be computed."""
    content, salt, committed = entry["content"], entry.get("salt"), entry.get("commitment")
    if content is not None:
        if salt is None:
            return chain.link(entry["previous_hash"], content)
        committed = chain.commitment(salt, content)
    return None if committed is None else chain.link_over(entry["previous_hash"], committed)
