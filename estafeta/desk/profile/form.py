"""What a person changes about himself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from estafeta.accounts.actions.people import OWN
from estafeta.accounts.models import Person


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """Only reads and checks; `accounts.actions.people` saves."""

    language = forms.ChoiceField(
        label=_("Language"), required=False,
        choices=[("", _("As the organisation")), *settings.LANGUAGES],
    )  # fmt: skip
    time_zone = forms.CharField(
        label=_("Time zone"), required=False, max_length=60,
        help_text=_("Type a city. Empty: the zone of the organisation."),
    )  # fmt: skip

    class Meta:
        model = Person
        fields = ("name", *OWN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_administrator:
            del self.fields["name"]
