"""What administrators and people set for Pushbullet."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.lib import outside

API = "https://api.pushbullet.com"


class PushbulletForm(forms.Form):
    """Only whoever has a stand-in changes it."""

    api = forms.URLField(
        label=gettext_lazy("Address of the API"), required=False, initial=API,
        assume_scheme="https", help_text=gettext_lazy("Leave it as it is."),
    )  # fmt: skip

    def clean_api(self) -> str:
        """People's tokens are sent there: only whoever runs the server may name another place."""
        address = str(self.cleaned_data["api"] or API).rstrip("/")
        if address == API:
            return API
        try:
            place = outside.check(address, settings.INSIDE_ADDRESSES)
            is_named = outside.addresses.is_allowed(place.host, None, settings.INSIDE_ADDRESSES)
        except outside.Refused:
            is_named = False
        if not is_named:
            raise forms.ValidationError(
                _(
                    "People’s tokens are sent there, so its host has to be in ESTAFETA_INSIDE_ADDRESSES."
                )
            )
        return address


class TokenForm(forms.Form):
    """Made by the person himself."""

    token = forms.CharField(
        label=gettext_lazy("Access token"), min_length=20, max_length=100,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
