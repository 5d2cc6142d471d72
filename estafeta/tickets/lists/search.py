"""The full-text index of tickets: title, text and comments, one row a ticket.

Two columns, because a client must not find a ticket by what is written in a note: `public` and
`staff`. SQLite keeps them in an FTS5 table, PostgreSQL as two `tsvector`; both hold the stems of
`lib/fulltext.py`, written in the verb's own transaction. Stems of names of files stand there once
more behind a mark, which no text can contain: by that `file:act` finds files and not words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from estafeta.lib import fulltext
from estafeta.tickets import numbers
from estafeta.tickets.models.attachment import Attachment
from estafeta.tickets.models.comment import Comment

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket
    from estafeta.tickets.queries import TicketQuerySet

TABLE = "tickets_search"
Groups = Sequence[tuple[str, ...]]
_SIGNS_IN_NAMES = re.compile(r"[\W_]+")
MARK = ":"
MOST_BYTES = 1_000_000
"""Of one ticket's words: a `tsvector` holds no more. What is written after that is not found."""


def index(ticket: Ticket) -> None:
    """Write the row of one ticket anew, from everything it has."""
    comments = list(Comment.objects.filter(ticket=ticket).values_list("kind", "text"))
    files = Attachment.objects.filter(ticket=ticket).there().values_list("is_note", "name")
    replies = [text for kind, text in comments if kind == "reply"]
    notes = [text for kind, text in comments if kind == "note"]
    public = _words(
        [ticket.title, ticket.text, *replies], [n for is_note, n in files if not is_note]
    )
    staff = _words(notes, [name for is_note, name in files if is_note])
    write([(ticket.pk, public, staff)])


def _words(texts: Sequence[str], names: Iterable[str]) -> list[str]:
    apart = [_apart(name) for name in names]
    words = fulltext.tokens(*texts, *apart)
    room = MOST_BYTES - sum(len(word.encode()) for word in words)
    return words + _marked(apart, room)


def _marked(names: Sequence[str], room: int) -> list[str]:
    marked = [MARK + word for word in fulltext.tokens(*names)]
    while marked and sum(len(word.encode()) for word in marked) > room:
        marked = marked[: len(marked) // 2]
    return marked


def write(rows: list[tuple[int, list[str], list[str]]]) -> None:
    """Rows of (ticket number, public stems, staff stems); replaces what is there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                f"INSERT INTO {TABLE} (ticket, public, staff) VALUES "
                "(%s, array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[])) "
                "ON CONFLICT (ticket) DO UPDATE SET public = excluded.public, staff = excluded.staff",
                rows,
            )
        else:
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(row[0],) for row in rows])
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, public, staff) VALUES (%s, %s, %s)",
                [(number, " ".join(public), " ".join(staff)) for number, public, staff in rows],
            )


def append(comment: Comment) -> None:
    """Add a new comment's words to the row of its ticket, as long as there is room."""
    _append(comment.ticket_id, fulltext.tokens(comment.text), is_note=comment.is_note)


def append_names(ticket: int, names: Iterable[str], *, is_note: bool) -> None:
    """The same with the names of new files."""
    _append(ticket, _words((), names), is_note=is_note)


def forget(ticket: int) -> None:
    """Take its row away."""
    key = "ticket" if _is_postgresql() else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE {key} = %s", [ticket])


def _apart(name: str) -> str:
    """`act_2026-11.pdf` is found by each of its parts."""
    return f"{name} {_SIGNS_IN_NAMES.sub(' ', name)}"


def _append(ticket: int, words: list[str], *, is_note: bool) -> None:
    column = "staff" if is_note else "public"
    room = MOST_BYTES - sum(len(word.encode()) for word in words)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {TABLE} SET {column} = {column} || array_to_tsvector(%s::text[]) "
                f"WHERE ticket = %s AND octet_length({column}::text) < %s",
                [words, ticket, room],
            )
        else:
            cursor.execute(
                f"UPDATE {TABLE} SET {column} = {column} || ' ' || %s "
                f"WHERE rowid = %s AND length({column}) < %s",
                [" ".join(words), ticket, room],
            )


def matching(tickets: TicketQuerySet, text: str, *, reader: Person) -> TicketQuerySet:
    """Those of `tickets` that contain every word, in any form, or have the number `text`."""
    return tickets.filter(rule(text, reader=reader))


def rule(text: str, *, reader: Person, files: Sequence[str] = ()) -> Q:
    """The same as a rule; `files` are what names of their files begin with."""
    number = None if files else numbers.read(text)
    found = Q(pk=number) if number else Q(pk__in=[])
    if groups := groups_of(text, files):
        found |= Q(pk__in=RawSQL(*_select(groups, staff=reader.is_agent)))
    return found


def groups_of(text: str, files: Sequence[str] = ()) -> Groups:
    """What is looked for: of each group the beginning of one word has to be met."""
    marked = [
        tuple(MARK + token for token in group) for name in files for group in fulltext.wanted(name)
    ]
    return [*fulltext.wanted(text), *marked]


class Newest(NamedTuple):
    """Numbers of the newest tickets that match, and whether there are no others."""

    numbers: list[int]
    are_all: bool


def newest(
    text: str, *, reader: Person, most: int, below: int | None, files: Sequence[str] = ()
) -> Newest:
    """Of what `matching` finds the newest, below a number; still to be narrowed by the rule.

    A common word is met in the newest tickets, and a rare one has no others: so the second question,
    which of these a person sees, is a short one, and no planner can take the long way round.
    """
    number = None if files else numbers.read(text)
    own = [number] if number and (below is None or number < below) else []
    groups = groups_of(text, files)
    if not groups:
        return Newest(own, True)
    sql, values = _select(groups, staff=reader.is_agent)
    column, key = ("ticket", "ticket + 0") if _is_postgresql() else ("rowid", "rowid")
    if below is not None:
        sql, values = f"{sql} AND {column} < %s", [*values, below]
    with connection.cursor() as cursor:
        # The sum keeps PostgreSQL from walking along the numbers in the hope of meeting the word.
        cursor.execute(f"{sql} ORDER BY {key} DESC LIMIT %s", [*values, most])
        found = [row[0] for row in cursor.fetchall()]
    return Newest([*own, *found], len(found) < most)


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _select(groups: Groups, *, staff: bool) -> tuple[str, list[Any]]:
    columns = ("public", "staff") if staff else ("public",)
    if _is_postgresql():
        every, values = on_postgresql(groups, columns)
        return f"SELECT ticket FROM {TABLE} WHERE {every}", values
    return _sqlite(groups, columns)


def on_postgresql(groups: Groups, columns: Sequence[str]) -> tuple[str, list[Any]]:
    """What has to hold of a row of the table."""
    either = " OR ".join(f"{column} @@ %s::tsquery" for column in columns)
    queries = [" | ".join(f"'{token}':*" for token in group) for group in groups]
    every = " AND ".join(f"({either})" for _query in queries)
    return every, [query for query in queries for _column in columns]


def _sqlite(groups: Groups, columns: Sequence[str]) -> tuple[str, list[Any]]:
    query = " AND ".join(
        "(" + " OR ".join(f'"{token}" *' for token in group) + ")" for group in groups
    )
    within = f"{{{' '.join(columns)}}} : ({query})"
    return f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [within]
