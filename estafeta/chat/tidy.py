"""Throws away what nobody needs any longer. What was said stays."""

from __future__ import annotations

from datetime import timedelta

from estafeta.chat import log
from estafeta.chat.models import Change
from estafeta.lib import clock

CHANGES_LIVE = timedelta(days=7)
"""Whoever follows them has read them by then; a page that slept longer fetches its talk anew."""


def forget_changes() -> int:
    """Old lines about what happened; the newest stays, from which others go on counting."""
    old = Change.objects.filter(at__lt=clock.now() - CHANGES_LIVE, pk__lt=log.newest())
    gone, _tables = old.delete()
    return gone
