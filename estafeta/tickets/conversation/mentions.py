"""Calling somebody by name: @login in what is written shows him the ticket, and he is told.

Whom one may call is whom one may know of: staff everybody on staff and whoever is on the ticket; clients
only those whom the ticket's page shows them. Anything else is a word like any other, so that trying
names out tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from estafeta.accounts import called
from estafeta.accounts.called import Read
from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.lib import markdown
from estafeta.lib.text import clean
from estafeta.tickets import visibility
from estafeta.tickets.models import Comment, Participant
from estafeta.tickets.models.comment import CommentKind
from estafeta.tickets.performers import baton

if TYPE_CHECKING:
    from estafeta.accounts.models.person import PersonQuerySet
    from estafeta.tickets.models import Ticket


def read(text: str, *, by: Person, ticket: Ticket | None = None) -> Read:
    """What `by` writes under the ticket, or into a new one. One query where there is an @, else none."""
    return called.read(text, partial(known_to, by, ticket))


def read_ahead(text: object, *, by: Person, ticket: Ticket | None, longest: int) -> None:
    """Before a transaction: a long text takes a while, and whoever writes holds others up."""
    plain = clean(text) if isinstance(text, str) else ""
    if plain and len(plain) <= longest:
        read(plain, by=by, ticket=ticket)


def known_to(by: Person, ticket: Ticket | None = None) -> PersonQuerySet:
    """Whom this person may call."""
    everybody: PersonQuerySet = Person.objects.active().filter(login__isnull=False)
    present = Q(pk__in=()) if ticket is None else _present(ticket, all_of_them=by.is_agent)
    if not by.is_agent:
        return everybody.filter(present)
    staff = Q(is_director=True) | Q(pk__in=Person.objects.agents().order_by().values("pk"))
    return everybody.filter(staff | present)


def tie(ticket: Ticket, people: Iterable[Person], *, by: Person, is_note: bool) -> dict[str, Any]:
    """Staff who is called sees the ticket from now on; gives facts of all who are to be told.

    A client sees no more by being called, and is never told of a note.
    """
    others = [person for person in people if person.pk != by.pk]
    standings = Standing.of_all(others)
    told = []
    for person in others:
        standing = standings[person.pk]
        if standing.is_agent:
            baton.participate(ticket, person, was_mentioned=True)
        elif is_note or not _sees(standing, ticket):
            continue
        told.append({"id": person.pk, "name": person.name})
    return {"mentions": told} if told else {}


def anew(people: Iterable[Person], before: str) -> list[Person]:
    """Whom a corrected text calls and the text before it did not: nobody is told twice."""
    earlier = {handle.lower() for handle in markdown.handles(before)}
    return [person for person in people if str(person.login).lower() not in earlier]


def _sees(standing: Standing, ticket: Ticket) -> bool:
    ties = Participant.objects.filter(ticket=ticket, person=standing.person)
    return visibility.sees(standing, ticket, set(ties.values_list("person", flat=True)))


def _present(ticket: Ticket, *, all_of_them: bool) -> Q:
    """Who is on the ticket, or of them those whom its page shows to clients."""
    rows = Participant.objects.filter(ticket=ticket).order_by()
    if not all_of_them:
        rows = rows.filter(Q(is_performer=True) | Q(is_addressee=True))
    replies = Comment.objects.filter(ticket=ticket, kind=CommentKind.REPLY).order_by()
    return (
        Q(pk__in=[ticket.author_id, ticket.requester_id])
        | Q(pk__in=rows.values("person"))
        | Q(pk__in=replies.values("author"))
    )
