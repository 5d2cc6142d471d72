"""Calling people by name: the @logins of a text. Whom one may call here, each room decides itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Lower

from estafeta.lib import markdown

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.accounts.models.person import PersonQuerySet

MOST = 50
_SHOWN = re.compile(r'<span(?: [a-z]+="[^"]*")+>@([^<]+)</span>')


@dataclass(frozen=True)
class Read:
    """A text as it is shown, and whom it calls."""

    html: str
    people: tuple[Person, ...] = ()


def read(
    text: str,
    known: Callable[[], PersonQuerySet],
    among: Callable[[Iterable[Person]], Iterable[Person]] = iter,
) -> Read:
    """The text with the names of those `known` that `among` leaves; neither is asked where there is no @."""
    handles = markdown.handles(text)
    if not handles:
        return Read(markdown.render(text))
    wanted = {form for handle in handles[:MOST] for form in (handle, handle.lower())}
    found = among(known().annotate(handle=Lower("login")).filter(handle__in=wanted))
    people = {str(person.login).lower(): person for person in found}
    names = tuple(sorted((handle, person.name) for handle, person in people.items()))
    html = markdown.render(text, names)
    called = dict.fromkeys(handle.lower() for handle in _SHOWN.findall(html))
    return Read(html, tuple(people[handle] for handle in called if handle in people))
