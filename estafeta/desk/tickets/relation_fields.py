"""Fields that look up a ticket or tags; chips like those of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from estafeta.accounts.models import Person
from estafeta.desk.tickets.fields import MOST_LISTED, NOT_THERE
from estafeta.desk.tickets.sending import a_number
from estafeta.lib.text import one_line
from estafeta.tickets.models import Tag, Ticket
from estafeta.tickets.statuses import OPEN_STATUSES

MOST_TICKETS = 100


class TicketField(forms.Field):
    """One ticket that the reader sees; he is set by the form."""

    kind = "people"
    widget: Any = forms.HiddenInput
    multiple = False
    placeholder = _("Number or words of the title")
    suggested: Any = ()
    suggested_source = ""
    reader: Person
    but: int = 0

    def __init__(self, label: Any, *, goes_on: bool = False, **more: Any) -> None:
        """With `goes_on` the open ones are offered: with a finished one it cannot be done."""
        self.goes_on = goes_on
        self.source = reverse_lazy("suggest_tickets", query={"open": 1} if goes_on else None)
        super().__init__(label=label, required=False, **more)

    def clean(self, value: Any) -> Ticket:
        """The ticket with this number."""
        number = a_number(str(value or ""))
        found = self._seen().filter(pk=number).first() if number else None
        if found is None:
            raise forms.ValidationError(NOT_THERE)
        return found

    def chosen(self, value: Any) -> list[tuple[int, str]]:
        """The chip."""
        number = a_number(str(value or ""))
        rows = self._seen().filter(pk=number) if number else []
        return [(row.pk, f"{row.label} {row.title}") for row in rows]

    def everything(self) -> list[tuple[int, str]]:
        """The newest, for a page without JavaScript."""
        rows = self._seen().order_by("-number").only("number", "title", "department_id")
        if self.goes_on:
            rows = rows.filter(status__in=OPEN_STATUSES)
        return [(row.pk, f"{row.written} {row.title}") for row in rows[:MOST_TICKETS]]

    def _seen(self) -> Any:
        return Ticket.objects.visible_to(self.reader).exclude(pk=self.but)


class _TagsInput(forms.MultipleHiddenInput):
    """Tags that were chosen, and those that were typed anew."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [*data.getlist(name), *data.getlist(f"{name}_new")]


class TagsField(forms.Field):
    """Some tags by their names; the verb judges them."""

    kind = "people"
    widget: Any = _TagsInput
    multiple = True
    create = _("New tag")
    placeholder = _("Start typing a tag")
    suggested: Any = ()
    suggested_source = ""

    def __init__(self, label: Any, **more: Any) -> None:
        self.source = reverse_lazy("suggest_tags")
        super().__init__(label=label, required=False, **more)

    def clean(self, value: Any) -> list[str]:
        """As they were written; what is too long to be a tag is cut a little above its limit."""
        return [one_line(str(text)[:1000]) for text in value or []]

    def chosen(self, value: Any) -> list[tuple[str, str]]:
        """The chips."""
        texts = value if isinstance(value, (list, tuple)) else []
        return [
            (name, name) for name in dict.fromkeys(one_line(str(t)[:100]) for t in texts) if name
        ]

    def everything(self) -> list[tuple[str, str]]:
        """The first of them, for a page without JavaScript."""
        return [(name, name) for name in Tag.objects.values_list("name", flat=True)[:MOST_LISTED]]
