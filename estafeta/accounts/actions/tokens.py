"""Personal API tokens."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import ApiToken, Person
from estafeta.accounts.models.api_token import Scope
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib.text import one_line

LONGEST_LIFE = timedelta(days=3660)
MOST_ALIVE = 50


@action
def make_token(*, by: Person, name: str, scope: str, expires_at: datetime) -> tuple[ApiToken, str]:
    """A token of one's own and its secret, which is shown once."""
    permissions.require(by.is_active)
    name, now = one_line(name), timezone.now()
    if not name:
        raise Invalid.at("name", _("Give it a name, so that you know later what it is for."))
    if len(name) > 80:
        raise Invalid.at("name", _("At most 80 characters fit."))
    if scope not in Scope.values:
        raise Invalid.at("scope", _("Choose what the program may do."))
    if scope == Scope.ADMIN and not permissions.administers(by):
        raise Invalid.at("scope", _("Only administrators can let a program administer."))
    if not now < expires_at <= now + LONGEST_LIFE:
        raise Invalid.at("expires_at", _("Choose a date from tomorrow on, at most ten years away."))
    if (
        ApiToken.objects.filter(person=by, revoked_at=None, expires_at__gt=now).count()
        >= MOST_ALIVE
    ):
        raise Invalid.at("", _("You have too many tokens. Revoke some first."))
    token, secret = ApiToken.make(by, name=name, scope=scope, expires_at=expires_at)
    security.record(
        Kind.TOKEN_MADE, by=by, about=by, token=token.pk, name=name, scope=scope,
        until=expires_at.isoformat(),
    )  # fmt: skip
    return token, secret


@action
def revoke_token(token: ApiToken, *, by: Person) -> None:
    """It no longer works, from now on; by its person or an administrator."""
    permissions.require(token.person_id == by.pk or permissions.administers(by))
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        security.record(
            Kind.TOKEN_REVOKED, by=by, about=token.person, token=token.pk, name=token.name
        )
