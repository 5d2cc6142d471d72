"""Whom a person may know of: names are given away as sparingly as tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from estafeta.accounts.models import Person
from estafeta.tickets.models import Comment, Participant, Ticket

if TYPE_CHECKING:
    from estafeta.accounts.models.person import PersonQuerySet


def known_to(person: Person) -> PersonQuerySet:
    """Agents know everybody; others themselves and who takes part in a ticket they see."""
    everybody: PersonQuerySet = Person.objects.exclude(login="system")
    if person.is_agent:
        return everybody
    seen = Ticket.objects.visible_to(person).order_by()
    ties = Participant.objects.filter(ticket__in=seen.values("pk")).shown_to(person)
    replies = Comment.objects.filter(ticket__in=seen.values("pk")).readable_by(person).order_by()
    return everybody.filter(
        Q(pk=person.pk)
        | Q(pk__in=seen.values("author"))
        | Q(pk__in=seen.values("requester"))
        | Q(pk__in=ties.values("person"))
        | Q(pk__in=replies.values("author"))
    )
