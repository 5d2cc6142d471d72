"""What verbs about files ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.desk.files.drafts import numbers
from estafeta.desk.tickets.fields import FilesField, Words
from estafeta.desk.tickets.verb_form import VerbForm
from estafeta.lib.ids import LARGEST


class Attach(VerbForm):
    """attach: files for everybody on the ticket."""

    submit = gettext_lazy("Attach")

    files = FilesField(  # type: ignore[assignment]
        gettext_lazy("Files"), must=True,
        help_text=gettext_lazy(
            "Everybody who sees the ticket sees them. Files for staff only go with a note."
        ),
    )  # fmt: skip
    reason = Words(gettext_lazy("What they are (if you want to say)"))


class RemoveFile(VerbForm):
    """remove_file: one of one's own."""

    kind = "danger-primary"
    submit = gettext_lazy("Remove the file")

    file = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)

    def prepare(self) -> None:
        field: Any = self.fields["file"]
        field.kind = "hidden"
        meant = numbers([self.data.get("file") or self.initial.get("file")])
        row = self.ticket.attachments.readable_by(self.by).filter(pk__in=meant).first()
        if row is not None:
            words = _("Nobody can open %(name)s any more. Its name stays in the journal.")
            self.consequence = words % {"name": row.name}
