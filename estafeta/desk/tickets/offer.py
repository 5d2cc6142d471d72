"""What a person can do now: one verb first, some beside it, the rest behind the dots."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from estafeta.desk.verb_labels import has_part, label_of
from estafeta.lib.addresses import address_of
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

AT_ONCE = frozenset({Verb.TAKE, Verb.RESUME, Verb.ACKNOWLEDGE, Verb.ACCEPT_HAND_OVER, Verb.FOLLOW})
"""They ask nothing, so they need no dialog."""
WRITTEN = frozenset({Verb.REPLY, Verb.NOTE})
"""Their place is the box under the story."""
BESIDE = (
    Verb.DECLINE_HAND_OVER, Verb.HAND_OVER, Verb.ASSIGN, Verb.RETURN_TO_WORK, Verb.RELEASE,
    Verb.TAKE, Verb.RESUME, Verb.WAIT, Verb.ACKNOWLEDGE, Verb.COMPLETE, Verb.ACCEPT, Verb.REOPEN,
)  # fmt: skip
GROUPS: dict[str, tuple[Verb, ...]] = {
    "work": (
        Verb.RESUME, Verb.WAIT, Verb.COMPLETE, Verb.ACCEPT, Verb.RETURN_TO_WORK, Verb.REOPEN,
        Verb.ACKNOWLEDGE, Verb.PROPOSE_DEADLINE, Verb.SET_DEADLINE, Verb.SET_PRIORITY, Verb.EDIT,
    ),
    "people": (
        Verb.TAKE, Verb.RELEASE, Verb.HAND_OVER, Verb.ASSIGN, Verb.DECLINE_HAND_OVER, Verb.NUDGE,
        Verb.FOLLOW, Verb.UNFOLLOW,
    ),
    "relations": (
        Verb.TAG, Verb.LINK, Verb.ADD_SUBTASK, Verb.MAKE_SUBTASK, Verb.MERGE, Verb.UNMERGE,
    ),
    "files": (Verb.ATTACH,),
    "administration": (Verb.ARCHIVE, Verb.UNARCHIVE, Verb.CANCEL, Verb.DELETE),
}  # fmt: skip
"""Behind the dots, under these headings."""
_GROUPED = [(name, verb) for name, verbs in GROUPS.items() for verb in verbs]
MOST_OUTSIDE = 3
"""So many stand outside of the menu as buttons, the first among them."""
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
    groups: dict[str, list[Action]] = field(default_factory=dict)
    """Behind the dots, by the name of the heading."""
    verbs: frozenset[Verb] = frozenset()
    """All that are allowed, also those that have their place elsewhere on the page."""
    may_reply: bool = False
    may_note: bool = False


def offer(relation: Relation) -> Offer:
    """Ask the tables, then put every allowed verb where it belongs."""
    verbs = allowed_verbs(relation)
    first = _first(relation, verbs)
    beside = [verb for verb in BESIDE if verb in verbs and verb is not first]
    if Verb.RETURN_TO_WORK in beside and Verb.REOPEN in beside:
        beside.remove(Verb.REOPEN)
    if not first and not beside:
        beside = [verb for verb in OWN if verb in verbs]
    beside = beside[: MOST_OUTSIDE - (first is not None)]
    return Offer(
        primary=action(relation, first) if first else None,
        beside=[action(relation, verb) for verb in beside],
        groups=_groups(relation, verbs, {first, *beside}),
        verbs=frozenset(verbs),
        may_reply=Verb.REPLY in verbs,
        may_note=Verb.NOTE in verbs,
    )


def _groups(
    relation: Relation, verbs: Collection[Verb], outside: Collection[Verb | None]
) -> dict[str, list[Action]]:
    found: dict[str, list[Action]] = {}
    for name, verb in _GROUPED:
        if verb in verbs and verb not in outside:
            found.setdefault(name, []).append(action(relation, verb))
    return found


def action(relation: Relation, verb: Verb) -> Action:
    """The verb as a button. What acts at once carries how much of the journal was on the page."""
    ticket, label = relation.ticket, label_of(verb, relation)
    url = address_of("ticket_verb", ticket.pk, verb)
    if verb in AT_ONCE:
        return Action(verb, label, f"{url}?seen={ticket.journal_length}", False)
    return Action(verb, label, url, True)


def _first(relation: Relation, verbs: Collection[Verb]) -> Verb | None:
    """What the ticket most likely wants of this person now; nothing, if it wants it of others."""
    row, standing = relation.participant, relation.person.standing
    performs = row is not None and row.is_performer
    addressed = row is not None and row.is_addressee
    leads = relation.ticket.department_id in standing.headed or standing.is_director
    is_new = relation.ticket.status == Status.NEW
    wishes = (
        (Verb.ACCEPT_HAND_OVER, True),
        (Verb.RESUME, performs),
        (Verb.TAKE, has_part(relation)),
        (Verb.COMPLETE, performs),
        (Verb.ACCEPT, True),
        (Verb.ASSIGN, is_new and leads and not addressed),
        (Verb.TAKE, is_new),
    )
    return next((verb for verb, wish in wishes if wish and verb in verbs), None)
