"""The kinds of events a person decides about: the rows of his matrix of event and channel.

A row for each verb would be too long to read; a verb of the journal belongs to one kind. Being
called by name and what is urgent and unanswered go before the kind of the verb.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from estafeta.tickets.models import Entry
from estafeta.tickets.verbs import Verb


class Kind(models.TextChoices):
    """What happened, as far as it matters for who wants to hear of it."""

    OFFERED = "offered", pgettext_lazy("kind of event", "New for me or my department")
    MENTIONED = "mentioned", pgettext_lazy("kind of event", "Somebody calls me by name")
    TAKEN = "taken", pgettext_lazy("kind of event", "Taken, released, acknowledged")
    REPLIED = "replied", pgettext_lazy("kind of event", "Replies and files")
    NOTED = "noted", pgettext_lazy("kind of event", "Notes of colleagues")
    WAITING = "waiting", pgettext_lazy("kind of event", "Waiting and going on")
    DONE = "done", pgettext_lazy("kind of event", "Done, accepted, returned, cancelled")
    DEADLINE = "deadline", pgettext_lazy("kind of event", "Deadlines and priorities")
    CHANGED = "changed", pgettext_lazy("kind of event", "Other changes")
    REMINDED = "reminded", pgettext_lazy("kind of event", "Reminders")
    ESCALATED = "escalated", pgettext_lazy("kind of event", "Urgent and nobody answers")
    ANNOUNCED = "announced", pgettext_lazy("kind of event", "Announcements")
    TALKED = "chat_message", pgettext_lazy("kind of event", "Written to me in the chat")
    ROOM = "chat_room", pgettext_lazy("kind of event", "All that is written in chat rooms")
    ASKED = "chat_waiting", pgettext_lazy("kind of event", "Somebody waits for an operator")


OF_TALKS = frozenset({Kind.TALKED, Kind.ROOM, Kind.ASKED})
"""Of these no journal tells: they come from the chat."""


KIND_OF: dict[Verb, Kind] = {
    Verb.OPEN: Kind.OFFERED,
    Verb.ASSIGN: Kind.OFFERED,
    Verb.HAND_OVER: Kind.OFFERED,
    Verb.DECLINE_HAND_OVER: Kind.OFFERED,
    Verb.ADD_SUBTASK: Kind.OFFERED,
    Verb.SPLIT: Kind.OFFERED,
    Verb.TAKE: Kind.TAKEN,
    Verb.RELEASE: Kind.TAKEN,
    Verb.ACKNOWLEDGE: Kind.TAKEN,
    Verb.ACCEPT_HAND_OVER: Kind.TAKEN,
    Verb.REPLY: Kind.REPLIED,
    Verb.ATTACH: Kind.REPLIED,
    Verb.NOTE: Kind.NOTED,
    Verb.WAIT: Kind.WAITING,
    Verb.RESUME: Kind.WAITING,
    Verb.COMPLETE: Kind.DONE,
    Verb.ACCEPT: Kind.DONE,
    Verb.RETURN_TO_WORK: Kind.DONE,
    Verb.REOPEN: Kind.DONE,
    Verb.CANCEL: Kind.DONE,
    Verb.SET_PRIORITY: Kind.DEADLINE,
    Verb.SET_DEADLINE: Kind.DEADLINE,
    Verb.PROPOSE_DEADLINE: Kind.DEADLINE,
    Verb.ANSWER_DEADLINE: Kind.DEADLINE,
    Verb.NUDGE: Kind.REMINDED,
    Verb.ESCALATE: Kind.ESCALATED,
}
"""Every other verb is a change like any."""


_NAMING = frozenset({Verb.ASSIGN, Verb.HAND_OVER, Verb.NUDGE, Verb.ESCALATE})
"""They turn to the people they name, whatever these wanted to hear of the ticket before."""


def calls(entry: Entry, person: int) -> bool:
    """Whether the entry turns to this person and nobody else."""
    named = entry.facts.get("people", []) if Verb(entry.verb) in _NAMING else []
    return any(called["id"] == person for called in (*named, *entry.facts.get("mentions", [])))


def kind_of(entry: Entry, person: int) -> Kind:
    """Tell which kind the entry is for the person with this id."""
    if any(called["id"] == person for called in entry.facts.get("mentions", [])):
        return Kind.MENTIONED
    return KIND_OF.get(Verb(entry.verb), Kind.CHANGED)
