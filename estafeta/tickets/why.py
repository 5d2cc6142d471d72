"""Why a person sees a ticket: the paths of the one rule that lead to it, in words.

A path of `visibility.py` without words here fails the tests, so nobody sees anything unexplained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.tickets import visibility
from estafeta.tickets.models import Participant, Ticket

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@dataclass(frozen=True)
class Reason:
    """One path, by the name it has in the rule, and how it reads."""

    path: str
    words: str


DIRECTOR = "director"


def reasons(person: Person, ticket: Ticket) -> list[Reason]:
    """Every path that leads this person to this ticket; empty exactly if he does not see it."""
    standing = person.standing
    row = Participant.objects.filter(person=person, ticket=ticket).first()
    if not visibility.sees(standing, ticket, () if row is None else (person.pk,)):
        return []
    found = []
    if visibility.sees_all(standing):
        found.append(Reason(DIRECTOR, _("You are a director: directors see every ticket.")))
    found += [
        Reason(path.name, WORDS[path.name](person, ticket))
        for path in visibility.PATHS
        if getattr(ticket, path.column) in path.held(standing)
    ]
    if row is not None:
        found += [Reason(visibility.PARTICIPANT, words) for words in _ties(row)]
    return found


def _as_author(person: Person, ticket: Ticket) -> str:
    return _("You wrote it.")


def _as_requester(person: Person, ticket: Ticket) -> str:
    return _("It was written for you: you are the requester.")


def _of_department(person: Person, ticket: Ticket) -> str:
    named = {"department": ticket.department.name}
    if ticket.department_id in person.standing.member_of:
        return _("It is in %(department)s, and you belong there.") % named
    return _("It is in %(department)s, which stands below what you head.") % named


def _of_own_people(person: Person, ticket: Ticket) -> str:
    department = ticket.author_department
    return _("Somebody of %(department)s wrote it, and you head that department.") % {
        "department": department.name if department else ""
    }


def _of_organisation(person: Person, ticket: Ticket) -> str:
    organisation = ticket.organisation
    return _("It is for %(organisation)s, and you see all tickets of this organisation.") % {
        "organisation": organisation.name if organisation else ""
    }


WORDS: dict[str, Callable[[Person, Ticket], str]] = {
    "addressed to the department": _of_department,
    "author": _as_author,
    "requester": _as_requester,
    "authored by the head's people": _of_own_people,
    "organisation's lead": _of_organisation,
}


def _ties(row: Participant) -> Iterator[str]:
    """How he takes part in person."""
    ties = (
        (row.is_performer, _("You work on it.")),
        (row.has_performed and not row.is_performer, _("You worked on it before.")),
        (row.is_addressee, _("It is addressed to you in person.")),
        (row.is_follower, _("You follow it.")),
        (row.was_mentioned, _("Somebody mentioned you in it.")),
    )
    told = [words for holds, words in ties if holds]
    yield from told or [_("You took part in it earlier.")]
