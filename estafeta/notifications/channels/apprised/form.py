"""Fields for the services that most people use, and one for all the others."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ServiceForm(forms.Form):
    """What is needed depends on the service; `addressing` makes one address of it."""

    service = forms.ChoiceField(
        label=_("Service"),
        choices=[
            ("slack", "Slack"),
            ("mattermost", "Mattermost"),
            ("teams", "Microsoft Teams"),
            ("discord", "Discord"),
            ("gchat", "Google Chat"),
            ("matrix", "Matrix"),
            ("ntfy", "ntfy"),
            ("gotify", "Gotify"),
            ("other", _("Another one, by its Apprise address")),
        ],
    )
    address = forms.CharField(
        label=_("Address"), max_length=2000,
        help_text=_(
            "Slack, Mattermost, Teams, Discord, Google Chat: the address of an incoming webhook, "
            "which the room’s settings show. Matrix, ntfy, Gotify: the address of the server, "
            "like https://ntfy.sh. Another one: scheme://… as the Apprise documentation says."
        ),
    )  # fmt: skip
    room = forms.CharField(
        label=pgettext_lazy("of a chat", "Room or topic"), required=False, max_length=200,
        help_text=_("Matrix: #room:server. ntfy: the topic. Others need none."),
    )  # fmt: skip
    secret = forms.CharField(
        label=_("Token"), required=False, max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Matrix and Gotify: an access token. ntfy: only if the topic is protected."),
    )  # fmt: skip
