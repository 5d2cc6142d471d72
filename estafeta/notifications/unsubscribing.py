"""One click in a letter switches such letters off, without signing in (RFC 8058).

A letter about one ticket ends what is heard of this ticket; others end the mail of their kinds. The
link says for whom and what, and is signed; used again it changes nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core import signing
from django.db import transaction
from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Mute, Wishes
from estafeta.tickets.models import Ticket

if TYPE_CHECKING:
    from estafeta.notifications.content import Content

_SALT = "estafeta.notifications.unsubscribing"
PATH = "/unsubscribe/"
CHANNEL = "mail"


class Ask(NamedTuple):
    """What a link is for: the person, and the ticket or the kinds of events."""

    person: int
    ticket: int | None
    kinds: tuple[str, ...]


def path_for(ask: Ask) -> str:
    """The end of the link."""
    data: list[Any] = [ask.person, ask.ticket, list(ask.kinds)]
    return f"{PATH}{signing.dumps(data, salt=_SALT, compress=True)}"


def read(token: str) -> Ask | None:
    """What a link is for; None if we never wrote it."""
    try:
        person, ticket, kinds = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Ask(int(person), ticket, tuple(kind for kind in kinds if kind in Kind.values))


def ask_of(content: Content, person: int) -> Ask | None:
    """What the letter's own link is for; None where nobody can do without it."""
    if content.message is not None:
        return Ask(person, content.message.number, (content.event,))
    kinds = [part.event for part in content.parts] or [content.event]
    wanted = tuple(kind for kind in dict.fromkeys(kinds) if kind in Kind.values)
    return Ask(person, None, wanted) if wanted else None


def mute_ticket(ask: Ask) -> bool:
    """No more of this ticket, over no channel; False if that was so already or cannot be."""
    person, ticket = _person(ask), Ticket.objects.filter(pk=ask.ticket or 0).first()
    if person is None or ticket is None:
        return False
    _row, is_new = Mute.objects.get_or_create(
        person=person, ticket=ticket, defaults={"at": timezone.now()}
    )
    return is_new


def unmute_ticket(ask: Ask) -> bool:
    """Take that back."""
    return bool(Mute.objects.filter(person=ask.person, ticket=ask.ticket or 0).delete()[0])


def switch(ask: Ask, *, is_on: bool) -> bool:
    """Mail of these kinds off, or on again; False if it was so already."""
    person = _person(ask)
    if person is None or not ask.kinds:
        return False
    with transaction.atomic():
        wishes = Wishes.objects.select_for_update().get_or_create(person=person)[0]
        before = [wishes.matrix.get(kind, {}).get(CHANNEL) for kind in ask.kinds]
        for kind in ask.kinds:
            wishes.matrix.setdefault(kind, {})[CHANNEL] = is_on
        wishes.save(update_fields=["matrix"])
    return any(value is not is_on for value in before)


def act(ask: Ask) -> bool:
    """What the button of a mail program means."""
    return mute_ticket(ask) if ask.ticket is not None else switch(ask, is_on=False)


def labels(kinds: Sequence[str]) -> list[str]:
    """What people call the kinds."""
    return [str(Kind(kind).label) for kind in kinds]


def _person(ask: Ask) -> Person | None:
    return Person.objects.filter(pk=ask.person, is_active=True).first()
