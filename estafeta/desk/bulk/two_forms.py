"""What verbs about two tickets ask when many are merged into one, linked to one, made parts of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from estafeta.accounts.models import Person
from estafeta.desk.tickets.fields import NOT_THERE, Choice, Words
from estafeta.desk.tickets.relation_fields import TicketField
from estafeta.desk.tickets.sending import a_number
from estafeta.desk.tickets.verb_form import VerbForm
from estafeta.tickets.models import LinkWord, Ticket
from estafeta.tickets.statuses import OPEN_STATUSES

MOST_ADOPTED = 100
MOST_OFFERED = 6


class OneForMany(VerbForm):
    """About one ticket besides: one of those chosen, which are offered, or any other."""

    goes_on = True
    """Whether the one besides has to be open."""

    def prepare(self) -> None:
        field: Any = self.fields["other"]
        field.reader = self.by

    def offer(self, numbers: list[int]) -> None:
        """The chosen ones as chips, the oldest first: a story usually goes on where it began."""
        field: Any = self.fields["other"]
        rows = Ticket.objects.visible_to(self.by).filter(pk__in=numbers).order_by("pk")
        if self.goes_on:
            rows = rows.filter(status__in=OPEN_STATUSES)
        field.suggested = [
            {"value": row.pk, "label": row.label, "why": row.title}
            for row in rows.only("number", "title", "department_id")[:MOST_OFFERED]
        ]


class MergeMany(OneForMany):
    """merge: many into one."""

    kind = "danger-primary"
    submit = gettext_lazy("Merge them all")
    consequence = gettext_lazy(
        "Work goes on in one ticket. The others are closed and lead there; all stories are kept and "
        "shown there. Their staff follows it. For a day you can undo it."
    )

    other = TicketField(gettext_lazy("Into which ticket"), goes_on=True)
    reason = Words(gettext_lazy("Why (if you want to say)"), rows=2)


class LinkMany(OneForMany):
    """link: many to one."""

    goes_on = False
    submit = gettext_lazy("Link them all")

    word: Any = Choice(
        gettext_lazy("Each of these tickets"), LinkWord.choices, initial=LinkWord.RELATES
    )
    other = TicketField(
        gettext_lazy("The other ticket"),
        help_text=gettext_lazy("Whoever sees both is shown the link on both."),
    )

    def arguments(self) -> dict[str, Any]:
        return {"other": self.cleaned_data["other"], "kind": self.cleaned_data["word"]}


class PartsOfOne(OneForMany):
    """make_subtask: many parts of one."""

    submit = gettext_lazy("Make them parts")
    consequence = gettext_lazy(
        "The other ticket shows them among its sub-tickets, and asks before it is completed while "
        "one of them is open."
    )

    other = TicketField(gettext_lazy("Parts of which ticket"), goes_on=True)


class TicketsField(TicketField):
    """Several tickets that the reader sees."""

    widget: Any = forms.MultipleHiddenInput
    multiple = True

    def clean(self, value: Any) -> Any:
        """Those of them that he sees. At least one."""
        found = list(self._seen().filter(pk__in=_numbers(value)))
        if not found:
            raise forms.ValidationError(NOT_THERE)
        return found

    def chosen(self, value: Any) -> list[tuple[int, str]]:
        """The chips."""
        rows = self._seen().filter(pk__in=_numbers(value)).order_by("pk")
        return [(row.pk, f"{row.label} {row.title}") for row in rows]


class Adopt(forms.Form):
    """From the page of the whole: which tickets become parts of it."""

    parts = TicketsField(
        gettext_lazy("Which tickets"),
        goes_on=True,
        help_text=gettext_lazy("Those that you work on, or wrote yourself."),
    )

    def __init__(self, *args: Any, whole: Ticket, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parts"]
        field.reader, field.but = reader, whole.pk


def _numbers(value: Any) -> list[int]:
    texts = value if isinstance(value, list | tuple) else []
    return [number for text in texts[:MOST_ADOPTED] if (number := a_number(str(text)))]
