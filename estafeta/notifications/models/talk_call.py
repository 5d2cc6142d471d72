"""What of a room somebody was told over which channel, so that many messages make one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class TalkCall(models.Model):
    """The newest message to a person about one room: it tells what he has not read since `since`.

    Until it leaves, whatever is written in the room meanwhile travels with it.
    """

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    """Of the events in `notifications/kinds.py`."""
    since = models.PositiveBigIntegerField()
    """Id of a message of the room."""
    leaves_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "room", "channel", "kind"], name="talk_call_once_a_way"
            )
        ]
