"""Where the words of a search stand in a ticket, when its title does not say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Substr

from estafeta.desk.lists.highlight import mark
from estafeta.lib import fulltext
from estafeta.lib.prepared import Prepared
from estafeta.tickets.models import Comment, Ticket
from estafeta.tickets.models.comment import CommentKind
from estafeta.tickets.sight import SeenBy

if TYPE_CHECKING:
    from markupsafe import Markup

    from estafeta.accounts.models import Person
    from estafeta.accounts.standing import Standing

BEFORE, AFTER = 50, 110
LONGEST_READ = 8000
"""Of each text so many signs are looked through."""
MOST_COMMENTS = 400
"""Of all tickets of a page together, the newest first."""


def of(numbers: list[int], query: str, reader: Person) -> dict[int, Markup]:
    """Ticket -> a piece of its text or of a comment with the words marked; two queries at most."""
    wanted = [token for group in fulltext.wanted(query) for token in group]
    found: dict[int, Markup] = {}
    if numbers and wanted:
        _look(_TEXTS(reader, tickets=numbers), wanted, query, found)
        left = [number for number in numbers if number not in found]
        if left:
            _look(_COMMENTS(reader.is_agent, tickets=left), wanted, query, found)
    return found


def _texts(reader: Standing, tickets: list[int]) -> Any:
    rows = Ticket.objects.visible_to(reader).filter(pk__in=tickets).order_by()
    return rows.values_list("pk", Substr("text", 1, LONGEST_READ))


def _comments(reads_notes: bool, tickets: list[int]) -> Any:
    rows = Comment.objects.filter(ticket__in=tickets).order_by("-pk")
    if not reads_notes:
        rows = rows.filter(kind=CommentKind.REPLY)
    return rows.values_list("ticket", Substr("text", 1, LONGEST_READ))[:MOST_COMMENTS]


_TEXTS: SeenBy[tuple[int, str]] = SeenBy(_texts)
_COMMENTS: Prepared[tuple[int, str]] = Prepared(_comments)


def _look(
    rows: Iterable[tuple[int, str]], wanted: list[str], query: str, found: dict[int, Markup]
) -> None:
    for number, text in rows:
        if number not in found and (place := _place(text, wanted)) is not None:
            found[number] = _piece(text, place, query)


def _place(text: str, wanted: list[str]) -> int | None:
    """Where the first of the stems begins; folding keeps the places of signs."""
    folded = text.lower().replace("ё", "е")
    if len(folded) != len(text):
        folded = text
    places = [place for stem in wanted if (place := folded.find(stem)) >= 0]
    return min(places) if places else None


def _piece(text: str, place: int, query: str) -> Markup:
    start, end = max(place - BEFORE, 0), min(place + AFTER, len(text))
    if start:
        start = text.find(" ", start, place) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", place, end), place + 1)
    piece = " ".join(text[start:end].split())
    return mark(f"{'…' if start else ''}{piece}{'…' if end < len(text) else ''}", query)
