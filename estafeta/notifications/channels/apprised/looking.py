"""Judging an address: which service it is, and what of it people may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from estafeta.lib.apprising import Hung, Speaker
from estafeta.notifications.channels.apprised.addressing import url_of
from estafeta.notifications.channels.channel import Given


def look(given: Mapping[str, Any]) -> Given:
    """Raises ValidationError beside the field of the address."""
    url = url_of(given)
    speaker = Speaker(settings.INSIDE_ADDRESSES)
    try:
        looked = speaker.look(url)
    except Hung:
        raise forms.ValidationError(_("The address could not be checked. Try again.")) from None
    finally:
        speaker.close()
    if looked.wrong:
        raise forms.ValidationError({"address": _refusal(looked.wrong)})
    place = looked.shown.partition("://")[2].strip("/")
    return Given(url, f"{looked.service}: {place}" if place else looked.service)


def _refusal(reason: str) -> str:
    if "inside" in reason:
        return _(
            "This address is inside. Whoever runs the server can allow it (ESTAFETA_INSIDE_ADDRESSES)."
        )
    return _("No service that can be used has such an address.")
