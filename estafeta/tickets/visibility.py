"""Who sees a ticket. The one rule: lists, pages, search, API, streams and recipients ask here.

The rule is a table of paths. A path names a key of the ticket and the keys a person holds; a ticket
is visible when any key of any path is held. From this one table come the filter for the database
(`visible`), the branches that lists page through, and the answer for a ticket in memory (`sees`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from estafeta.accounts.standing import Standing
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket


@dataclass(frozen=True)
class Path:
    """One way to come to see a ticket; `column` is a field of Ticket with an id."""

    name: str
    column: str
    held: Callable[[Standing], Collection[int]]


def _own_organisation(standing: Standing) -> Collection[int]:
    return () if standing.led_organisation is None else (standing.led_organisation,)


PATHS: tuple[Path, ...] = (
    Path("addressed to the department", "department_id", lambda s: s.departments),
    Path("author", "author_id", lambda s: (s.person,)),
    Path("requester", "requester_id", lambda s: (s.person,)),
    Path("authored by the head's people", "author_department_id", lambda s: s.headed),
    Path("organisation's lead", "organisation_id", _own_organisation),
)
PARTICIPANT = "participant"
"""Besides the columns: a Participant row (addressed, performs, performed, follows, mentioned) always
gives sight."""


def sees_all(standing: Standing) -> bool:
    """Directors see every ticket."""
    return standing.is_director and standing.is_active


def branches(standing: Standing) -> list[Q]:
    """The rule as filters, any of which suffices; each can be read along one index."""
    from estafeta.tickets.models import Participant

    found = [
        Q(**{path.column: key}) for path in PATHS for key in sorted(path.held(standing))
    ]  # fmt: skip
    mine = Participant.objects.filter(person=standing.person).values("ticket")
    return [*found, Q(pk__in=mine)]


def visible(standing: Standing) -> Q:
    """The rule as one filter: sub-queries and plain columns only, so rows stay lockable."""
    from estafeta.tickets.models import Participant

    if not standing.is_active:
        return Q(pk__in=[])
    if sees_all(standing):
        return Q()
    mine = Participant.objects.filter(person=standing.person).values("ticket")
    rule = Q(pk__in=mine)
    for path in PATHS:
        if keys := path.held(standing):
            rule |= Q(**{f"{path.column}__in": sorted(keys)})
    return rule


def sees(standing: Standing, ticket: Ticket, participants: Collection[int]) -> bool:
    """The rule for one ticket in memory; `participants` are the ids of its Participant persons."""
    if not standing.is_active or ticket.status == Status.DELETED:
        return False
    if sees_all(standing) or standing.person in participants:
        return True
    return any(getattr(ticket, path.column) in path.held(standing) for path in PATHS)
