"""The tree of departments and who belongs to it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.accounts.models.site import Site


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

    def in_tree_order(self) -> list[Department]:
        """Parents before children, siblings by name; loads all rows of the set."""
        rows = list(self)
        names = {row.pk: row.name.casefold() for row in rows}
        return sorted(rows, key=lambda row: [(names.get(pk, ""), pk) for pk in row.path_numbers()])


class Department(models.Model):
    """A node of the tree; `path` is `/1/4/`, the ids from the root down to itself."""

    name = models.CharField(pgettext_lazy("thing", "Name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=255, default="", editable=False, db_index=True)
    is_active = models.BooleanField(default=True)
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
