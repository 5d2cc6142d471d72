"""Which verbs make sense for many tickets at once, and which takes another back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_datetime

from estafeta.tickets.models import Ticket
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.tickets.models import Entry

Keywords = dict[str, Any]

BULK: tuple[Verb, ...] = (
    Verb.TAKE, Verb.ASSIGN, Verb.HAND_OVER, Verb.RELEASE, Verb.ACKNOWLEDGE, Verb.WAIT, Verb.RESUME,
    Verb.COMPLETE, Verb.ACCEPT, Verb.RETURN_TO_WORK, Verb.SET_PRIORITY, Verb.SET_DEADLINE,
    Verb.LINK, Verb.MAKE_SUBTASK, Verb.MERGE,
    Verb.TAG, Verb.FOLLOW, Verb.UNFOLLOW, Verb.REPLY, Verb.NOTE, Verb.REOPEN, Verb.CANCEL, Verb.ARCHIVE, Verb.UNARCHIVE,
)  # fmt: skip
"""In the order in which they are offered."""


@dataclass(frozen=True)
class Inverse:
    """The verb that takes another back, and what it is called with; None: this one cannot be."""

    verb: Verb
    keywords: Callable[[Entry], Keywords | None] = lambda _entry: {}


def _if_it_was_mine(entry: Entry) -> Keywords | None:
    before = entry.facts.get("from", {}).get("people", [])
    return {} if [person["id"] for person in before] == [entry.actor_id] else None


def _the_old_priority(entry: Entry) -> Keywords | None:
    return {"priority": entry.facts["old"]}


def _the_old_deadline(entry: Entry) -> Keywords | None:
    old = entry.facts["old"]
    return {"deadline": parse_datetime(old) if old else None}


def _the_other_way_round(entry: Entry) -> Keywords | None:
    return {"add": entry.facts.get("removed", []), "remove": entry.facts.get("added", [])}


def _if_it_was_for_oneself(entry: Entry) -> Keywords | None:
    return None if entry.facts.get("people") else {}


def _about_the_same(entry: Entry) -> Keywords | None:
    other = Ticket.objects.filter(pk=entry.facts["other"]).first()
    return {"other": other} if other else None


def _the_same_link(entry: Entry) -> Keywords | None:
    found = _about_the_same(entry)
    return {**found, "kind": entry.facts["link"]} if found else None


INVERSES: dict[Verb, Inverse] = {
    Verb.TAKE: Inverse(Verb.RELEASE),
    Verb.RELEASE: Inverse(Verb.TAKE, _if_it_was_mine),
    Verb.ARCHIVE: Inverse(Verb.UNARCHIVE),
    Verb.UNARCHIVE: Inverse(Verb.ARCHIVE),
    Verb.TAG: Inverse(Verb.TAG, _the_other_way_round),
    Verb.FOLLOW: Inverse(Verb.UNFOLLOW, _if_it_was_for_oneself),
    Verb.UNFOLLOW: Inverse(Verb.FOLLOW, _if_it_was_for_oneself),
    Verb.LINK: Inverse(Verb.UNLINK, _the_same_link),
    Verb.MAKE_SUBTASK: Inverse(Verb.DETACH_SUBTASK, _about_the_same),
    Verb.MERGE: Inverse(Verb.UNMERGE),
    Verb.SET_PRIORITY: Inverse(Verb.SET_PRIORITY, _the_old_priority),
    Verb.SET_DEADLINE: Inverse(Verb.SET_DEADLINE, _the_old_deadline),
}
