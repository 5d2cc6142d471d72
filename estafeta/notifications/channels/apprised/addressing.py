"""One address of the library's form, made of what people find on the pages of their service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from django import forms
from django.utils.translation import gettext as _

Values = Mapping[str, Any]


def url_of(given: Values) -> str:
    """Raises ValidationError beside the field."""
    return WAYS[given["service"]](given)


def _other(given: Values) -> str:
    return str(given["address"]).strip()


def _native(*hosts: str) -> Callable[[Values], str]:
    """Addresses that the library knows as the service shows them, by the ends of their hosts."""

    def made(given: Values) -> str:
        parts = _web(given)
        host = parts.hostname or ""
        is_theirs = any(host == one or (one[0] == "." and host.endswith(one)) for one in hosts)
        if parts.scheme != "https" or not is_theirs:
            told = _("The address of this service’s incoming webhook begins with https://%(host)s")
            raise forms.ValidationError({"address": told % {"host": hosts[0].lstrip(".")}})
        return parts.geturl()

    return made


def _mattermost(given: Values) -> str:
    parts = _web(given)
    before, hooks, token = parts.path.rpartition("/hooks/")
    if not hooks or not token.strip("/"):
        raise forms.ValidationError(
            {"address": _("The address of an incoming webhook has /hooks/ in it.")}
        )
    return f"{_scheme(parts, 'mmost')}://{_place(parts)}{before}/{quote(token.strip('/'), safe='')}"


def _matrix(given: Values) -> str:
    parts = _web(given)
    token, room = _needed(given, "secret"), _needed(given, "room")
    if room[0] not in "#!":
        raise forms.ValidationError({"room": _("A room begins with # or !, like #it:example.org")})
    scheme = _scheme(parts, "matrix")
    return f"{scheme}://{quote(token, safe='')}@{_place(parts)}/{quote(room, safe='')}"


def _ntfy(given: Values) -> str:
    parts = _web(given)
    topic, token = quote(_needed(given, "room"), safe=""), given.get("secret") or ""
    who = f"{quote(token, safe='')}@" if token else ""
    return f"{_scheme(parts, 'ntfy')}://{who}{_place(parts)}/{topic}" + (
        "?auth=token" if token else "?mode=private"
    )


def _gotify(given: Values) -> str:
    parts = _web(given)
    token = quote(_needed(given, "secret"), safe="")
    return f"{_scheme(parts, 'gotify')}://{_place(parts)}{parts.path.rstrip('/')}/{token}"


def _needed(given: Values, field: str) -> str:
    value = str(given.get(field) or "").strip()
    if not value:
        raise forms.ValidationError({field: _("This service needs it.")})
    return value


def _web(given: Values) -> SplitResult:
    try:
        parts = urlsplit(str(given["address"]).strip())
        if parts.scheme in ("http", "https") and parts.hostname and not parts.username:
            parts.port  # noqa: B018 - a wrong port shows only when it is asked for
            return parts
    except ValueError:
        pass
    raise forms.ValidationError({"address": _("Type an address that begins with https://")})


def _scheme(parts: SplitResult, name: str) -> str:
    return f"{name}s" if parts.scheme == "https" else name


def _place(parts: SplitResult) -> str:
    return parts.netloc


WAYS: dict[str, Callable[[Values], str]] = {
    "slack": _native("hooks.slack.com"),
    "mattermost": _mattermost,
    "teams": _native(".logic.azure.com", ".api.powerplatform.com", ".webhook.office.com"),
    "discord": _native("discord.com", "discordapp.com"),
    "gchat": _native("chat.googleapis.com"),
    "matrix": _matrix,
    "ntfy": _ntfy,
    "gotify": _gotify,
    "other": _other,
}
