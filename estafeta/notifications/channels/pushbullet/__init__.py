"""Pushbullet: to all devices of a person, by the access token of his account (API version 2)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.notifications.channels.channel import Channel, Given, Values
from estafeta.notifications.channels.pushbullet.form import API, PushbulletForm, TokenForm

if TYPE_CHECKING:
    from estafeta.notifications.channels.pushbullet.sender import PushbulletSender
    from estafeta.notifications.content import Content
    from estafeta.notifications.models import Delivery

LONGEST_TITLE, LONGEST_BODY = 250, 4000


class Pushbullet(Channel):
    """One push for each bundle; a repeat bears the same guid, by which Pushbullet folds it."""

    name = "pushbullet"
    label = gettext_lazy("Pushbullet")
    icon = "brand-pushbullet"
    form = PushbulletForm
    lines = 2
    # What the documentation allows a free account is 500 a month; the rate is the API's own.
    messages_a_minute = 300
    address_form = TokenForm
    address_help = gettext_lazy(
        "Sign in at pushbullet.com, open Settings, then Account, and press “Create Access Token”."
    )

    def check_address(self, given: Values) -> Given:
        """Of the token people see its beginning."""
        token = str(given["token"]).strip()
        if not token.isascii() or any(sign <= " " for sign in token):
            raise forms.ValidationError({"token": _("This is no access token.")})
        return Given(token, _("Pushbullet (token %(start)s…)") % {"start": token[:4]})

    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        """A note, or a link where we know where we are."""
        delivery = bundle[0]
        text = "\n".join(line for line in (content.text, content.hint) if line)
        push = {
            "type": "link" if content.link else "note",
            "title": content.title[:LONGEST_TITLE],
            "body": text[:LONGEST_BODY],
            "guid": f"estafeta-{delivery.bundle or delivery.pk}",
            **({"url": content.link} if content.link else {}),
        }
        return json.dumps(push, ensure_ascii=False).encode()

    @contextmanager
    def open(self, values: Values) -> Iterator[PushbulletSender]:
        """Keep one connection."""
        from estafeta.notifications.channels.pushbullet.sender import PushbulletSender

        sender = PushbulletSender(str(values.get("api") or API))
        try:
            yield sender
        finally:
            sender.close()
