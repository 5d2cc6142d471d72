"""What administrators set for Telegram."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.accounts.models import Site
from estafeta.lib import outside
from estafeta.lib.outside import Unreachable
from estafeta.notifications.channels.telegram.bot import API, Bot, BotError

_TOKEN = re.compile(r"\d{3,20}:[\w-]{20,100}")


class TelegramForm(forms.Form):
    """The token is tried with `getMe` before it is kept."""

    rare: ClassVar[Sequence[str]] = ("receiving", "api_url", "proxy")
    """The page keeps these in a part that is closed."""

    places: ClassVar[Mapping[str, Sequence[str]]] = {"token": ("api_url", "proxy")}
    """Secret -> the fields that say where it is sent: when one of these changes it is asked for again."""

    token = forms.CharField(
        label=gettext_lazy("Token of the bot"), required=False, max_length=130,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Write to @BotFather in Telegram, send /newbot, and copy the token that it gives."
        ),
    )  # fmt: skip
    receiving = forms.ChoiceField(
        label=gettext_lazy("How answers come back"), required=False, initial="polling",
        choices=[
            ("polling", gettext_lazy("The worker asks Telegram")),
            ("webhook", gettext_lazy("Telegram calls us")),
        ],
        help_text=gettext_lazy(
            "Telegram can call only an https address that is open to the internet."
        ),
    )  # fmt: skip
    api_url = forms.URLField(
        label=gettext_lazy("Address of the Bot API"), required=False, initial=API,
        assume_scheme="https",
        help_text=gettext_lazy("Leave it, unless you run a Bot API server of your own. One inside the house has to be in "
            "ESTAFETA_INSIDE_ADDRESSES."),
    )  # fmt: skip
    proxy = forms.CharField(
        label=gettext_lazy("Proxy"), required=False, max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Where Telegram is out of reach: http://name:password@host:port of an HTTP proxy. One "
            "inside the house has to be in ESTAFETA_INSIDE_ADDRESSES."
        ),
    )  # fmt: skip
    bot = forms.CharField(required=False, widget=forms.HiddenInput)
    """Name of the bot, found out by asking for it."""

    def clean_api_url(self) -> str:
        """Telegram's own where nothing is given."""
        address = str(self.cleaned_data["api_url"] or API).rstrip("/")
        if address != API:
            try:
                place = outside.check(address, settings.INSIDE_ADDRESSES)
            except outside.Refused as error:
                raise _unusable(error) from None
            _judge(place.host, place.port)
        return address

    def clean_proxy(self) -> str:
        """An address of a proxy that we can speak to."""
        address = str(self.cleaned_data["proxy"])
        if not address:
            return ""
        try:
            proxy = outside.proxy_of(address)
        except outside.Refused:
            raise forms.ValidationError(
                _("Begin with http:// and name the host and the port.")
            ) from None
        _judge(proxy.host, proxy.port)
        return address

    def clean_receiving(self) -> str:
        """Telegram calls only https."""
        way = str(self.cleaned_data["receiving"] or "polling")
        if way == "webhook" and not Site.current().address.startswith("https://"):
            raise forms.ValidationError(
                _("Set an address that begins with https:// in the settings of the organisation.")
            )
        return way

    def clean(self) -> dict[str, Any]:
        """Ask Telegram whose token it is."""
        values = self.cleaned_data
        token = values.get("token") or ""
        if token and not self.errors:
            try:
                values["bot"] = _name_of(token, values)
            except (BotError, Unreachable) as error:
                self.add_error("token", _why(error))
        return values


def _judge(host: str, port: int) -> None:
    try:
        outside.addresses.resolve(host, port, settings.INSIDE_ADDRESSES)
    except (outside.Refused, OSError) as error:
        raise _unusable(error) from None


def _unusable(error: Exception) -> forms.ValidationError:
    return forms.ValidationError(
        _("Nothing can be sent to this address: %(reason)s") % {"reason": error}
    )


def _name_of(token: str, values: dict[str, Any]) -> str:
    if not _TOKEN.fullmatch(token):
        raise BotError(401, "Unauthorized")
    bot = Bot(values, token=token)
    try:
        return str(bot.ask("getMe")["username"])
    finally:
        bot.close()


def _why(error: Exception) -> str:
    if isinstance(error, BotError) and error.code in (401, 404):
        return _("Telegram does not know this token.")
    return _("Telegram cannot be asked now: %(reason)s") % {"reason": str(error)[:200]}
