"""Chooses tickets. Every face starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import BooleanField, Case, Q, Value, When

from estafeta.accounts.standing import Standing
from estafeta.lib import clock
from estafeta.tickets import visibility
from estafeta.tickets.statuses import OPEN_STATUSES, Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


class TicketQuerySet(models.QuerySet["Ticket"]):  # type: ignore[name-defined]
    """Named choices; they combine."""

    def visible_to(self, person: Person | Standing) -> TicketQuerySet:
        """Only what the one rule of `visibility.py` lets this person see."""
        standing = person if isinstance(person, Standing) else person.standing
        return self.filter(visibility.visible(standing))

    def addressed_to(self, person: Person) -> TicketQuerySet:
        """The inbox: not archived, for the person or the departments he belongs to or heads."""
        if person.standing.is_director and not person.standing.departments:
            return self.current()
        return self.current().filter(inbox_of(person))

    def sent_by(self, person: Person) -> TicketQuerySet:
        """Written by the person, or recorded for him by somebody else."""
        return self.filter(Q(author=person) | Q(requester=person))

    def latest_of(self, requester: int, most: int) -> TicketQuerySet:
        """Only those of the newest for a requester: who writes for a whole office has thousands."""
        newest = self.model._default_manager.filter(requester=requester).order_by("-changed_at")
        return self.filter(pk__in=newest.values("pk")[:most])

    def current(self) -> TicketQuerySet:
        """Neither in the archive nor gone on in another ticket."""
        return self.not_archived().exclude(status=Status.MERGED)

    def not_archived(self) -> TicketQuerySet:
        """Said in the words of the indexes that leave out the archive."""
        return self.exclude(status=Status.ARCHIVED)

    def archived(self) -> TicketQuerySet:
        """The archive."""
        return self.filter(status=Status.ARCHIVED)

    def open(self) -> TicketQuerySet:
        """Somebody still has to do something."""
        return self.filter(status__in=OPEN_STATUSES)

    def free(self) -> TicketQuerySet:
        """Nobody has taken it."""
        return self.filter(status=Status.NEW)

    def late(self, now: datetime | None = None) -> TicketQuerySet:
        """Open after the deadline."""
        return self.open().filter(due__lt=now or clock.now())

    def performed_by(self, person: Person) -> TicketQuerySet:
        """Those the person works on now, alone or with others; not where his own part is done."""
        from estafeta.tickets.models import Participant

        mine = Participant.objects.filter(person=person, is_performer=True, finished_at=None)
        return self.filter(pk__in=mine.values("ticket"))

    def to_be_accepted_by(self, person: Person) -> TicketQuerySet:
        """Finished work that waits for this person to look at it."""
        return self.filter(acceptance_of(person.pk, sorted(person.standing.headed)))

    def with_people(self) -> TicketQuerySet:
        """Load with each ticket what a row or page names."""
        return self.select_related(
            "performer",
            "department",
            "requester",
            "requester__organisation",
            "author",
            "topic",
        )


class TicketManager(models.Manager.from_queryset(TicketQuerySet)):  # type: ignore[misc]
    """Every choice begins here, so that a deleted ticket is nowhere to be found."""

    def get_queryset(self) -> TicketQuerySet:
        found: TicketQuerySet = super().get_queryset().exclude(status=Status.DELETED)
        return found


def unindexed(rule: Q) -> Case:
    """The rule as a filter that no planner begins with: it goes on along the order instead.

    For rules that most tickets pass, where an index would only be a detour.
    """
    return Case(When(rule, then=Value(True)), default=Value(False), output_field=BooleanField())


def inbox_of(person: Person) -> Q:
    """Addressed to the person or to a department of his."""
    from estafeta.tickets.models import Participant

    mine = Participant.objects.filter(person=person, is_current=True, finished_at=None).filter(
        Q(is_addressee=True) | Q(is_performer=True)
    )
    rule = Q(pk__in=mine.values("ticket"))
    if departments := person.standing.departments:
        rule |= Q(department__in=sorted(departments))
    return rule


def acceptance_of(person: int, headed: Sequence[int]) -> Q:
    """In review, and the person is the author who has to accept it, or the head who has to."""
    from estafeta.tickets.models import Acceptance

    rule = Q(acceptance=Acceptance.AUTHOR) & (Q(author=person) | Q(requester=person))
    if headed:
        rule |= Q(acceptance=Acceptance.HEAD, department__in=headed)
    return Q(status=Status.REVIEW) & rule


def answer_of(person: int) -> Q:
    """Waiting for the person to answer."""
    from estafeta.tickets.models import WaitFor

    return Q(status=Status.WAITING, wait_for=WaitFor.REQUESTER, requester=person)


def agreement_of(person: int, headed: Sequence[int]) -> Q:
    """Another deadline is proposed, and the person answers: he asked for it, or heads the department."""
    from estafeta.tickets.models import PendingDeadline

    asked = Q(author=person) | Q(requester=person)
    if headed:
        asked |= Q(department__in=headed)
    proposed = PendingDeadline.objects.exclude(by=person).order_by()
    return Q(pk__in=proposed.values("ticket")) & Q(unindexed(asked))


def offer_to(departments: Sequence[int]) -> Q:
    """Handed over to one of these departments, which has to accept or decline it."""
    return Q(offered_until__isnull=False) & Q(unindexed(Q(department__in=departments)))
