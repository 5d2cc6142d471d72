"""What a verb asks when it is done to many tickets: what it asks for one, or the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from estafeta.accounts.models import Person
from estafeta.desk.bulk.two_forms import LinkMany, MergeMany, OneForMany, PartsOfOne
from estafeta.desk.tickets.fields import Words
from estafeta.desk.tickets.forms import FORMS
from estafeta.desk.tickets.verb_form import VerbForm
from estafeta.tickets.models import Ticket
from estafeta.tickets.verbs import Verb


class Reply(VerbForm):
    """reply: the same words on each ticket."""

    submit = gettext_lazy("Send to all")
    consequence = gettext_lazy("The requester of each ticket reads it.")

    text = Words(gettext_lazy("Text"), kind="markdown", rows=6, must=True)


class Note(VerbForm):
    """note: the same words on each ticket, for staff."""

    submit = gettext_lazy("Write on all")
    consequence = gettext_lazy("Only staff reads it.")

    text = Words(gettext_lazy("Text"), kind="markdown", rows=6, must=True)


class Tag(VerbForm):
    """tag: what is hung on each ticket and taken off it; other tags stay."""

    submit = gettext_lazy("Change the tags")

    add = Words(
        gettext_lazy("Add"), kind="line",
        help_text=gettext_lazy("Several tags are separated by commas."),
    )  # fmt: skip
    remove = Words(gettext_lazy("Take off"), kind="line")

    def arguments(self) -> dict[str, Any]:
        return {name: _names(self.cleaned_data[name]) for name in ("add", "remove")}


def _names(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


BULK_FORMS: dict[Verb, type[VerbForm]] = {
    **FORMS, Verb.REPLY: Reply, Verb.NOTE: Note, Verb.TAG: Tag,
    Verb.MERGE: MergeMany, Verb.LINK: LinkMany, Verb.MAKE_SUBTASK: PartsOfOne,
}  # fmt: skip


def form_for(
    verb: Verb, ticket: Ticket, by: Person, data: Any = None, *, chosen: Sequence[int] = ()
) -> VerbForm:
    """Asked about one of the tickets; what is true of that one alone is not said or filled in.

    A file belongs to one ticket: those that ask for one are completed by themselves.
    """
    kind = BULK_FORMS[verb]
    form = kind(data, ticket=ticket, by=by)
    form.fields.pop("files", None)
    form.submit, form.consequence = kind.submit, kind.consequence
    if isinstance(form, OneForMany):
        form.offer(list(chosen))
    if data is None:
        form.initial = {}
    return form
