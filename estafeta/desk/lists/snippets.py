"""Where the words of a search stand in a ticket, when its title does not say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Substr

from estafeta.desk.lists.highlight import mark
from estafeta.lib import fulltext
from estafeta.tickets.models import Comment, Ticket

if TYPE_CHECKING:
    from markupsafe import Markup

    from estafeta.accounts.models import Person

BEFORE, AFTER = 50, 110
LONGEST_READ = 8000
"""Of each text so many signs are looked through."""
MOST_COMMENTS = 400
"""Of all tickets of a page together, the newest first."""


def of(tickets: Sequence[Ticket], query: str, reader: Person) -> dict[int, Markup]:
    """Ticket -> a piece of its text or of a comment with the words marked.

    Two queries at most, and none when all titles say it.
    """
    wanted = [token for group in fulltext.wanted(query) for token in group]
    open_ones = [t.pk for t in tickets if wanted and "<mark>" not in mark(t.title, query)]
    if not open_ones:
        return {}
    found: dict[int, Markup] = {}
    _look(_texts(open_ones), wanted, query, found)
    left = [pk for pk in open_ones if pk not in found]
    if left:
        _look(_comments(left, reader), wanted, query, found)
    return found


def _texts(numbers: list[int]) -> Iterable[tuple[int, str]]:
    rows: Any = Ticket.objects.filter(pk__in=numbers).order_by()
    return rows.values_list("pk", Substr("text", 1, LONGEST_READ))


def _comments(numbers: list[int], reader: Person) -> Iterable[tuple[int, str]]:
    rows: Any = Comment.objects.filter(ticket__in=numbers).readable_by(reader).order_by("-pk")
    return rows.values_list("ticket", Substr("text", 1, LONGEST_READ))[:MOST_COMMENTS]


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
