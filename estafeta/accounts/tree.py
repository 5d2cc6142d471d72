"""The departments as every page names them, at most as old as the kept row of the site.

For names and order only; what a person may see is decided by `standing.py`, from the database.
"""

from __future__ import annotations

from collections.abc import Collection

from estafeta.accounts.models import Department, Site


def departments(wanted: Collection[int] | None = None) -> list[Department]:
    """Parents before children: those with the wanted ids, or all."""
    kept = _kept()
    if wanted is None:
        return list(kept.values())
    if not kept.keys() >= set(wanted):
        Site.forget()
        kept = _kept()
    return [row for pk, row in kept.items() if pk in wanted]


def by_id(wanted: Collection[int]) -> dict[int, Department]:
    """The departments with these ids."""
    return {row.pk: row for row in departments(wanted)}


def where_now(department: int) -> int:
    """Where it ended: another one, if it was merged, and that perhaps in turn."""
    kept, seen = _kept(), set[int]()
    while department not in seen and department in kept:
        seen.add(department)
        department = kept[department].merged_into_id or department
    return department


def prefix_of(department: int) -> str:
    """The prefix of ticket numbers there: its own, or that of the nearest department above."""
    row = _kept().get(department)
    if row is None:
        Site.forget()
        row = _kept().get(department)
    return row.__dict__["inherited"] if row else ""


def prefixes() -> set[str]:
    """All that are in use."""
    return {row.prefix for row in _kept().values() if row.prefix}


def _kept() -> dict[int, Department]:
    site = Site.current()
    kept: dict[int, Department] | None = site.__dict__.get("departments")
    if kept is None:
        kept = {row.pk: row for row in Department.objects.all().in_tree_order()}
        for row in kept.values():
            above = kept.get(row.parent_id or 0)
            row.__dict__["inherited"] = row.prefix or (above.__dict__["inherited"] if above else "")
        site.__dict__["departments"] = kept
    return kept
