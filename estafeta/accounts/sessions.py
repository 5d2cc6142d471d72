"""Where a person is signed in."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from estafeta.accounts.models.site import Site

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


def of(person: Person) -> list[UserSession]:
    """The person's living sessions, the last used first; rows of dead ones are removed."""
    return sorted(
        UserSession.objects.purge_and_list(person), key=lambda row: row.last_seen_at, reverse=True
    )


def end(person: Person, *, only: int | None = None, keep: str | None = None) -> int:
    """Sign the person out: everywhere, in one session (`only`), or everywhere but here (`keep`)."""
    rows = UserSession.objects.filter(user=person)
    if only is not None:
        rows = rows.filter(pk=only)
    if keep is not None:
        rows = rows.exclude(session_key=keep)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    ended = list(rows)
    for row in ended:
        store.delete(row.session_key)
        row.delete()
    if ended:
        Site.rights_changed()
    return len(ended)


def forget_dead() -> int:
    """Remove rows of sessions that are over; tells how many."""
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.exclude(session_key__in=living).delete()[0]
