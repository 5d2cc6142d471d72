"""Calling somebody by name: @login of whoever sees the room. Anybody else's name is a word like any other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from estafeta.accounts import called
from estafeta.accounts.called import Read
from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.chat import visibility

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estafeta.accounts.models.person import PersonQuerySet
    from estafeta.chat.models import Room


def read(text: str, room: Room) -> Read:
    """Three queries where there is an @, else none."""
    return called.read(text, _with_login, partial(seeing, room))


def seeing(room: Room, people: Iterable[Person]) -> list[Person]:
    """Those of them who see the room, by the one rule."""
    people = list(people)
    standings = Standing.of_all(people) if people else {}
    return [person for person in people if visibility.sees(standings[person.pk], room)]


def _with_login() -> PersonQuerySet:
    return Person.objects.active().filter(login__isnull=False)
