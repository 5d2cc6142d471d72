"""The form of one person, as administrators fill it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from estafeta.accounts.actions.people import CARD
from estafeta.accounts.actions.rights import RIGHTS
from estafeta.accounts.models import Department, Organisation, Person
from estafeta.desk.people.forms import departments_of, offered_positions


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Card, login and rights. The departments come beside it, as chips."""

    class Meta:
        model = Person
        fields = (*CARD, "login", *RIGHTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(is_active=True)
        if self.instance.organisation_id:
            organisation.queryset |= Organisation.objects.filter(pk=self.instance.organisation_id)
        organisation.empty_label = _("None: belongs to this organisation")
        self.fields["login"].help_text = _("Whoever has none cannot sign in.")

    def positions(self) -> list[str]:
        """What is offered for the position."""
        return offered_positions()

    def clean(self) -> dict[str, Any]:
        """What must be unique is looked at by the action, which also knows whose letters differ."""
        return self.cleaned_data


Places = dict[Department, bool]


def places_sent(data: QueryDict) -> Places:
    """Department -> whether as its head; a head is not a member besides."""
    places = dict.fromkeys(departments_of(data, "member_of"), False)
    places.update(dict.fromkeys(departments_of(data, "head_of"), True))
    return places


def places_of(person: Person) -> Places:
    """The same, as it is now."""
    rows = person.memberships.select_related("department").order_by("department__path")
    return {row.department: row.is_head for row in rows}
