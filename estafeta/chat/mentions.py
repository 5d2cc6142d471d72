"""Calling somebody by name: @login of whoever sees the room. Anybody else's name is a word like any other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Lower

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.chat import visibility
from estafeta.lib import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estafeta.chat.models import Room

MOST = 50
_SHOWN = re.compile(r'<span(?: [a-z]+="[^"]*")+>@([^<]+)</span>')


@dataclass(frozen=True)
class Read:
    """A text as it is shown, and whom it calls."""

    html: str
    people: tuple[Person, ...] = ()


def read(text: str, room: Room) -> Read:
    """Three queries where there is an @, else none."""
    handles = markdown.handles(text)
    if not handles:
        return Read(markdown.render(text))
    wanted = {form for handle in handles[:MOST] for form in (handle, handle.lower())}
    known = Person.objects.active().filter(login__isnull=False)
    found = list(known.annotate(handle=Lower("login")).filter(handle__in=wanted))
    people = {str(person.login).lower(): person for person in seeing(room, found)}
    names = tuple(sorted((handle, person.name) for handle, person in people.items()))
    html = markdown.render(text, names)
    called = dict.fromkeys(handle.lower() for handle in _SHOWN.findall(html))
    return Read(html, tuple(people[handle] for handle in called if handle in people))


def seeing(room: Room, people: Iterable[Person]) -> list[Person]:
    """Those of them who see the room, by the one rule."""
    people = list(people)
    standings = Standing.of_all(people) if people else {}
    return [person for person in people if visibility.sees(standings[person.pk], room)]
