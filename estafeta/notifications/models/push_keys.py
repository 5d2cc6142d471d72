"""The pair of keys by which push services know this installation (VAPID, RFC 8292)."""

from __future__ import annotations

from django.db import models


class PushKeys(models.Model):
    """Made once for each key of the installation: browsers subscribe to exactly this public key."""

    public = models.CharField(max_length=100)
    """Uncompressed point, base64url, as browsers want it."""
    sealed_private = models.TextField()
    created_at = models.DateTimeField()
