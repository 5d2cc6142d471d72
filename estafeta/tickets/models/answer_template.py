"""Answers that are written once and given often."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.accounts.models import Person


class AnswerTemplateQuerySet(models.QuerySet["AnswerTemplate"]):
    """Chooses templates."""

    def offered_to(self, person: Person) -> AnswerTemplateQuerySet:
        """His own, those of his departments, those for everybody; staff only."""
        if not person.is_agent:
            return self.none()
        departments = sorted(person.standing.departments)
        everybodys = Q(owner=None, department=None)
        return self.filter(Q(owner=person) | Q(department__in=departments) | everybodys)

    def known_to(self, person: Person) -> AnswerTemplateQuerySet:
        """The same, and for administrators all that others share."""
        if not person.is_administrator:
            return self.offered_to(person)
        return self.filter(Q(owner=person) | Q(owner=None))


class AnswerTemplate(models.Model):
    """A text with places to fill in; of one person, of a department, or for all staff."""

    title = models.CharField(pgettext_lazy("thing", "Name"), max_length=120)
    text = models.TextField(_("Text"))
    owner = models.ForeignKey(
        "accounts.Person", models.CASCADE, null=True, blank=True, related_name="answer_templates"
    )
    department = models.ForeignKey(
        "accounts.Department", models.CASCADE, null=True, blank=True,
        related_name="answer_templates", verbose_name=_("Department"),
    )  # fmt: skip
    changed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = AnswerTemplateQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")
        indexes = [
            models.Index(fields=["owner"], name="template_by_owner"),
            models.Index(fields=["department"], name="template_by_department"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(department__isnull=True),
                name="template_of_one_kind",
            )
        ]

    def __str__(self) -> str:
        return self.title
