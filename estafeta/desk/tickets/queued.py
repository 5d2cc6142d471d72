"""Acts that waited on a device (static/js/offline_send.js): answered as data, for no page may be open.

They are the same forms at the same addresses; only the answer is another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from estafeta.desk.tickets.access import find
from estafeta.tickets import phrases
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.desk.page import DeskRequest

SILENT = frozenset({Verb.NOTE, Verb.FOLLOW, Verb.UNFOLLOW, Verb.ACKNOWLEDGE})
"""What nobody's reply has to take back."""


def is_queued(request: HttpRequest) -> bool:
    """Whether the sender wants data."""
    return request.headers.get("Accept") == "application/json"


def missed(ticket: Ticket, seen: int | None, *, by: Person) -> list[Entry]:
    """What others did since, of that which whoever replies should know before his words are read."""
    if seen is None or seen >= ticket.journal_length:
        return []
    entries = ticket.entries.filter(seq__gt=seen).readable_by(by).exclude(actor=by)
    return list(entries.exclude(verb__in=SILENT).select_related("actor").order_by("seq"))


def refused(
    status: int,
    problem: str = "",
    *,
    errors: dict[str, Any] | None = None,
    changes: list[Entry] | None = None,
    seen: int | None = None,
) -> JsonResponse:
    """Why it was not done; with `changes` it may be sent again as it is, as having seen them."""
    told = {
        "problem": problem,
        "errors": {name: [str(one) for one in found] for name, found in (errors or {}).items()},
        "changes": [
            {"who": entry.actor.name, "words": phrases.phrase(entry),
             "reason": phrases.reason(entry), "at": entry.at.isoformat()}
            for entry in changes or []
        ],
        "seen": seen,
    }  # fmt: skip
    return JsonResponse(told, status=status)


def done(request: DeskRequest, number: int, words: str, *, path: str = "") -> HttpResponse:
    """It is done; `seen` is how long the journal is now, for what waits behind it."""
    still = find(request.user, number)
    length = still.journal_length if still else None
    return JsonResponse({"done": words, "seen": length, "path": path})
