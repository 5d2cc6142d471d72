"""Which tickets stand in an open list, and how it is brought up to date without a jump.

An open page asks again with what it shows (`shown=number.length,...`). It gets the same tickets in
the same places, changed ones flashing; those that belong above come as "3 new", for the person to
let in when it suits him.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from estafeta.tickets.lists.filters import is_id
from estafeta.tickets.lists.paging import SIZES, Question
from estafeta.tickets.models import Ticket

if TYPE_CHECKING:
    from estafeta.desk.page import DeskRequest


@dataclass(frozen=True)
class Body:
    """The tickets in their order, who of them has changed, how many wait above, where to go on."""

    tickets: list[Ticket]
    newer: str = ""
    older: str = ""
    news: int = 0
    changed: frozenset[int] = field(default=frozenset())


def fresh_rows(question: Question, size: int, *, after: str, before: str) -> Body:
    """A page as it is now."""
    page = question.page(size, after=after, before=before)
    return Body(page.tickets, page.newer, page.older)


def shown_rows(question: Question, size: int, shown: str) -> Body:
    """What is shown stays where it is, as far as it still belongs to the list."""
    lengths, page = _read(shown), question.page(size)
    found = {ticket.pk: ticket for ticket in question.all().filter(pk__in=lengths)}
    kept = [found[number] for number in lengths if number in found]
    if not kept:
        return Body(page.tickets, page.newer, page.older)
    missing = [ticket for ticket in page.tickets if ticket.pk not in found]
    above = [ticket for ticket in missing if question.is_before(ticket, question.last_of(kept))]
    below = [ticket for ticket in missing if ticket not in above]
    return Body(
        tickets=(kept + below)[: max(size, len(kept))],
        older=question.cursor_at(question.last_of(kept + below)) if page.older else "",
        news=len(above),
        changed=frozenset(t.pk for t in kept if t.journal_length != lengths[t.pk]),
    )


def address(request: DeskRequest, body: Body) -> str:
    """Where the open page asks again."""
    query = request.GET.copy()
    query.pop("shown", None)
    query.pop("size", None)
    if not (query.get("after") or query.get("before")) and body.tickets:
        query["shown"] = ",".join(f"{t.pk}.{t.journal_length}" for t in body.tickets)
    text = query.urlencode(safe=",.")
    return f"{request.path}?{text}" if text else request.path


def _read(shown: str) -> dict[int, int]:
    lengths = {}
    for part in shown.split(",")[: 2 * max(SIZES)]:
        number, _dot, length = part.partition(".")
        if is_id(number) and is_id(length):
            lengths[int(number)] = int(length)
    return lengths
