"""Where to find somebody, in words: a bare number says neither room nor telephone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from estafeta.accounts.models import Person


def room(person: Person) -> str:
    """A room is a number or, where it is none, already a word."""
    if not person.room[:1].isdigit():
        return person.room
    return _("room %(room)s") % {"room": person.room}


def phone(person: Person) -> str:
    """The telephone, or nothing."""
    return _("tel. %(phone)s") % {"phone": person.phone} if person.phone else ""
