"""How each verb reads in the journal, from its facts, in the reader's language.

Phrases are in the present tense and name nobody in an oblique case, so that they need neither the
actor's gender nor declined names. The actor's name stands before the phrase on every face.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.tickets.models.ticket import Priority, WaitFor
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.tickets.models import Entry

PHRASES: dict[Verb, Any] = {
    Verb.OPEN: gettext_lazy("opens the ticket: %(to)s"),
    Verb.TAKE: gettext_lazy("takes the ticket"),
    Verb.RELEASE: gettext_lazy("releases the ticket"),
    Verb.ASSIGN: gettext_lazy("assigns the ticket: %(to)s"),
    Verb.HAND_OVER: gettext_lazy("hands the ticket over: %(to)s"),
    Verb.ACKNOWLEDGE: gettext_lazy("confirms having seen the ticket"),
    Verb.WAIT: gettext_lazy("puts the ticket on hold: %(wait)s"),
    Verb.RESUME: gettext_lazy("resumes work"),
    Verb.COMPLETE: gettext_lazy("completes the ticket"),
    Verb.ACCEPT: gettext_lazy("accepts the result"),
    Verb.RETURN_TO_WORK: gettext_lazy("returns the ticket to work"),
    Verb.REOPEN: gettext_lazy("reopens the ticket"),
    Verb.CANCEL: gettext_lazy("cancels the ticket"),
    Verb.ARCHIVE: gettext_lazy("moves the ticket to the archive"),
    Verb.UNARCHIVE: gettext_lazy("brings the ticket back from the archive"),
    Verb.REPLY: gettext_lazy("replies"),
    Verb.NOTE: gettext_lazy("writes a note"),
    Verb.EDIT_COMMENT: gettext_lazy("changes a comment"),
    Verb.DELETE_COMMENT: gettext_lazy("deletes a comment"),
    Verb.EDIT: gettext_lazy("edits the ticket: %(changed)s"),
    Verb.SET_PRIORITY: gettext_lazy("changes the priority: %(old)s → %(new)s"),
    Verb.SET_DEADLINE: gettext_lazy("changes the deadline: %(old)s → %(new)s"),
}

FIELD_NAMES = {
    "title": gettext_lazy("title"),
    "text": gettext_lazy("text"),
    "topic": gettext_lazy("topic"),
    "acceptance": gettext_lazy("acceptance"),
}

NOTICES = {
    "ping_pong": gettext_lazy("The ticket goes back and forth between the same hands."),
    "loop": gettext_lazy("The ticket has returned to somebody who held it before."),
    "many": gettext_lazy("The ticket has been handed over many times."),
}


def phrase(entry: Entry) -> str:
    """What the actor does, without his name and without the reason."""
    return str(PHRASES[Verb(entry.verb)]) % _words(entry)


def reason(entry: Entry) -> str:
    """What the actor said about it, if anything."""
    return str(entry.facts.get("reason", ""))


def notice(entry: Entry) -> str:
    """A warning about the way the baton goes, or nothing."""
    found = NOTICES.get(entry.facts.get("notice", ""))
    return str(found) if found else ""


def _words(entry: Entry) -> dict[str, str]:
    facts = entry.facts
    words = {"to": _names(facts), "wait": _wait(facts)}
    if entry.verb == Verb.EDIT:
        words["changed"] = _changed(facts)
    if entry.verb == Verb.SET_PRIORITY:
        words.update({key: str(Priority(facts[key]).label) for key in ("old", "new")})
    if entry.verb == Verb.SET_DEADLINE:
        words.update({key: moment(facts[key]) for key in ("old", "new")})
    return words


def _names(facts: dict[str, Any]) -> str:
    people = [person["name"] for person in facts.get("people", [])]
    return ", ".join(people) or facts.get("department", {}).get("name", "")


def _wait(facts: dict[str, Any]) -> str:
    if not facts.get("wait_for"):
        return ""
    words = str(WaitFor(facts["wait_for"]).label)
    return f"{words}, {moment(facts['until'])}" if facts.get("until") else words


def _changed(facts: dict[str, Any]) -> str:
    return ", ".join(str(FIELD_NAMES[name]) for name in facts.get("old", {}) if name in FIELD_NAMES)


def moment(iso: str | None) -> str:
    """A moment kept in facts (ISO 8601), in the reader's zone and language."""
    at = parse_datetime(iso) if iso else None
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else _("none")
