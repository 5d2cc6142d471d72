"""Acts that waited on a device (static/js/offline_send.js): answered as data, for no page may be open.

They are the same forms at the same addresses; only the answer is another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from estafeta.desk.tickets.access import find

if TYPE_CHECKING:
    from estafeta.desk.page import DeskRequest
    from estafeta.desk.tickets.meanwhile import Change


def is_queued(request: HttpRequest) -> bool:
    """Whether the sender wants data."""
    return request.headers.get("Accept") == "application/json"


def refused(
    status: int,
    problem: str = "",
    *,
    errors: dict[str, Any] | None = None,
    changes: list[Change] | None = None,
    seen: int | None = None,
) -> JsonResponse:
    """Why it was not done; with `changes` it may be sent again as it is, as having seen them."""
    told = {
        "problem": problem,
        "errors": {name: [str(one) for one in found] for name, found in (errors or {}).items()},
        "changes": [
            {"who": one.actor.name, "words": one.words, "reason": one.reason,
             "at": one.at.isoformat()}
            for one in changes or []
        ],
        "seen": seen,
    }  # fmt: skip
    return JsonResponse(told, status=status)


def done(request: DeskRequest, number: int, words: str, *, path: str = "") -> HttpResponse:
    """It is done; `seen` is how long the journal is now, for what waits behind it."""
    still = find(request.user, number)
    length = still.journal_length if still else None
    return JsonResponse({"done": words, "seen": length, "path": path})
