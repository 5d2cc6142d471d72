"""What changing and deleting one's own comment ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from estafeta.desk.tickets.fields import Words
from estafeta.desk.tickets.sending import a_number
from estafeta.desk.tickets.verb_form import VerbForm
from estafeta.lib.ids import LARGEST
from estafeta.tickets.actions.comments import own_and_fresh
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Comment


class OfComment(VerbForm):
    """`comment` is asked for in the address."""

    comment = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)

    def prepare(self) -> None:
        field: Any = self.fields["comment"]
        field.kind = "hidden"
        if not self.is_bound:
            try:
                number = a_number(str(self.initial.get("comment", ""))) or 0
                self.fill(own_and_fresh(self.ticket, self.by, number))
            except Invalid as refused:
                self.refusal = str(refused)

    def fill(self, comment: Comment) -> None:
        """What depends on the comment."""


class EditComment(OfComment):
    """edit_comment."""

    submit = gettext_lazy("Save")
    consequence = gettext_lazy(
        "Everybody sees that it was changed. Messages that were sent already stay as they are."
    )

    text = Words(gettext_lazy("Text"), kind="markdown", rows=6, must=True)

    def fill(self, comment: Comment) -> None:
        self.initial["text"] = comment.text


class DeleteComment(OfComment):
    """delete_comment."""

    kind = "danger-primary"
    submit = gettext_lazy("Delete the comment")
    consequence: Any = gettext_lazy(
        "Its text and its files go out of the conversation, and everybody sees that something was "
        "deleted here. Staff can still read in the journal what it was."
    )
