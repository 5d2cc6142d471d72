"""The ticket itself."""

from __future__ import annotations

import enum
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.accounts.models import Site
from estafeta.lib import clock
from estafeta.tickets import numbers
from estafeta.tickets.queries import TicketManager, TicketQuerySet
from estafeta.tickets.statuses import CLOSED_STATUSES, OPEN_STATUSES, Status

if TYPE_CHECKING:
    from estafeta.tickets.gathering import Gathered
    from estafeta.tickets.models.participant import Participant
    from estafeta.tickets.submissions import Key

NO_DEADLINE = datetime(9999, 12, 31, tzinfo=UTC)
"""Kept instead of NULL, so that every order of a list has one plain key."""
SOON = timedelta(hours=24)


class Priority(models.IntegerChoices):
    """How urgent; higher first. Administrators may call them otherwise."""

    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("High")
    URGENT = 4, _("Urgent")

    @enum.property
    def label(self) -> Any:
        """In the reader's language, when it is shown."""
        return _called(self.value, self.own_label)

    @property
    def own_label(self) -> Any:
        """What the product calls it."""
        return self._label_


def _name_of(priority: int, own: Any) -> str:
    return Site.priority_name(priority) or str(own)


_called = lazy(_name_of, str)


class Acceptance(models.TextChoices):
    """Who has to accept the result before the ticket is done."""

    NOBODY = "nobody", pgettext_lazy("acceptance", "Nobody")
    AUTHOR = "author", _("The author")
    HEAD = "head", _("The head of the department")


class WaitFor(models.TextChoices):
    """What a waiting ticket waits for."""

    REQUESTER = "requester", _("An answer of the requester")
    DATE = "date", _("A date")
    PART = "part", _("A part or delivery")
    OTHER = "other", _("Something else")


