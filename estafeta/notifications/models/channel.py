"""How an installation uses a channel, and how the channel is doing."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from estafeta.lib import sealed


class ChannelSettings(models.Model):
    """What administrators have set for one channel; sealed, for most of it is secret."""

    channel = models.CharField(max_length=20, primary_key=True)
    is_on = models.BooleanField(default=False)
    sealed_values = models.TextField(blank=True)
    messages_a_minute = models.PositiveIntegerField(null=True)
    """No more than so many; None: as the channel itself thinks right."""
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.channel

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the channel's form."""
        return dict(json.loads(sealed.opened(self.sealed_values))) if self.sealed_values else {}

    @values.setter
    def values(self, values: dict[str, Any]) -> None:
        self.sealed_values = sealed.sealed(json.dumps(values, ensure_ascii=False))


class ChannelState(models.Model):
    """What workers share about one channel: who paused it, how it fails, how fast it may go."""

    channel = models.CharField(max_length=20, primary_key=True)
    paused_at = models.DateTimeField(null=True)
    """An administrator wants nothing to leave by it for now."""
    paused_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    failures = models.PositiveIntegerField(default=0)
    """So many messages in a row could not be handed over, for no fault of the message."""
    broken_until = models.DateTimeField(null=True)
    """Nothing is tried before; then one message goes ahead of the others."""
    last_error = models.TextField(blank=True)
    tokens = models.FloatField(default=0)
    """So many messages may still leave at once (a bucket of tokens)."""
    filled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.channel
