"""When somebody leaves or a department closes: the tickets first, then the switch.

An administrator has no say in tickets, so the system puts them down in his stead, with the reason
in the journal: each goes to a colleague, is free in its department again, or stays with those who
work on it besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts.actions import departments, people
from estafeta.accounts.actions.last_administrator import refuse_to_remove
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person, Site
from estafeta.accounts.permissions import administers, require
from estafeta.tickets.actions import assign, release
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Acceptance, Participant, Ticket
from estafeta.tickets.statuses import ALLOWED, OPEN_STATUSES, Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Department
    from estafeta.tickets.queries import TicketQuerySet

RELEASABLE = [status for status, verbs in ALLOWED.items() if Verb.RELEASE in verbs]


@dataclass(frozen=True)
class Heirs:
    """Who goes on with the tickets of somebody who leaves; whose is nobody's is free."""

    everything: Person | None = None
    each: Mapping[int, Person] = field(default_factory=dict)

    def of(self, ticket: Ticket) -> Person | None:
        """Who gets this one."""
        return self.each.get(ticket.pk, self.everything)


def in_hands_of(person: Person) -> TicketQuerySet:
    """What would be put down: in work or waiting, performed by the person and not yet finished."""
    mine = Participant.objects.filter(person=person, is_performer=True, finished_at=None)
    return Ticket.objects.filter(pk__in=mine.values("ticket"), status__in=RELEASABLE)


def meant_for(person: Person) -> TicketQuerySet:
    """What nobody has taken yet and is addressed to the person."""
    mine = Participant.objects.filter(person=person, is_addressee=True).values("ticket")
    return Ticket.objects.filter(pk__in=mine, status=Status.NEW)


def left_by(person: Person) -> TicketQuerySet:
    """Everything that has to go somewhere when the person leaves."""
    return in_hands_of(person) | meant_for(person)


def to_be_accepted_by(person: Person) -> int:
    """How many results wait for the person as their author; the heads of his people may accept."""
    waiting = Ticket.objects.filter(status=Status.REVIEW, acceptance=Acceptance.AUTHOR)
    return waiting.filter(author=person).count()


def person_leaves(person: Person, *, by: Person, heirs: Heirs | None = None) -> int:
    """Give away all the person works on and switch him off; tells how many tickets that were."""
    require(administers(by) and not person.is_system)
    refuse_to_remove(person)
    heirs = heirs or Heirs()
    _refuse_bad_heirs(person, heirs)
    # First the person: from then on `baton.perform` refuses him, and whatever he took before is in
    # his hands for good to see. Each ticket is a transaction of its own: whoever kept the journal's
    # lock and reached for the next ticket would stop those who hold that and wait for the journal.
    return _give_away(person, heirs) if people.deactivate(person, by=by) else 0


def put_down_forgotten() -> int:
    """What lies in the hands of somebody who is switched off is free again; how many it was."""
    ties = Participant.objects.filter(person__is_active=False, is_performer=True, finished_at=None)
    held = ties.filter(ticket__status__in=RELEASABLE).values("person")
    return sum(_give_away(person, Heirs()) for person in Person.objects.filter(pk__in=held))


def _give_away(person: Person, heirs: Heirs) -> int:
    system, reason = Person.objects.system(), _reason(person)
    held, meant = list(in_hands_of(person).order_by("pk")), list(meant_for(person).order_by("pk"))
    for ticket in [*held, *meant]:
        heir = heirs.of(ticket)
        if heir is None or not _assigned(ticket, person, heir, reason, by=system):
            _put_down(ticket, person, reason, by=system)
    # Whom it was meant for is not there to read what is written about it.
    ties = Participant.objects.filter(person=person, is_addressee=True)
    ties.filter(ticket__status__in=OPEN_STATUSES).update(is_addressee=False, acknowledged_at=None)
    return len(held) + len(meant)


def _assigned(ticket: Ticket, person: Person, heir: Person, reason: str, *, by: Person) -> bool:
    try:
        assign(ticket, by=by, people=_with_heir(ticket, person, heir), reason=reason)
    except Refused:  # the heir has left too, or somebody else has done something with it meanwhile
        return False
    return True


def _put_down(ticket: Ticket, person: Person, reason: str, *, by: Person) -> None:
    if in_hands_of(person).filter(pk=ticket.pk).exists():
        try:
            release(ticket, by=by, reason=reason, person=person)
        except Refused:
            return  # finished or put down by somebody else: the schedule looks again


def _with_heir(ticket: Ticket, person: Person, heir: Person) -> list[Person]:
    rows = ticket.participants.filter(is_performer=True).select_related("person").order_by("pk")
    others = [row.person for row in rows if row.person_id not in (person.pk, heir.pk)]
    leads = ticket.performer_id in (None, person.pk, heir.pk)
    return [heir, *others] if leads else [*others, heir]


def _refuse_bad_heirs(person: Person, heirs: Heirs) -> None:
    for heir in {*heirs.each.values(), *([heirs.everything] if heirs.everything else [])}:
        if heir.pk == person.pk or not heir.is_active or not heir.is_agent:
            raise Invalid.at("colleague", _("%(name)s cannot take tickets.") % {"name": heir.name})


def _reason(person: Person) -> str:
    with translation.override(Site.current().language):
        return _("%(name)s no longer works here.") % {"name": person.name}


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