class Ticket(models.Model):
    """An order on its way; the baton is with `performer`, or free in `department`."""

    number = models.BigAutoField(primary_key=True)
    title = models.CharField(_("Title"), max_length=250)
    text = models.TextField(_("Text"), blank=True)
    text_html = models.TextField(blank=True, editable=False)
    topic = models.ForeignKey(
        "tickets.Topic", models.PROTECT, null=True, blank=True, verbose_name=_("Topic")
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.NEW)
    priority = models.PositiveSmallIntegerField(
        _("Priority"), choices=Priority, default=Priority.NORMAL
    )
    department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        related_name="tickets",
        verbose_name=_("Department"),
    )
    performer = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, related_name="held_tickets",
        verbose_name=_("Performer"),
    )  # fmt: skip
    author = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="authored_tickets",
        verbose_name=_("Author"),
    )
    author_department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        null=True,
        related_name="authored_tickets",
    )
    requester = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="requested_tickets",
        verbose_name=_("Requester"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, related_name="tickets"
    )
    acceptance = models.CharField(
        _("Who accepts the result"),
        max_length=8,
        choices=Acceptance,
        default=Acceptance.NOBODY,
    )
    evidence = models.JSONField(_("Completion must carry"), default=list, blank=True)
    """Values of `Evidence`."""
    is_separate = models.BooleanField(_("Each finishes separately"), default=False)
    due = models.DateTimeField(default=NO_DEADLINE)
    original_due = models.DateTimeField(null=True)
    """The first deadline anybody set; every shift since is counted and stands in the journal."""
    shifts = models.PositiveIntegerField(default=0)
    proposed_due = models.DateTimeField(null=True)
    offered_until = models.DateTimeField(null=True)
    """The department may accept or decline it until then; nothing: nobody has to."""
    review_since = models.DateTimeField(null=True)
    wait_for = models.CharField(max_length=10, choices=WaitFor, blank=True)
    wait_reason = models.CharField(max_length=500, blank=True)
    wait_until = models.DateTimeField(null=True)
    passes = models.PositiveIntegerField(default=0)
    returns = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    unarchived_at = models.DateTimeField(null=True)
    """When somebody last brought it back: the schedule leaves it alone for a while."""
    journal_length = models.PositiveIntegerField(default=0)
    journal_head = models.CharField(max_length=64, default="")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="subtasks", verbose_name=_("Part of")
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    is_related = models.BooleanField(default=False)
    """Has or had tags, links, sub-tickets, or tickets merged into it: worth looking for."""

    objects = TicketManager()
    with_deleted = TicketQuerySet.as_manager()
    """For those who keep the books: `objects` knows nothing of what was deleted."""

    class Meta:
        ordering = ("-number",)
        indexes = [
            models.Index(
                fields=["department", "changed_at"], name="ticket_dept_current",
                condition=~Q(status=Status.ARCHIVED),
            ),
            models.Index(fields=["department", "changed_at"], name="ticket_dept_changed"),
            models.Index(fields=["department", "status", "due"], name="ticket_dept_status_due"),
            models.Index(fields=["changed_at"], name="ticket_changed"),
            models.Index(
                fields=["changed_at"], name="ticket_current_changed",
                condition=~Q(status=Status.ARCHIVED),
            ),
            models.Index(fields=["performer", "status"], name="ticket_performer_status"),
            models.Index(fields=["author", "changed_at"], name="ticket_author_changed"),
            models.Index(fields=["author_department", "changed_at"], name="ticket_author_dept"),
            models.Index(fields=["requester", "changed_at"], name="ticket_requester_changed"),
            models.Index(fields=["author", "status"], name="ticket_author_status"),
            models.Index(fields=["requester", "status"], name="ticket_requester_status"),
            models.Index(fields=["status", "due"], name="ticket_status_due"),
            models.Index(fields=["due", "number"], name="ticket_due"),
            models.Index(fields=["priority", "number"], name="ticket_priority"),
            models.Index(
                fields=["status", "-priority", "due", "number", "department"],
                name="ticket_status_urgent",
            ),
            models.Index(fields=["opened_at", "number"], name="ticket_opened"),
            models.Index(fields=["organisation", "changed_at"], name="ticket_organisation"),
            models.Index(
                fields=["offered_until"], name="ticket_offered",
                condition=Q(offered_until__isnull=False),
            ),
            models.Index(
                fields=["closed_at"], name="ticket_to_archive",
                condition=Q(status__in=CLOSED_STATUSES),
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.IN_PROGRESS) | Q(performer__isnull=False),
                name="ticket_in_progress_has_performer",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.NEW) | Q(performer__isnull=True),
                name="ticket_new_is_free",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN_STATUSES) | Q(closed_at__isnull=False),
                name="ticket_closed_has_date",
            ),
        ]

    expected_length: int | None = None
    """How long the journal was when the person looked; set by `as_seen_at`."""
    is_expected_strictly: bool = False
    """Whatever somebody else did since stands in the way, even where nothing contradicts."""
    submission: Key | None = None
    """The key of the form or request that acts now; set by `sent_as`."""

    gathered: Gathered | None = None
    """Set while a verb is done to many tickets: they are then written together."""

    def __str__(self) -> str:
        return f"#{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """At once, or with the others of a sweep."""
        names = kwargs.get("update_fields")
        if self.gathered is not None and names is not None:
            self.gathered.fields.update(names)
        else:
            super().save(*args, **kwargs)

    def as_seen_at(self, journal_length: int | None, *, strictly: bool = False) -> Ticket:
        """Act on the ticket as it was then: the verb is refused if it has moved on meanwhile.

        What is only said stands in nobody's way and is never refused, unless `strictly`.
        """
        self.expected_length, self.is_expected_strictly = journal_length, strictly
        return self

    def sent_as(self, submission: Key | None) -> Ticket:
        """The next verb acts once, however often the same form or request arrives."""
        self.submission = submission
        return self

    @property
    def written(self) -> str:
        """The number as people write it: `IT-2417`, or `2417` without a prefix."""
        return numbers.written(self.pk, self.department_id)

    @property
    def label(self) -> str:
        """The number as a name: `IT-2417`, or `No. 2417`."""
        return numbers.named(self.pk, self.department_id)

    @property
    def deadline(self) -> datetime | None:
        """When it has to be done, if anybody said so."""
        return None if self.due == NO_DEADLINE else self.due

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something."""
        return self.status in OPEN_STATUSES

    @property
    def is_late(self) -> bool:
        """Open after its deadline."""
        return self.is_open and self.due < clock.now()

    @property
    def is_due_soon(self) -> bool:
        """Open, and the deadline is less than a day away."""
        return self.is_open and clock.now() <= self.due < clock.now() + SOON

    def current_performers(self) -> list[Participant]:
        """Those who work on it now; the holder of the baton first."""
        rows = [row for row in self.participants.all() if row.is_performer]
        return sorted(rows, key=lambda row: (row.person_id != self.performer_id, row.pk))
