"""What administrators set for Jabber, and where people say their address."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_PART = r"[^\s\"&'/:<>@\x00-\x1f\x7f]"
_JID = re.compile(rf"{_PART}{{1,200}}@[\w.\-\[\]]{{1,250}}")


def a_jid(text: str) -> str:
    """A bare address, in small letters as servers compare it. Raises ValidationError."""
    text = text.strip().removeprefix("xmpp:").lower()
    if not _JID.fullmatch(text):
        raise forms.ValidationError(_("An address looks like name@server."))
    return text


class JidForm(forms.Form):
    """For people."""

    jid = forms.CharField(
        label=gettext_lazy("Jabber address"), max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocapitalize": "off"}),
        help_text=gettext_lazy("Looks like an e-mail: anna@jabber.example.org."),
    )  # fmt: skip

    def clean_jid(self) -> str:
        return a_jid(str(self.cleaned_data["jid"]))


class JabberForm(forms.Form):
    """An account of the house on any XMPP server."""

    rare: ClassVar[Sequence[str]] = ("host", "port", "authority")
    """The page keeps these in a part that is closed."""

    places: ClassVar[Mapping[str, Sequence[str]]] = {
        "password": ("jid", "host", "port", "security", "authority"),
    }
    """Secret -> the fields that say where it is sent: when one of these changes it is asked for again."""

    jid = forms.CharField(
        label=gettext_lazy("Address of the account"), max_length=300,
        help_text=gettext_lazy(
            "Make an account for this system on your server: desk@jabber.example.org."
        ),
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("Password"), required=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    security = forms.ChoiceField(
        label=gettext_lazy("Encryption"), required=False, initial="starttls",
        choices=[
            ("starttls", gettext_lazy("STARTTLS, as most servers want it")),
            ("tls", gettext_lazy("TLS from the beginning")),
            ("none", gettext_lazy("None: only for a server on this machine")),
        ],
    )  # fmt: skip
    host = forms.CharField(
        label=gettext_lazy("Host"), required=False, max_length=250,
        help_text=gettext_lazy("Only where it is not what stands in the address after the @."),
    )  # fmt: skip
    port = forms.IntegerField(
        label=gettext_lazy("Port"), required=False, min_value=1, max_value=65535,
        help_text=gettext_lazy("Empty: 5222, or 5223 for TLS from the beginning."),
    )  # fmt: skip
    authority = forms.CharField(
        label=gettext_lazy("Certificate of the server"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Only where the server made its own: the text that begins with BEGIN CERTIFICATE."
        ),
    )  # fmt: skip

    def clean_jid(self) -> str:
        return a_jid(str(self.cleaned_data["jid"]))

    def clean_authority(self) -> str:
        """Something that can be trusted."""
        text = str(self.cleaned_data["authority"]).strip()
        if text:
            try:
                ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
            except (ssl.SSLError, ValueError, UnicodeError):
                raise forms.ValidationError(
                    _("This is not a certificate in the form of PEM.")
                ) from None
        return text

    def clean(self) -> dict[str, Any]:
        """The password crosses no wire in the clear."""
        values = self.cleaned_data
        local = {"localhost", "127.0.0.1", "::1"}
        if values.get("security") == "none" and values.get("host") not in local:
            self.add_error("security", _("Without encryption the host has to be this machine."))
        return values
