"""The full-text index of messages: stems of `lib/fulltext.py`, the same on both engines.

A row a message, written in the transaction that writes it; names of its files stand there too. What
was taken back is not found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models.expressions import RawSQL

from estafeta.lib import fulltext

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.chat.models import Message
    from estafeta.chat.models.message import MessageQuerySet

TABLE = "chat_search"
_SIGNS = re.compile(r"[\W_]+")


def index(message: Message, names: list[str]) -> None:
    """Write the row of one message anew; `names` are those of its files."""
    forget(message.pk)
    words = fulltext.tokens(message.text, *names, *(_SIGNS.sub(" ", name) for name in names))
    if not words:
        return
    with connection.cursor() as cursor:
        if _is_postgresql():
            cursor.execute(
                f"INSERT INTO {TABLE} (message, words) VALUES (%s, array_to_tsvector(%s::text[]))",
                [message.pk, words],
            )
        else:
            cursor.execute(
                f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)",
                [message.pk, " ".join(words)],
            )


def forget(message: int) -> None:
    """Take its row away."""
    key = "message" if _is_postgresql() else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE {key} = %s", [message])


def found(text: str, *, by: Person) -> MessageQuerySet:
    """Messages with every word of the text, in any form, in rooms that the person sees; the newest first."""
    from estafeta.chat.models import Message

    rows = Message.objects.visible_to(by).written().order_by("-pk")
    groups = fulltext.wanted(text)
    return rows.filter(pk__in=RawSQL(*_select(groups))) if groups else rows.none()


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _select(groups: list[tuple[str, ...]]) -> tuple[str, list[Any]]:
    if _is_postgresql():
        every = " AND ".join("words @@ %s::tsquery" for _group in groups)
        return (
            f"SELECT message FROM {TABLE} WHERE {every}",
            [" | ".join(f"'{token}':*" for token in group) for group in groups],
        )
    query = " AND ".join(
        "(" + " OR ".join(f'"{token}" *' for token in group) + ")" for group in groups
    )
    return f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [query]
