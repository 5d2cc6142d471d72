"""Who could do it, and why: for whoever assigns a ticket or hands it over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts.models import Person
from estafeta.lib import clock
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.performers.assignment import loads_of

if TYPE_CHECKING:
    from estafeta.accounts.models import Department

MOST = 3
LATELY = timedelta(days=180)


class Why(StrEnum):
    """What speaks for somebody."""

    HAD_IT = "had_it"
    KNOWS_THE_TOPIC = "knows_the_topic"
    LEAST_LOADED = "least_loaded"


@dataclass(frozen=True)
class Suggestion:
    """Somebody, what speaks for him, and the figures: tickets of the topic, tickets at work."""

    person: Person
    done: int
    load: int
    why: list[Why] = field(default_factory=list)


def suggest(ticket: Ticket, department: Department) -> list[Suggestion]:
    """At most three of the department who do not perform it already; the best first."""
    performing = Participant.objects.filter(ticket=ticket, is_performer=True).values("person")
    members = Person.objects.members_of([department.pk]).exclude(pk__in=performing)
    people = list(members.order_by("pk"))
    if not people:
        return []
    loads, done = loads_of(people), _done_of_the_topic(ticket, people)
    rows = Participant.objects.filter(ticket=ticket, has_performed=True, person__in=people)
    had = set(rows.values_list("person", flat=True))
    least = min(loads.values())
    most = max(done.values(), default=0)
    found = []
    for person in people:
        why = [Why.HAD_IT] if person.pk in had else []
        if most and done.get(person.pk, 0) == most:
            why.append(Why.KNOWS_THE_TOPIC)
        if loads[person.pk] == least:
            why.append(Why.LEAST_LOADED)
        if why:
            found.append(Suggestion(person, done.get(person.pk, 0), loads[person.pk], why))
    return sorted(found, key=lambda one: (-len(one.why), one.load, one.person.pk))[:MOST]


def _done_of_the_topic(ticket: Ticket, people: Iterable[Person]) -> dict[int, int]:
    """Person -> tickets of this topic that he finished lately; one query."""
    if ticket.topic_id is None:
        return {}
    rows = Ticket.objects.filter(topic=ticket.topic_id, performer__in=list(people)).order_by()
    rows = rows.filter(closed_at__gte=clock.now() - LATELY)
    return dict(rows.values_list("performer").annotate(Count("pk")))


def words(one: Suggestion) -> list[str]:
    """What speaks for him, in the reader's language."""
    found = []
    for why in one.why:
        if why is Why.HAD_IT:
            found.append(_("had this ticket before"))
        elif why is Why.KNOWS_THE_TOPIC:
            found.append(
                ngettext(
                    "finished %(count)s ticket of this topic lately",
                    "finished %(count)s tickets of this topic lately",
                    one.done,
                )
                % {"count": one.done}
            )
        else:
            found.append(
                ngettext(
                    "has least to do: %(count)s ticket at work",
                    "has least to do: %(count)s tickets at work",
                    one.load,
                )
                % {"count": one.load}
            )
    return found
