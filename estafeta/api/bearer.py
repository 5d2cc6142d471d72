"""Who asks: the person of a personal token. A session's cookie opens nothing here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from estafeta.accounts import permissions
from estafeta.accounts.middleware import language_of
from estafeta.accounts.models import ApiToken, Site
from estafeta.accounts.models.api_token import Scope, digest
from estafeta.api.problems import Refusal
from estafeta.lib import rate

USED_AT_MOST_EVERY = timedelta(minutes=1)
"""How exact `last_used_at` is: reading through the API shall not write at every request."""
READING = ("GET", "HEAD", "OPTIONS")


class Bearer(HttpBearer):
    """`Authorization: Bearer est_…`; puts the person into `request.user`."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The row of the token, or None (401). Raises Refusal: 403 by scope, 429 by rate."""
        row = (
            ApiToken.objects.select_related("person__organisation")
            .filter(digest=digest(token.strip()))
            .first()
        )
        if row is None or not row.is_valid or not row.person.is_active:
            return None
        request.user = row.person
        _speak_as(request)
        _mark_used(row)
        most = settings.API_REQUESTS_PER_MINUTE
        if wait := rate.seconds_to_wait("api", row.pk, most=most):
            detail = _("At most %(most)s requests a minute are answered.")
            raise Refusal(429, detail % {"most": most}, Retry_After=str(wait))
        if request.method not in READING and not row.changes:
            raise Refusal(403, _("This token only reads."))
        return row


class AdministratorsBearer(Bearer):
    """The same, for what only administrators do, by a token that was made for it."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Raises Refusal also for reading: what is administered is nobody else's business."""
        if (row := super().authenticate(request, token)) is not None:
            require_administering(row)
        return row


def require_administering(token: ApiToken) -> None:
    """Raise Refusal (403) unless person and token both may administer."""
    if not permissions.administers(token.person):
        raise Refusal(403, _("Only administrators may do this."))
    if token.scope != Scope.ADMIN:
        raise Refusal(403, _("This token does not administer. Make one that may on your profile."))


def _speak_as(request: HttpRequest) -> None:
    """Language and zone of the person; the middleware restores them after the request."""
    person: Any = request.user
    site = Site.current()
    timezone.activate(person.zone or site.zone)
    translation.activate(language_of(request))


def _mark_used(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at >= USED_AT_MOST_EVERY:
        long_ago = Q(last_used_at=None) | Q(last_used_at__lte=now - USED_AT_MOST_EVERY)
        ApiToken.objects.filter(long_ago, pk=token.pk).update(last_used_at=now)
