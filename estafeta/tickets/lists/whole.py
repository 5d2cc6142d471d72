"""The whole answer of a list, as it stands at one moment, read piece by piece."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from estafeta.tickets.models import Ticket

if TYPE_CHECKING:
    from estafeta.tickets.lists.paging import Question

PIECE = 500
FETCHED = 5000


def numbers_of(question: Question, most: int | None = None) -> array[int]:
    """Of all tickets of the answer, in its order: eight bytes each."""
    rows = question.all().order_by(*question.order.keys()).values_list("pk", flat=True)
    rows = rows if most is None else rows[:most]
    return array("q", rows.iterator(chunk_size=FETCHED))


def pieces_of(
    question: Question, numbers: array[int], *, named: Sequence[str] = ()
) -> Iterator[list[Ticket]]:
    """The tickets in that order with the rows `named` besides.

    Each is looked at again, for sight may be lost meanwhile.
    """
    for start in range(0, len(numbers), PIECE):
        piece = numbers[start : start + PIECE]
        rows = Ticket.objects.visible_to(question.reader).filter(pk__in=list(piece)).order_by()
        rows = rows.defer("text", "text_html")
        found = {t.pk: t for t in (rows.select_related(*named) if named else rows)}
        yield [found[number] for number in piece if number in found]
