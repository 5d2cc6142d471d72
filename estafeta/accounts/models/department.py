"""The tree of departments and who belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.accounts.models.site import Site

if TYPE_CHECKING:
    from estafeta.accounts.models.person import Person

LONGEST_PREFIX = 8


class HandOverMode(models.TextChoices):
    """What happens to a ticket that another department hands over."""

    AT_ONCE = "at_once", _("It is here at once")
    ACCEPT = "accept", _("Somebody here accepts or declines it first")


class Unanswered(models.TextChoices):
    """Where a ticket goes that nobody accepted or declined in time."""

    BACK = "back", _("Back to whom it came from")
    UP = "up", _("To the department above")


class AssignmentMode(models.TextChoices):
    """Who gets a new ticket that names no performer."""

    NONE = "none", _("Nobody: whoever is free takes it")
    ROUND_ROBIN = "round_robin", _("Everybody in turn")
    LEAST_LOADED = "least_loaded", _("Whoever has least to do")


class DepartmentQuerySet(models.QuerySet["Department"]):
    """Rows of the tree."""

    def below(self, departments: list[Department]) -> DepartmentQuerySet:
        """The given departments and everything below them."""
        if not departments:
            return self.none()
        inside = models.Q()
        for department in departments:
            inside |= models.Q(path__startswith=department.path)
        return self.filter(inside)

    def active(self) -> DepartmentQuerySet:
        """Those that still take tickets."""
        return self.filter(is_active=True)

    def offered_to(self, person: Person) -> DepartmentQuerySet:
        """Those the person can choose for a ticket: hidden ones only from within."""
        if person.standing.is_director:
            return self.active()
        own = models.Q(pk__in=sorted(person.standing.departments))
        return self.active().filter(models.Q(is_hidden=False) | own)

    def in_tree_order(self) -> list[Department]:
        """Parents before children, siblings as they were put; loads all rows of the set."""
        rows = list(self)
        places = {row.pk: (row.position, row.name.casefold()) for row in rows}
        nowhere = (0, "")
        return sorted(
            rows, key=lambda row: [(*places.get(pk, nowhere), pk) for pk in row.path_numbers()]
        )


class Department(models.Model):
    """A node of the tree; `path` is `/1/4/`, the ids from the root down to itself."""

    name = models.CharField(pgettext_lazy("thing", "Name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=255, default="", editable=False, db_index=True)
    position = models.PositiveIntegerField(default=0)
    """Its place among its siblings; equal ones stand by name."""
    prefix = models.CharField(
        _("Prefix of ticket numbers"), max_length=LONGEST_PREFIX, blank=True, default=""
    )
    is_active = models.BooleanField(default=True)
    is_hidden = models.BooleanField(_("Hidden from others"), default=False)
    """Not offered to people outside of it; it goes on working."""
    hand_over_mode = models.CharField(
        _("Tickets handed over to it"),
        max_length=8,
        choices=HandOverMode,
        default=HandOverMode.AT_ONCE,
    )
    hand_over_hours = models.PositiveIntegerField(_("Hours to accept or decline"), default=24)
    hand_over_unanswered = models.CharField(
        _("When nobody answers in time"),
        max_length=4,
        choices=Unanswered,
        default=Unanswered.BACK,
    )
    assignment_mode = models.CharField(
        _("Who gets new tickets"),
        max_length=12,
        choices=AssignmentMode,
        default=AssignmentMode.NONE,
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ("path",)
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], name="department_name_once_a_parent",
                violation_error_message=_("There is already a department of this name here."),
            ),
            models.UniqueConstraint(
                fields=["name"], name="department_name_once_a_root",
                condition=models.Q(parent__isnull=True),
                violation_error_message=_("There is already a department of this name here."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep `path` true; moving a whole branch is `actions.departments.move`."""
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            type(self).objects.filter(pk=self.pk).update(path=path)
        # Pages keep the tree with the row of the site (accounts/tree.py).
        Site.forget()

    @property
    def depth(self) -> int:
        """0 for a root."""
        return self.path.count("/") - 2

    def is_offered_to(self, person: Person) -> bool:
        """Whether the person can choose it for a ticket."""
        standing = person.standing
        within = standing.is_director or self.pk in standing.departments or person.is_system
        return self.is_active and (within or not self.is_hidden)

    def path_numbers(self) -> list[int]:
        """Ids from the root down to this department."""
        return [int(part) for part in self.path.strip("/").split("/") if part]


class Membership(models.Model):
    """A person belongs to a department, as a member or as its head."""

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="memberships")
    department = models.ForeignKey(Department, models.PROTECT, related_name="memberships")
    is_head = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["person", "department"], name="membership_once_a_department"
            )
        ]
