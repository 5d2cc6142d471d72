"""What a person can do now: one verb first, some beside it, the rest behind the dots."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from estafeta.tickets.models import Ticket
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

AT_ONCE = frozenset({Verb.TAKE, Verb.RESUME, Verb.ACKNOWLEDGE})
"""They ask nothing, so they need no dialog."""
WRITTEN = frozenset({Verb.REPLY, Verb.NOTE})
"""Their place is the box under the story."""
BESIDE = (
    Verb.HAND_OVER, Verb.ASSIGN, Verb.RETURN_TO_WORK, Verb.RELEASE, Verb.TAKE, Verb.RESUME,
    Verb.WAIT, Verb.ACKNOWLEDGE, Verb.COMPLETE, Verb.ACCEPT, Verb.REOPEN,
)  # fmt: skip
REST = (Verb.SET_DEADLINE, Verb.SET_PRIORITY, Verb.EDIT, Verb.ARCHIVE, Verb.UNARCHIVE, Verb.CANCEL)
MOST_BESIDE = 4
OWN = (Verb.EDIT, Verb.CANCEL)
"""Where nothing of the work is this person's, what he can do to his request stands there."""


@dataclass(frozen=True)
class Action:
    """A verb as components/action.html draws it."""

    verb: str
    label: str
    url: str
    dialog: bool
    confirm: str = ""


@dataclass(frozen=True)
class Offer:
    """The verbs of one person on one ticket, sorted into their places."""

    primary: Action | None = None
    beside: list[Action] = field(default_factory=list)
    rest: list[Action] = field(default_factory=list)
    may_reply: bool = False
    may_note: bool = False


def offer(relation: Relation) -> Offer:
    """Ask the tables, then put every allowed verb where it belongs."""
    ticket, verbs = relation.ticket, allowed_verbs(relation)
    first = _first(relation, verbs)
    beside = [verb for verb in BESIDE if verb in verbs and verb is not first]
    rest = [verb for verb in REST if verb in verbs]
    if Verb.RETURN_TO_WORK in beside and Verb.REOPEN in beside:
        beside.remove(Verb.REOPEN)
        rest.insert(0, Verb.REOPEN)
    if not first and not beside:
        beside = [verb for verb in OWN if verb in rest]
        rest = [verb for verb in rest if verb not in beside]
    beside, rest = beside[:MOST_BESIDE], [*beside[MOST_BESIDE:], *rest]
    return Offer(
        primary=action(ticket, first) if first else None,
        beside=[action(ticket, verb) for verb in beside],
        rest=[action(ticket, verb) for verb in rest],
        may_reply=Verb.REPLY in verbs,
        may_note=Verb.NOTE in verbs,
    )


def action(ticket: Ticket, verb: Verb) -> Action:
    """The verb as a button. What acts at once carries how much of the journal was on the page."""
    url = reverse("ticket_verb", args=[ticket.pk, verb])
    if verb in AT_ONCE:
        return Action(verb, _label(ticket, verb), f"{url}?seen={ticket.journal_length}", False)
    return Action(verb, _label(ticket, verb), url, True)


def _label(ticket: Ticket, verb: Verb) -> str:
    if verb is Verb.TAKE and ticket.status != Status.NEW:
        return _("Join in")
    return str(verb.label)


def _first(relation: Relation, verbs: Collection[Verb]) -> Verb | None:
    """What the ticket most likely wants of this person now; nothing, if it wants it of others."""
    row, standing = relation.participant, relation.person.standing
    performs = row is not None and row.is_performer
    addressed = row is not None and row.is_addressee
    leads = relation.ticket.department_id in standing.headed or standing.is_director
    wishes = {
        Verb.RESUME: performs,
        Verb.COMPLETE: performs,
        Verb.ACCEPT: True,
        Verb.ASSIGN: relation.ticket.status == Status.NEW and leads and not addressed,
        Verb.TAKE: relation.ticket.status == Status.NEW,
    }
    return next((verb for verb, wish in wishes.items() if wish and verb in verbs), None)
