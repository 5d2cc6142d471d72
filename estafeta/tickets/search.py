"""The full-text index of tickets: title, text and comments, one row a ticket.

Two columns, because a client must not find a ticket by what is written in a note: `public` and
`staff`. SQLite keeps them in an FTS5 table, PostgreSQL as two `tsvector`; both hold the stems of
`lib/fulltext.py`, written in the verb's own transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from estafeta.lib import fulltext
from estafeta.tickets.models.comment import Comment

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket
    from estafeta.tickets.queries import TicketQuerySet

TABLE = "tickets_search"
_NUMBER_MOST = 2**63 - 1
MOST_BYTES = 1_000_000
"""Of one ticket's words: a `tsvector` holds no more. What is written after that is not found."""


def index(ticket: Ticket) -> None:
    """Write the row of one ticket anew, from everything it has."""
    comments = list(Comment.objects.filter(ticket=ticket).values_list("kind", "text"))
    public = fulltext.tokens(
        ticket.title, ticket.text, *(text for kind, text in comments if kind == "reply")
    )
    staff = fulltext.tokens(*(text for kind, text in comments if kind == "note"))
    write([(ticket.pk, public, staff)])


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
    words = fulltext.tokens(comment.text)
    column = "staff" if comment.is_note else "public"
    room = MOST_BYTES - sum(len(word.encode()) for word in words)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {TABLE} SET {column} = {column} || array_to_tsvector(%s::text[]) "
                f"WHERE ticket = %s AND octet_length({column}::text) < %s",
                [words, comment.ticket_id, room],
            )
        else:
            cursor.execute(
                f"UPDATE {TABLE} SET {column} = {column} || ' ' || %s "
                f"WHERE rowid = %s AND length({column}) < %s",
                [" ".join(words), comment.ticket_id, room],
            )


class Newest(NamedTuple):
    """Look only among so many of the newest that match, and only below a number."""

    amount: int
    below: int | None


def matching(
    tickets: TicketQuerySet, text: str, *, reader: Person, newest: Newest | None = None
) -> TicketQuerySet:
    """Those of `tickets` that contain every word, in any form, or have the number `text`."""
    found = Q(pk__in=[])
    number = text.strip().lstrip("#№ ").strip()
    if number.isascii() and number.isdigit() and int(number) <= _NUMBER_MOST:
        found |= Q(pk=int(number))
    if groups := fulltext.wanted(text):
        make = _postgresql if connection.vendor == "postgresql" else _sqlite
        found |= Q(pk__in=make(groups, reader.is_agent, newest))
    return tickets.filter(found)


def _postgresql(groups: list[tuple[str, ...]], staff: bool, newest: Newest | None) -> RawSQL:
    columns = ("public", "staff") if staff else ("public",)
    either = " OR ".join(f"{column} @@ %s::tsquery" for column in columns)
    queries = [" | ".join(f"'{token}':*" for token in group) for group in groups]
    # The sum keeps the planner from walking along the numbers in the hope of meeting a rare word.
    return _cut(
        f"SELECT ticket FROM {TABLE} WHERE " + " AND ".join(f"({either})" for _query in queries),
        [query for query in queries for _column in columns],
        ("ticket", "ticket + 0"),
        newest,
    )


def _sqlite(groups: list[tuple[str, ...]], staff: bool, newest: Newest | None) -> RawSQL:
    query = " AND ".join(
        "(" + " OR ".join(f'"{token}" *' for token in group) + ")" for group in groups
    )
    columns = "{public staff}" if staff else "{public}"
    return _cut(
        f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s",
        [f"{columns} : ({query})"],
        ("rowid", "rowid"),
        newest,
    )


def _cut(
    sql: str, values: list[Any], number_and_key: tuple[str, str], newest: Newest | None
) -> RawSQL:
    if newest is None:
        return RawSQL(sql, values)
    number, key = number_and_key
    if newest.below is not None:
        sql, values = f"{sql} AND {number} < %s", [*values, newest.below]
    return RawSQL(f"{sql} ORDER BY {key} DESC LIMIT %s", [*values, newest.amount])
