"""The link of a letter that switches such letters off, without signing in (RFC 8058).

A letter about one ticket ends what is heard of this ticket; others end the mail of their kinds. The
link says for whom and what, and is signed; used again it changes nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core import signing

from estafeta.notifications.kinds import Kind

if TYPE_CHECKING:
    from estafeta.notifications.content import Content

_SALT = "estafeta.notifications.unsubscribing"
PATH = "/unsubscribe/"


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


def labels(kinds: Sequence[str]) -> list[str]:
    """What people call the kinds."""
    return [str(Kind(kind).label) for kind in kinds]
