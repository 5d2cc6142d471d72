"""The form of one department: its name, its place, and how work comes to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from estafeta.accounts.actions.departments import POLICIES
from estafeta.accounts.models import Department
from estafeta.desk.people.forms import INDENT


class DepartmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A name, a place in the tree, the policies."""

    parent = forms.ModelChoiceField(Department.objects.all(), label=_("Inside"), required=False)

    class Meta:
        model = Department
        fields = ("parent", *POLICIES)
        help_texts = {
            "prefix": _("Numbers of its tickets read like IT-2417. Departments inside it without "
                        "one of their own share it."),
            "is_hidden": _("Others cannot choose it for a ticket; those who belong to it can."),
            "hand_over_hours": _("Counted by the clock, nights and weekends too."),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The action checks the whole."""
        return self.cleaned_data

    def _post_clean(self) -> None:
        """The action fills and checks the row, so that what is refused is never on it."""


class ShortDepartmentForm(forms.Form):
    """A new one: how it works is said later, on its own page."""

    name = DepartmentForm.base_fields["name"]
    parent = DepartmentForm.base_fields["parent"]


def parents_for(department: Department | None) -> list[tuple[int | str, str]]:
    """Where the department can stand."""
    below = Department.objects.below([department]) if department else Department.objects.none()
    possible = Department.objects.exclude(pk__in=below).in_tree_order()
    return [
        ("", str(_("Nothing: at the top"))),
        *((row.pk, INDENT * row.depth + row.name) for row in possible),
    ]
