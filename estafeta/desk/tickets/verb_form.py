"""What the forms of verbs share, and those that ask next to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.widgets import HiddenInput
from django.utils.translation import gettext_lazy

from estafeta.accounts.models import Person
from estafeta.desk.tickets.fields import FilesField, Words
from estafeta.tickets.models import Ticket
from estafeta.tickets.relations import subtasks


class VerbForm(forms.Form):
    """The form of a verb; `submit` is its button where that is not the verb, `kind` its look."""

    submit: Any = ""
    kind = "primary"
    consequence: Any = ""
    refusal: str = ""
    """Why this cannot be asked at all, as far as the form knows."""

    def __init__(self, *args: Any, ticket: Ticket, by: Person, **kwargs: Any) -> None:
        self.ticket, self.by = ticket, by
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, FilesField):
                field.owner = by
        self.prepare()

    @classmethod
    def asking(cls, address: Mapping[str, str], *, ticket: Ticket, by: Person) -> VerbForm:
        """An empty one; what it hides, like which comment is meant, stands in the address.

        So does to whom a card was drawn on a board.
        """
        hidden = (name for name, one in cls.base_fields.items() if type(one.widget) is HiddenInput)
        given = {name: address[name] for name in hidden if name in address}
        form = cls(initial=given, ticket=ticket, by=by)
        if "people" in form.fields and address.get("people"):
            form.initial["people"] = [address["people"]]
        return form

    def prepare(self) -> None:
        """What depends on the ticket."""

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return dict(self.cleaned_data)


DESPITE_SUBTASKS = gettext_lazy("Its open sub-tickets may stay open")


def ask_about_subtasks(form: VerbForm) -> None:
    """Before the end of a ticket whose parts are open; else there is nothing to ask."""
    field = form.fields["despite_subtasks"]
    if count := subtasks.open_parts(form.ticket):
        field.help_text = subtasks.still_open(count)
    else:
        del form.fields["despite_subtasks"]


class Nothing(VerbForm):
    """take, resume, acknowledge, archive, unarchive: nothing is asked."""


class ReasonAllowed(VerbForm):
    """release: one may say why."""

    reason = Words(gettext_lazy("Why (if you want to say)"))


class ReasonNeeded(VerbForm):
    """reopen: nothing without a reason."""

    reason = Words(gettext_lazy("Why"), must=True)
