"""Where a person is signed in."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from importlib import import_module
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.module_loading import import_string

from estafeta.accounts.models.site import Site

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


BROWSER = "browser"


def browser_of(session: Any) -> str:
    """A name for the browser of this session, by which what it was given is found when it ends.

    Unlike the key of the session it stays when the key is changed, as with a new password.
    """
    if BROWSER not in session:
        session[BROWSER] = secrets.token_urlsafe(16)
    name: str = session[BROWSER]
    return name


def leave(session: Any, person: Person) -> None:
    """This session is about to end: the browser keeps nothing of the person's."""
    if name := session.get(BROWSER):
        _let_go(person, only=[name])


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
    store = import_module(settings.SESSION_ENGINE).SessionStore
    ended = list(rows)
    names = [store(row.session_key).get(BROWSER) for row in ended]
    kept = store(keep).get(BROWSER) if keep is not None else None
    for row in ended:
        store().delete(row.session_key)
        row.delete()
    if only is not None:
        _let_go(person, only=[name for name in names if name])
    else:
        _let_go(person, but=kept)
    if ended:
        Site.rights_changed()
    return len(ended)


def _let_go(person: Person, *, only: Collection[str] | None = None, but: str | None = None) -> None:
    """Whoever has given browsers something takes it back: from `only` these, or from all `but` one."""
    for follower in settings.BROWSER_FOLLOWERS:
        import_string(follower)(person, only=only, but=but)


def forget_dead() -> int:
    """Remove rows of sessions that are over; tells how many."""
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.exclude(session_key__in=living).delete()[0]
