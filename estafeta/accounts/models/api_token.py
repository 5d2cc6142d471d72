"""Personal tokens for programs."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PREFIX = "est_"


class Scope(models.TextChoices):
    """What a program may do with the token."""

    READ = "read", _("Read only")
    WRITE = "write", _("Read and change")
    ADMIN = "admin", _("Read, change and administer")


def digest(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so one plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiToken(models.Model):
    """A program acts as its person; only the digest of the secret is kept."""

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="api_tokens")
    name = models.CharField(pgettext_lazy("thing", "Name"), max_length=80)
    scope = models.CharField(_("Scope"), max_length=5, choices=Scope, default=Scope.READ)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=12, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("Valid until"))
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-pk",)

    @classmethod
    def make(
        cls, person: object, *, name: str, scope: str, expires_at: datetime
    ) -> tuple[ApiToken, str]:
        """A new row and its secret, which is shown once and never again."""
        secret = PREFIX + secrets.token_urlsafe(32)
        token = cls.objects.create(
            person=person, name=name, scope=scope, expires_at=expires_at,
            digest=digest(secret), hint=secret[:8],
        )  # fmt: skip
        return token, secret

    @property
    def changes(self) -> bool:
        """Whether a program may change anything with it."""
        return self.scope in (Scope.WRITE, Scope.ADMIN)

    @property
    def is_valid(self) -> bool:
        """Neither revoked nor expired."""
        return self.revoked_at is None and self.expires_at > timezone.now()
