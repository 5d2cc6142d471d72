"""When somebody leaves or a department closes: the tickets first, then the switch.

An administrator has no say in tickets, so the system puts them down in his stead, with the reason
in the journal: each is free in its department again, or stays with those who work on it besides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts import security
from estafeta.accounts.actions import departments, people
from estafeta.accounts.actions.last_administrator import refuse_to_remove
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person, Site
from estafeta.accounts.permissions import administers, require
from estafeta.tickets.actions import release
from estafeta.tickets.models import Ticket
from estafeta.tickets.statuses import ALLOWED, OPEN_STATUSES
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Department
    from estafeta.tickets.queries import TicketQuerySet

RELEASABLE = [status for status, verbs in ALLOWED.items() if Verb.RELEASE in verbs]


def in_hands_of(person: Person) -> TicketQuerySet:
    """What would be put down: in work or waiting, performed by the person."""
    return Ticket.objects.performed_by(person).filter(status__in=RELEASABLE)


def person_leaves(person: Person, *, by: Person) -> int:
    """Put down all the person works on and switch him off; tells how many tickets that were."""
    require(administers(by) and not person.is_system)
    refuse_to_remove(person)
    system = Person.objects.get(login="system")
    with translation.override(Site.current().language):
        reason = _("%(name)s no longer works here.") % {"name": person.name}
    with transaction.atomic():
        # First the people, then the tickets, as when a new client comes with his ticket: two who
        # lock both the other way round would wait for each other.
        security.lock()
        tickets = list(in_hands_of(person).order_by("pk"))
        for ticket in tickets:
            release(ticket, by=system, reason=reason, person=person)
        people.deactivate(person, by=by)
    return len(tickets)


def open_in(department: Department) -> int:
    """How many tickets somebody still has to deal with there."""
    return Ticket.objects.filter(department=department, status__in=OPEN_STATUSES).count()


def department_closes(department: Department, *, by: Person) -> None:
    """Close it, unless tickets are open in it."""
    if count := open_in(department):
        words = ngettext(
            "%(count)s ticket is still open here. Hand it over first.",
            "%(count)s tickets are still open here. Hand them over first.",
            count,
        )
        raise Invalid.at("", words % {"count": count})
    departments.close_department(department, by=by)
