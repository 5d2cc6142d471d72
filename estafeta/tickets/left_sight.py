"""Which tickets a person saw until lately: the journal tells where they stood and who was tied to them.

The rule of sight knows only what is. Whoever keeps a copy of what he sees, an open page or a program,
has to be told what to put away, and nobody shall be told of a ticket that he never saw.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from estafeta.accounts.standing import Standing
from estafeta.tickets import visibility
from estafeta.tickets.models import Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

MOVING = frozenset({Verb.HAND_OVER, Verb.DECLINE_HAND_OVER, Verb.MOVE})
"""Verbs after which a ticket may stand in another department; their facts name the one before."""
VERBS = MOVING | {Verb.UNFOLLOW, Verb.UNMERGE, Verb.DELETE}
"""Nothing else takes a ticket out of anybody's sight, but for a change of his own standing."""
COLUMNS = ("number", "status", *(path.column for path in visibility.PATHS))


@dataclass
class Before:
    """What was different about one ticket."""

    departments: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    """Following alone may have given them sight of it."""

    def add(self, verb: str, actor: int, facts: dict[str, Any]) -> None:
        """Read one entry of `VERBS`."""
        if verb in MOVING and (left := facts.get("from", {}).get("department")):
            self.departments.add(left["id"])
        elif verb == Verb.UNFOLLOW:
            named = [person["id"] for person in facts.get("people", ())]
            self.people.update(named or [actor])
        elif verb == Verb.UNMERGE:
            # Who was put among the followers by the merge is taken off again by its undo.
            self.people.update(facts.get("followers", ()))

    def let_see(self, standing: Standing, ticket: Ticket, participants: Iterable[int]) -> bool:
        """Whether the person saw the ticket then."""
        if not standing.is_active:
            return False
        tied = frozenset(participants) | self.people
        shown = copy.copy(ticket)
        if shown.status == Status.DELETED:
            shown.status = Status.DONE
        for department in (ticket.department_id, *self.departments):
            shown.department_id = department
            if visibility.sees(standing, shown, tied):
                return True
        return False


def gather(entries: Iterable[tuple[int, str, int, dict[str, Any]]]) -> dict[int, Before]:
    """By ticket, from (ticket, verb, actor, facts) of entries of `VERBS`."""
    found: dict[int, Before] = {}
    for ticket, verb, actor, facts in entries:
        found.setdefault(ticket, Before()).add(verb, actor, facts)
    return found
