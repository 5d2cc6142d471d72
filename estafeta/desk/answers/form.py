"""What an answer template is made of; the domain judges it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from estafeta.accounts.models import Department, Person
from estafeta.tickets.conversation.answer_templates import EVERYBODYS, OWN, Place, places_of
from estafeta.tickets.models import AnswerTemplate


class TemplateForm(forms.Form):
    """`place` is offered only as far as the person may keep templates there."""

    title = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120, required=False)
    place = forms.ChoiceField(label=gettext_lazy("For whom"))
    text = forms.CharField(label=gettext_lazy("Text"), required=False, widget=forms.Textarea)

    def __init__(
        self, data: QueryDict | None, *, by: Person, template: AnswerTemplate | None = None
    ) -> None:
        initial = {}
        if template is not None:
            initial = {"title": template.title, "text": template.text,
                       "place": value_of(Place.of(template))}  # fmt: skip
        super().__init__(data, initial=initial)
        self.places = {value_of(place): place for place in places_of(by)}
        field: Any = self.fields["place"]
        field.choices = [(value, label_of(place)) for value, place in self.places.items()]

    def arguments(self) -> dict[str, Any]:
        """For the domain."""
        given = self.cleaned_data
        return {
            "title": given["title"],
            "text": given["text"],
            "place": self.places[given["place"]],
        }


def value_of(place: Place) -> str:
    """In a form: own, all, or the id of a department."""
    if place == OWN:
        return "own"
    return "all" if place == EVERYBODYS else str(_department(place).pk)


def label_of(place: Place) -> str:
    """In words."""
    if place == OWN:
        return _("For me alone")
    return _("For all staff") if place == EVERYBODYS else _department(place).name


def _department(place: Place) -> Department:
    assert place.department is not None
    return place.department
