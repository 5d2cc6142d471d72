"""What administrators and people set for Pushbullet."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

API = "https://api.pushbullet.com"


class PushbulletForm(forms.Form):
    """Only whoever has a stand-in changes it."""

    api = forms.URLField(
        label=gettext_lazy("Address of the API"), required=False, initial=API,
        assume_scheme="https", help_text=gettext_lazy("Leave it as it is."),
    )  # fmt: skip


class TokenForm(forms.Form):
    """Made by the person himself."""

    token = forms.CharField(
        label=gettext_lazy("Access token"), min_length=20, max_length=100,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
