"""What an administrator says of a webhook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.accounts.models import Department
from estafeta.desk.people.forms import departments_of
from estafeta.notifications.kinds import OF_TALKS, Kind
from estafeta.notifications.models import Webhook
from estafeta.notifications.webhooks.changing import Wanted

NEVER = (Kind.MENTIONED, Kind.ANNOUNCED, *OF_TALKS)
"""Kinds that only a person has: talks are private."""
OF_NOBODY = {
    Kind.OFFERED: pgettext_lazy("kind of event", "New tickets, and who gets them"),
    Kind.NOTED: pgettext_lazy("kind of event", "Notes of staff"),
}
"""Where the usual words speak to somebody."""
KINDS = [(one.value, OF_NOBODY.get(one, one.label)) for one in Kind if one not in NEVER]
"""What an address of nobody in particular can hear of."""


class WebhookForm(forms.Form):
    """Only reads; `notifications.webhooks.changing` judges."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"), max_length=80,
        help_text=_("What listens there, so that you know later."),
    )  # fmt: skip
    url = forms.CharField(
        label=_("Address"), required=False, max_length=2000,
        help_text=_("Begins with https://. It is kept sealed: only its host is shown later."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("What it hears of"), required=False,
        choices=KINDS,
        help_text=_("Nothing chosen: everything."),
    )  # fmt: skip
    with_notes = forms.BooleanField(
        label=_("It hears of staff notes and of what only staff may read"), required=False
    )

    def __init__(self, webhook: Webhook | None, data: QueryDict | None) -> None:
        initial: dict[str, Any] = {}
        if webhook is not None:
            initial = {
                "name": webhook.name, "kinds": webhook.kinds, "with_notes": webhook.with_notes,
            }  # fmt: skip
        super().__init__(data, initial=initial)
        if webhook is not None:
            self.fields["url"].help_text = _("Left empty it stays as it is.")
        self.departments: list[Department] = (
            departments_of(data, "departments") if data is not None
            else list(webhook.departments.in_tree_order()) if webhook is not None else []
        )  # fmt: skip

    @property
    def wanted(self) -> Wanted:
        """For the actions."""
        return Wanted(**self.cleaned_data, departments=self.departments)
