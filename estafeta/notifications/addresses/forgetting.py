"""Addresses that nobody proved: a slip of the pen must not use up the room for others."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from estafeta.notifications.models import Address

KEPT = timedelta(days=1)


def forget_unproved() -> int:
    """Delete those whose code never came back; how many it were."""
    rows = Address.objects.filter(confirmed_at=None, created_at__lt=timezone.now() - KEPT)
    return rows.delete()[1].get("notifications.Address", 0)
