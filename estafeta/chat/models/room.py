"""Where people talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.chat import visibility
from estafeta.chat.visibility import RoomKind

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

__all__ = ["Room", "RoomKind", "RoomQuerySet", "State"]


class State(models.TextChoices):
    """How far the talk of a client with an operator is."""

    WAITING = "waiting", pgettext_lazy("talk", "Waiting for an operator")
    ACCEPTED = "accepted", pgettext_lazy("talk", "With an operator")
    CLOSED = "closed", pgettext_lazy("talk", "Closed")


OPEN = (State.WAITING, State.ACCEPTED)


class RoomQuerySet(models.QuerySet["Room"]):
    """Chooses rooms."""

    def visible_to(self, person: Person) -> RoomQuerySet:
        """The rule of sight."""
        return self.filter(visibility.visible(person.standing))


class Room(models.Model):
    """One talk. Which columns are set depends on its kind."""

    kind = models.CharField(max_length=10, choices=RoomKind)
    key = models.CharField(max_length=100, unique=True)
    """`direct:3:17`, `department:4`, `common`; for clients made up for each talk."""
    first = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    """Two people; the one with the smaller number is the first."""
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, related_name="+"
    )
    client = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    operator = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("State"), max_length=8, choices=State, blank=True, default="")
    asked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    ticket_number = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    last_message = models.ForeignKey(
        "chat.Message", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    """The newest that somebody wrote and did not take back."""
    last_at = models.DateTimeField(null=True)
    """When something happened there last."""

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=RoomKind.DIRECT) | Q(first__isnull=False, second__isnull=False),
                name="room_of_two_has_both",
            ),
            models.CheckConstraint(
                condition=~Q(kind=RoomKind.DEPARTMENT) | Q(department__isnull=False),
                name="room_of_a_department_has_it",
            ),
            models.CheckConstraint(
                condition=~Q(kind=RoomKind.CLIENT)
                | Q(client__isnull=False, department__isnull=False, state__in=State.values),
                name="room_of_a_client_has_its_columns",
            ),
            models.UniqueConstraint(
                fields=["client", "department"], name="one_open_talk_of_a_client",
                condition=Q(kind=RoomKind.CLIENT, state__in=OPEN),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["department", "asked_at"], name="room_waiting",
                condition=Q(state=State.WAITING),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key

    def other_than(self, person: Person) -> Person | None:
        """Of a talk of two, whom the person talks to."""
        if self.kind != RoomKind.DIRECT:
            return None
        return self.second if self.first_id == person.pk else self.first

    @property
    def has_few(self) -> bool:
        """So few that each sees how far the others have read."""
        return self.kind in (RoomKind.DIRECT, RoomKind.CLIENT)
