"""What a person keeps of lists: views by name, and what he looked for last."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY = 4000


class SavedView(models.Model):
    """A list with its filters and order under a name; perhaps shared with departments."""

    owner = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    name = models.CharField(_("Name of the view"), max_length=80)
    list = models.CharField(max_length=30)
    """Name of the list that is narrowed, as `listing.named` knows it."""
    query = models.CharField(max_length=LONGEST_QUERY, blank=True, default="")
    """Filters and order, written as in an address."""
    shared_with = models.ManyToManyField(
        "accounts.Department", blank=True, related_name="+", verbose_name=_("Shared with")
    )
    in_menu = models.BooleanField(_("Show in the menu"), default=True)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="saved_view_name_once",
                violation_error_message=_("You have a view of this name already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class RecentSearch(models.Model):
    """What a person looked for; only the newest are kept, and he can clear them."""

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    text = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        constraints = [
            models.UniqueConstraint(fields=["person", "text"], name="recent_search_once")
        ]
