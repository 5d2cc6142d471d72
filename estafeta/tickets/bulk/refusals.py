"""Why a ticket of a run was left as it was: kept as data, told in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from estafeta.tickets.errors import Changed, Gone, NotAllowed, NotNow, Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.verbs import Verb

Row = dict[str, Any]


def kept(number: int, why: Refused) -> Row:
    """As JSON."""
    if isinstance(why, NotAllowed):
        return {"number": number, "why": "not_allowed", "verb": str(why.verb)}
    if isinstance(why, NotNow):
        return {
            "number": number, "why": "not_now", "verb": str(why.verb),
            "status": str(why.ticket.status),
        }  # fmt: skip
    if isinstance(why, Changed):
        names = dict.fromkeys(entry.actor.name for entry in why.entries)
        return {"number": number, "why": "changed", "by": list(names)}
    if isinstance(why, Gone):
        return {"number": number, "why": "gone"}
    return {"number": number, "why": "invalid", "words": str(why)}


def words(row: Row) -> str:
    """Why, in a sentence."""
    why = row["why"]
    if why == "not_allowed":
        return str(NotAllowed(Verb(row["verb"])))
    if why == "not_now":
        return str(NotNow(Verb(row["verb"]), Ticket(status=row["status"])))
    if why == "changed":
        return _("Changed since you looked by: %(names)s.") % {"names": ", ".join(row["by"])}
    return str(Gone()) if why == "gone" else str(row["words"])
