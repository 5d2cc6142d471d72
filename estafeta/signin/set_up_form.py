"""What the first-run page asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.accounts.actions.passwords import LONGEST
from estafeta.accounts.actions.site import an_address
from estafeta.accounts.errors import Invalid
from estafeta.lib import time_zones
from estafeta.lib.text import one_line

MOST_DEPARTMENTS = 100


class SetUpForm(forms.Form):
    """The installation, its administrator, and the first departments."""

    organisation_name = forms.CharField(label=gettext_lazy("Organisation name"), max_length=200)
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"), max_length=60,
        help_text=gettext_lazy("Type a city. Everybody may choose another one in the profile."),
    )  # fmt: skip
    public_url = forms.CharField(
        label=gettext_lazy("Address people open"), max_length=200, required=False,
        help_text=gettext_lazy("Links in mails begin with it."),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200)
    login = forms.CharField(label=gettext_lazy("Login"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    password = forms.CharField(label=gettext_lazy("Password"), max_length=LONGEST, strip=False)
    again = forms.CharField(
        label=gettext_lazy("The same once more"), max_length=LONGEST, strip=False
    )
    departments = forms.CharField(
        label=gettext_lazy("First departments"), required=False, max_length=20_000,
        help_text=gettext_lazy("One a line; more can be added at any time."),
        widget=forms.Textarea,
    )  # fmt: skip
    is_head = forms.BooleanField(
        label=gettext_lazy("I head the first of them"), required=False,
        help_text=gettext_lazy("Without a department you administer, but see no tickets."),
    )  # fmt: skip

    def clean_time_zone(self) -> str:
        """A zone's name, or the label that the list shows for it."""
        typed: str = self.cleaned_data["time_zone"]
        if time_zones.is_known(typed):
            return typed
        for code, _name in settings.LANGUAGES:
            for name, label in time_zones.choices(code):
                if typed == label:
                    return name
        raise forms.ValidationError(_("There is no such time zone."))

    def clean_public_url(self) -> str:
        """An address without a path."""
        try:
            return an_address(self.cleaned_data["public_url"])
        except Invalid as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def clean_again(self) -> str:
        """Both must be the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two are not the same."))
        return again

    def clean_departments(self) -> list[str]:
        """Names, each once."""
        lines = [one_line(line) for line in self.cleaned_data["departments"].splitlines()]
        names = list(dict.fromkeys(filter(None, lines)))
        if len(names) > MOST_DEPARTMENTS:
            raise forms.ValidationError(_("At most %(most)s at once.") % {"most": MOST_DEPARTMENTS})
        return names

    def clean(self) -> dict[str, Any]:
        """A head needs a department."""
        cleaned = super().clean() or {}
        if cleaned.get("is_head") and cleaned.get("departments") == []:
            self.add_error("departments", _("Name the department you head."))
        return cleaned
