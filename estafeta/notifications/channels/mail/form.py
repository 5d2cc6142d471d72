"""What administrators set for mail."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from estafeta.notifications.channels.mail.addresses import is_address, is_host, sender_of

SECURITY = (
    ("starttls", gettext_lazy("STARTTLS: encrypted after the greeting, mostly port 587")),
    ("tls", gettext_lazy("TLS: encrypted from the first byte, mostly port 465")),
    ("none", gettext_lazy("None: only for a server on the same machine or network")),
)


class MailForm(forms.Form):
    """The server, the sender, and what is only needed in some houses."""

    rare: ClassVar[Sequence[str]] = ("reply_to", "verifies", "authority", "name")
    """The page keeps these in a part that is closed."""

    places: ClassVar[Mapping[str, Sequence[str]]] = {
        "password": ("host", "port", "security", "verifies", "authority"),
    }
    """Secret -> the fields that say where it is sent: when one of these changes it is asked for again."""

    host = forms.CharField(
        label=gettext_lazy("Mail server"), max_length=253, required=False,
        help_text=gettext_lazy("Like smtp.example.org. Empty: no mail is sent."),
    )  # fmt: skip
    port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535, initial=587)
    security = forms.ChoiceField(
        label=gettext_lazy("How the line is protected"), choices=SECURITY, initial="starttls"
    )
    user = forms.CharField(
        label=gettext_lazy("Name for signing in"), max_length=200, required=False,
        help_text=gettext_lazy("Empty: the server wants none."),
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=500, required=False, strip=False,
        widget=forms.PasswordInput,
        help_text=gettext_lazy("Never shown again. Empty: the one that is set stays."),
    )  # fmt: skip
    sender = forms.CharField(
        label=gettext_lazy("Sender"), max_length=350, required=False,
        help_text=gettext_lazy(
            "A name and an address, like Helpdesk <desk@example.org>. The server must be allowed "
            "to send for its domain (SPF, DKIM), else letters end as spam."
        ),
    )  # fmt: skip
    reply_to = forms.CharField(
        label=gettext_lazy("Address for answers"), max_length=254, required=False,
        help_text=gettext_lazy(
            "A mailbox that takes desk+anything@example.org. Answers to letters then bear the "
            "ticket in their address. Empty: answers go to the sender."
        ),
    )  # fmt: skip
    verifies = forms.BooleanField(
        label=gettext_lazy("Check the certificate of the server"), required=False, initial=True,
        help_text=gettext_lazy("Without it, somebody in between can read and change every mail."),
    )  # fmt: skip
    authority = forms.CharField(
        label=gettext_lazy("Certificate of your own authority"), required=False, max_length=50_000,
        widget=forms.Textarea(attrs={"spellcheck": "false"}),
        help_text=gettext_lazy("PEM text, if your organisation signs its certificates itself."),
    )  # fmt: skip
    name = forms.CharField(
        label=pgettext_lazy("greeting of a mail server", "Name in the greeting"), max_length=253, required=False,
        help_text=gettext_lazy("What this server calls itself. Empty: the name of the machine."),
    )  # fmt: skip

    def clean_host(self) -> str:
        """A name or a number of the network."""
        return self._host("host")

    def clean_name(self) -> str:
        """The same."""
        return self._host("name")

    def clean_sender(self) -> str:
        """Something that letters can come from."""
        text: str = self.cleaned_data["sender"]
        if text and sender_of(text) is None:
            raise forms.ValidationError(
                _("Write it like this: Helpdesk <desk@example.org>, or only the address.")
            )
        return text

    def clean_reply_to(self) -> str:
        """A mailbox; what stands after the plus is ours."""
        text: str = self.cleaned_data["reply_to"]
        if text and (not is_address(text) or "+" in text or not text.isascii()):
            raise forms.ValidationError(
                _("Write an address without a plus, like desk@example.org.")
            )
        if len(text.partition("@")[0]) > LONGEST_MAILBOX:
            raise forms.ValidationError(
                _("At most %(count)s letters before the @: the ticket must fit behind them.")
                % {"count": LONGEST_MAILBOX}
            )
        return text

    def clean_authority(self) -> str:
        """Certificates that can be read."""
        text: str = self.cleaned_data["authority"]
        if text:
            try:
                ssl.create_default_context().load_verify_locations(cadata=text)
            except (ssl.SSLError, ValueError):
                raise forms.ValidationError(
                    _("This is no certificate: it begins with -----BEGIN CERTIFICATE-----.")
                ) from None
        return text

    def clean(self) -> dict[str, Any]:
        """A password crosses the network only over a protected line."""
        values = self.cleaned_data
        if values.get("security") == "none" and values.get("user") and not _is_local(values):
            self.add_error(
                "security", _("With a name and a password the line has to be protected.")
            )
        return values

    def _host(self, field: str) -> str:
        text: str = self.cleaned_data[field]
        if text and not is_host(text) and not _is_number(text):
            raise forms.ValidationError(_("This is no name of a server."))
        return text


class MailAddressForm(forms.Form):
    """A mailbox that several people read."""

    address = forms.CharField(
        label=gettext_lazy("Mail address"), max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def clean_address(self) -> str:
        """Something a server could know."""
        text: str = self.cleaned_data["address"]
        if not is_address(text):
            raise forms.ValidationError(_("This is no mail address."))
        return text


LONGEST_MAILBOX = 20
"""64 are allowed before the @, and the token takes the others."""


def _is_number(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_local(values: dict[str, Any]) -> bool:
    return values.get("host") in ("localhost", "127.0.0.1", "::1")
