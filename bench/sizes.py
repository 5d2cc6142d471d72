"""The data sets."""

from __future__ import annotations

from typing import NamedTuple

BIG, AGENTS, HEADS = 0, 1, 2
"""Places in `Size.departments` of the departments that the measurements ask for."""
MAILED = 20
"""Members of the department to which the tickets go whose mails are counted."""
RARE_WORD = "квазидиффузор"
"""Written in `RARE_TICKETS` tickets of a set, in half of them in a comment only."""
RARE_TICKETS = 25
COMMON_WORD = "принтер"
VERSION = 2
"""Raise it when sets made before are no longer what they should be."""


class Size(NamedTuple):
    """How much of what."""

    name: str
    people: int
    tickets: int
    departments: tuple[int, ...]
    """How many members; the first is the big one, the second the agent's, the third the head's."""


def _departments(staff: int) -> tuple[int, ...]:
    """Department sizes from 200 down to 5, as an organisation of so many has them."""
    first = (200, 60, 40, 30, 20) if staff >= 400 else (20, 8, 5, 5)
    rest = (150, 100, 80, 60, 40, 30, 25, 20, 15, 12, 10, 8, 8, 6, 5, 5)
    found, left = list(first), staff - sum(first)
    position = 0
    while left >= 5:
        size = min(rest[position % len(rest)], left)
        found.append(size)
        left -= size
        position += 1
    return tuple(found)


def _size(name: str, people: int, tickets: int) -> Size:
    return Size(name, people, tickets, _departments(people * 4 // 5))


SIZES = {
    size.name: size
    for size in (
        _size("tiny", 50, 400),
        _size("S", 50, 10_000),
        _size("M", 500, 200_000),
        _size("L", 5_000, 1_000_000),
        _size("10k", 500, 10_000),
        _size("100k", 500, 100_000),
    )
}
"""`tiny` is for the tests; `10k` and `100k` are one organisation, for the growth of each page."""
