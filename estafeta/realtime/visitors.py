"""Who listens, and whether he still may: asked of the session tables, in a thread."""

from __future__ import annotations

from collections.abc import Collection
from http.cookies import CookieError
from importlib import import_module
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.utils import timezone

from estafeta.accounts.models import Person, Site
from estafeta.accounts.standing import Standing


class Visitor(NamedTuple):
    """A signed-in person, through one session."""

    person: int
    session: str
    # Changes with every new password: who signed in with the old one has to sign in again.
    password: str
    # Which state of everybody's rights the standing belongs to.
    rights: int
    standing: Standing


def session_key(cookie: str) -> str:
    """Give the session's key from the Cookie header, or nothing."""
    try:
        return parse_cookie(cookie).get(settings.SESSION_COOKIE_NAME, "")
    except CookieError:
        return ""


def visitor(key: str) -> Visitor | None:
    """Give the person who is signed in by this session."""
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    person = get_user(request)
    if not isinstance(person, Person) or not person.is_active:
        return None
    # Read before the standing: if rights change in between, it is read again.
    rights = rights_version()
    return Visitor(person.pk, key, person.password, rights, Standing.of(person))


def still_signed_in(visitors: Collection[Visitor]) -> set[str]:
    """Sessions of those whose session lives, whose password stands and who are active."""
    keys = {visitor.session for visitor in visitors}
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    living = set(alive.values_list("session_key", flat=True))
    people = {visitor.person for visitor in visitors}
    active = Person.objects.filter(pk__in=people, is_active=True)
    passwords = dict(active.values_list("pk", "password"))
    return {
        visitor.session
        for visitor in visitors
        if visitor.session in living and passwords.get(visitor.person) == visitor.password
    }


def standings(people: Collection[int]) -> dict[int, Standing]:
    """What these people are by now."""
    return Standing.of_all(Person.objects.filter(pk__in=people))


def rights_version() -> int:
    """Grows whenever somebody's rights change."""
    return versions()[0]


def versions() -> tuple[int, int]:
    """Two numbers: one grows with every change of rights, one with every announcement."""
    row = Site.objects.filter(pk=1).values_list("rights_version", "announcements_version").first()
    return row or (0, 0)
