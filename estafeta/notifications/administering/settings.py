"""The settings of one channel: its form as it stands, and saving it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.notifications import channel_settings
from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.models import ChannelSettings, ChannelState


def form_of(channel: Channel, data: Mapping[str, Any] | None = None) -> forms.Form:
    """Its form, filled in but for secrets; what is set outside cannot be typed over."""
    values, outside = stored(channel), channel.set_outside()
    form = (channel.form or forms.Form)(
        data, initial={name: value for name, value in values.items() if value is not None}
    )
    for name, field in form.fields.items():
        if name in outside:
            field.disabled, field.initial = True, outside[name]
            form.initial[name] = outside[name]
        elif is_secret(field):
            form.initial.pop(name, None)
            if values.get(name):
                # Left empty it stays, so nothing has to be typed again.
                field.required = False
    return form


def is_secret(field: forms.Field) -> bool:
    """Whether its value is never shown again."""
    return isinstance(field.widget, forms.PasswordInput)


def stored(channel: Channel) -> dict[str, Any]:
    """What is kept on the page, with what was never touched as the form has it."""
    usual = {
        name: field.initial
        for name, field in (channel.form.base_fields if channel.form else {}).items()
        if field.initial is not None
    }
    return {**usual, **channel_settings.values_of(channel.name)}


def is_on(channel: Channel) -> bool:
    """Whether administrators want it; what was never touched is as it comes."""
    row = ChannelSettings.objects.filter(channel=channel.name).first()
    return row.is_on if row else channel.is_on_by_itself


def save(
    channel: Channel,
    *,
    by: Person,
    is_on: bool,
    values: Mapping[str, Any],
    messages_a_minute: int | None = None,
    forgotten: frozenset[str] = frozenset(),
) -> list[str]:
    """Keep the cleaned values of the form; gives the names of what changed.

    An empty secret stays as it is, unless it is among the `forgotten`. Raises Invalid where it would
    wander: its place has changed.
    """
    permissions.require(permissions.administers(by))
    outside = channel.set_outside()
    with transaction.atomic():
        # Not from memory: another process may have changed it just now.
        row = ChannelSettings.objects.select_for_update().filter(channel=channel.name).first()
        before = channel_settings.opened(row) if row else {}
        after = dict(before)
        kept = set()
        for name, field in (channel.form.base_fields if channel.form else {}).items():
            keeps = is_secret(field) and not values.get(name) and name not in forgotten
            if keeps and before.get(name):
                kept.add(name)
            if name not in outside and not keeps and name in values:
                after[name] = values[name]
        _refuse_to_wander(channel, kept, before, after)
        changed = sorted(name for name in after if after[name] != before.get(name))
        was_on = row.is_on if row else channel.is_on_by_itself
        changed += ["is_on"] if was_on != is_on else []
        if (row.messages_a_minute if row else None) != messages_a_minute:
            changed.append("messages_a_minute")
        row = row or ChannelSettings(channel=channel.name)
        row.is_on, row.values, row.messages_a_minute = is_on, after, messages_a_minute
        row.changed_at = timezone.now()
        row.save()
        # What was broken may be mended by this: do not wait until it would be tried again.
        ChannelState.objects.filter(channel=channel.name).update(failures=0, broken_until=None)
        if changed:
            kind = Kind.SETTINGS_CHANGED
            security.record(kind, by=by, channel=channel.name, fields=changed)
    channel_settings.forget()
    return changed


def _refuse_to_wander(
    channel: Channel, kept: set[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Whoever changes where a secret is sent has to know it: else he could have it sent to himself."""
    form = channel.form or forms.Form
    places: Mapping[str, Sequence[str]] = getattr(form, "places", {})
    errors = {}
    for secret in sorted(kept):
        usual = {name: form.base_fields[name].initial for name in places.get(secret, ())}
        moved = [
            str(form.base_fields[name].label)
            for name, initial in usual.items()
            if (after.get(name) or None) != (before.get(name, initial) or None)
        ]
        if moved:
            words = _("Type it again: it would now be sent another way (%(names)s).")
            errors[secret] = [words % {"names": ", ".join(moved)}]
    if errors:
        raise Invalid(errors)
