"""What administrators set for SMS, and where people say their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.notifications.channels.sms import phones
from estafeta.notifications.channels.sms.checking import (
    a_body,
    a_pattern,
    an_address,
    headers,
    template_address,
)

_KEPT = {"autocomplete": "off"}
_PLACES = gettext_lazy(
    "{phone} is the number with its +, {digits} the same without it, {text} the message, {id} its "
    "number, {secret} the secret below."
)


class PhoneForm(forms.Form):
    """For people."""

    phone = forms.CharField(
        label=gettext_lazy("Mobile number"), max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        help_text=gettext_lazy("With the code of the country: +7 912 345-67-89."),
    )  # fmt: skip


class SmsForm(forms.Form):
    """Three ways out; only the chosen one has to be filled in."""

    sections: ClassVar[dict[str, Any]] = {
        "gateway": gettext_lazy("A gateway called over HTTP"),
        "smpp": gettext_lazy("SMPP to an operator"),
        "apprise": gettext_lazy("A provider that Apprise knows"),
    }
    """Beginning of the names of fields -> what they belong to; the page opens the chosen one."""

    places: ClassVar[Mapping[str, Sequence[str]]] = {
        # It may stand in each of them, and so end in a message to anybody.
        "gateway_secret": ("gateway_url", "gateway_headers", "gateway_body"),
        "smpp_password": ("smpp_host", "smpp_port", "smpp_tls"),
    }
    """Secret -> the fields that say where it is sent: when one of these changes it is asked for again."""

    way = forms.ChoiceField(
        label=gettext_lazy("Way"),
        initial="gateway",
        choices=list(sections.items()),
        help_text=gettext_lazy("Fill in below what belongs to it."),
    )
    country = forms.CharField(
        label=gettext_lazy("Country of numbers without a code"), required=False, max_length=2,
        help_text=gettext_lazy("Two letters, RU or UA. Empty: every number has to begin with +."),
    )  # fmt: skip
    most_parts = forms.IntegerField(
        label=gettext_lazy("Parts of one message, at most"), min_value=1, max_value=10, initial=3,
        required=False,
        help_text=gettext_lazy(
            "The operator counts each. One part holds 70 letters, or 160 where all of them are Latin."
        ),
    )  # fmt: skip

    gateway_method = forms.ChoiceField(
        label=gettext_lazy("Method"), required=False, initial="POST",
        choices=[("POST", "POST"), ("GET", "GET")],
    )  # fmt: skip
    gateway_url = forms.CharField(
        label=gettext_lazy("Address"), required=False, max_length=1000, help_text=_PLACES
    )
    gateway_secret = forms.CharField(
        label=gettext_lazy("Secret"), required=False, max_length=500,
        widget=forms.PasswordInput(attrs=_KEPT),
        help_text=gettext_lazy("The key or password that the provider gave you."),
    )  # fmt: skip
    gateway_headers = forms.CharField(
        label=gettext_lazy("Headers"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("A line for each: Authorization: Bearer {secret}"),
    )  # fmt: skip
    gateway_body_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of body"), required=False, initial="form",
        choices=[
            ("form", gettext_lazy("Fields of a form")), ("json", "JSON"),
            ("text", gettext_lazy("Plain text")),
        ],
    )  # fmt: skip
    gateway_body = forms.CharField(
        label=gettext_lazy("Body"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy('to={phone}&message={text}, or {"to": "{phone}", "text": "{text}"}'),
    )  # fmt: skip
    gateway_success = forms.CharField(
        label=gettext_lazy("What a success looks like"), required=False, max_length=300,
        help_text=gettext_lazy(
            "A regular expression for the answer. Empty: every answer with a status from 200 to 299."
        ),
    )  # fmt: skip
    gateway_id = forms.CharField(
        label=gettext_lazy("The provider's number of the message"), required=False,
        max_length=300,
        help_text=gettext_lazy('A regular expression with brackets: "id": *"([^"]+)"'),
    )  # fmt: skip
    gateway_bad_number = forms.CharField(
        label=gettext_lazy("What a wrong number looks like"), required=False, max_length=300,
        help_text=gettext_lazy(
            "A regular expression. Nothing more is sent to such a number, and its owner is told."
        ),
    )  # fmt: skip

    smpp_host = forms.CharField(label=gettext_lazy("Host"), required=False, max_length=250)
    smpp_port = forms.IntegerField(
        label=gettext_lazy("Port"), required=False, min_value=1, max_value=65535, initial=2775
    )
    smpp_tls = forms.BooleanField(label=gettext_lazy("Over TLS"), required=False)
    smpp_system_id = forms.CharField(
        label=gettext_lazy("Name (system id)"), required=False, max_length=15
    )
    smpp_password = forms.CharField(
        label=gettext_lazy("Password"), required=False, max_length=8,
        widget=forms.PasswordInput(attrs=_KEPT),
        help_text=gettext_lazy("SMPP allows no more than eight characters."),
    )  # fmt: skip
    smpp_system_type = forms.CharField(
        label=gettext_lazy("System type"), required=False, max_length=12,
        help_text=gettext_lazy("Most operators want it empty."),
    )  # fmt: skip
    smpp_source = forms.CharField(
        label=gettext_lazy("Sender"), required=False, max_length=20,
        help_text=gettext_lazy("What people see as the sender: a name of Latin letters or a number."),
    )  # fmt: skip
    smpp_source_ton = forms.IntegerField(
        label=gettext_lazy("Sender, type of number"), required=False, min_value=0,
        max_value=6, initial=5, help_text=gettext_lazy("5 for a name, 1 for a number."),
    )  # fmt: skip
    smpp_source_npi = forms.IntegerField(
        label=gettext_lazy("Sender, numbering plan"), required=False, min_value=0,
        max_value=18, initial=0,
    )  # fmt: skip
    smpp_dest_ton = forms.IntegerField(
        label=gettext_lazy("Receiver, type of number"), required=False, min_value=0,
        max_value=6, initial=1,
    )  # fmt: skip
    smpp_dest_npi = forms.IntegerField(
        label=gettext_lazy("Receiver, numbering plan"), required=False, min_value=0,
        max_value=18, initial=1,
    )  # fmt: skip
    smpp_long = forms.ChoiceField(
        label=gettext_lazy("Long messages"), required=False, initial="udh",
        choices=[
            ("udh", gettext_lazy("In parts with a header (UDH)")),
            ("sar", gettext_lazy("In parts with SAR fields")),
            ("payload", gettext_lazy("Whole, as message_payload")),
        ],
        help_text=gettext_lazy("Ask the operator; almost all of them take the first."),
    )  # fmt: skip

    apprise_url = forms.CharField(
        label=gettext_lazy("Address"), required=False, max_length=1000,
        widget=forms.PasswordInput(attrs=_KEPT),
        help_text=gettext_lazy(
            "As the list of Apprise says for the provider, with {digits} or {phone} for the number: "
            "twilio://sid:token@sender/{digits}"
        ),
    )  # fmt: skip

    def clean_country(self) -> str:
        """A country that has telephones."""
        country = str(self.cleaned_data["country"]).upper()
        if country and not phones.is_country(country):
            raise forms.ValidationError(_("There is no such country. RU, UA, DE are examples."))
        return country

    def clean_gateway_url(self) -> str:
        return template_address(str(self.cleaned_data["gateway_url"]))

    def clean_gateway_headers(self) -> str:
        return headers(str(self.cleaned_data["gateway_headers"]))

    def clean_gateway_success(self) -> str:
        return a_pattern(str(self.cleaned_data["gateway_success"]))

    def clean_gateway_id(self) -> str:
        return a_pattern(str(self.cleaned_data["gateway_id"]))

    def clean_gateway_bad_number(self) -> str:
        return a_pattern(str(self.cleaned_data["gateway_bad_number"]))

    def clean_apprise_url(self) -> str:
        return an_address(str(self.cleaned_data["apprise_url"]))

    def clean(self) -> dict[str, Any]:
        """The chosen way has what it needs, and the body stays what it is."""
        values = self.cleaned_data
        way, missing = values.get("way"), _("This way out needs it.")
        if way == "gateway" and not values.get("gateway_url") and "gateway_url" not in self.errors:
            self.add_error("gateway_url", missing)
        if way == "smpp" and not values.get("smpp_host"):
            self.add_error("smpp_host", missing)
        if values.get("gateway_method") == "POST" and values.get("gateway_body"):
            try:
                a_body(values["gateway_body"], str(values.get("gateway_body_kind") or "form"))
            except forms.ValidationError as wrong:
                self.add_error("gateway_body", wrong)
        return values
