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

from estafeta.tickets.models.link import LinkWord
from estafeta.tickets.models.ticket import Acceptance, Priority, WaitFor
from estafeta.tickets.models.topic import Evidence
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.tickets.models import Entry

PHRASES: dict[Verb, Any] = {
    Verb.OPEN: gettext_lazy("opens the ticket: %(to)s"),
    Verb.TAKE: gettext_lazy("takes the ticket"),
    Verb.RELEASE: gettext_lazy("releases the ticket"),
    Verb.ASSIGN: gettext_lazy("assigns the ticket: %(to)s"),
    Verb.HAND_OVER: gettext_lazy("hands the ticket over: %(to)s"),
    Verb.ACCEPT_HAND_OVER: gettext_lazy("accepts the hand-over"),
    Verb.DECLINE_HAND_OVER: gettext_lazy("declines the hand-over; the ticket goes back: %(to)s"),
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
    Verb.ATTACH: gettext_lazy("attaches files: %(files)s"),
    Verb.REMOVE_FILE: gettext_lazy("removes a file: %(files)s"),
    Verb.EDIT_COMMENT: gettext_lazy("changes a comment"),
    Verb.DELETE_COMMENT: gettext_lazy("deletes a comment"),
    Verb.EDIT: gettext_lazy("edits the ticket: %(changed)s"),
    Verb.MOVE: gettext_lazy("moves the ticket with its department: %(to)s"),
    Verb.SET_PRIORITY: gettext_lazy("changes the priority: %(old)s → %(new)s"),
    Verb.SET_DEADLINE: gettext_lazy("changes the deadline: %(old)s → %(new)s"),
    Verb.PROPOSE_DEADLINE: gettext_lazy("proposes another deadline: %(old)s → %(new)s"),
    Verb.ANSWER_DEADLINE: gettext_lazy("agrees to the deadline: %(old)s → %(new)s"),
    Verb.NUDGE: gettext_lazy("reminds: %(to)s"),
    Verb.ESCALATE: gettext_lazy("calls louder, step %(step)s: %(to)s"),
    Verb.FOLLOW: gettext_lazy("follows the ticket"),
    Verb.UNFOLLOW: gettext_lazy("no longer follows the ticket"),
    Verb.TAG: gettext_lazy("changes the tags: %(tags)s"),
    Verb.LINK: gettext_lazy("links the ticket to another one: %(link)s"),
    Verb.UNLINK: gettext_lazy("removes the link to another ticket: %(link)s"),
    Verb.MERGE: gettext_lazy("merges the ticket into another one"),
    Verb.UNMERGE: gettext_lazy("undoes the merge: the ticket stands for itself again"),
    Verb.SPLIT: gettext_lazy("makes a new ticket of a comment"),
    Verb.ADD_SUBTASK: gettext_lazy("adds a sub-ticket"),
    Verb.MAKE_SUBTASK: gettext_lazy("makes the ticket a part of another one"),
    Verb.DETACH_SUBTASK: gettext_lazy(
        "takes the ticket off: it is no part of another one any more"
    ),
    Verb.DELETE: gettext_lazy("deletes the ticket"),
    Verb.RESTORE: gettext_lazy("restores the ticket"),
}

VARIANTS: dict[tuple[Verb, str], Any] = {
    (Verb.OPEN, "round_robin"): gettext_lazy("opens the ticket; in turn it goes to: %(to)s"),
    (Verb.OPEN, "least_loaded"): gettext_lazy(
        "opens the ticket; it goes to whoever has least to do: %(to)s"
    ),
    (Verb.RELEASE, "all_finished"): gettext_lazy("releases the ticket; all others have finished"),
    (Verb.HAND_OVER, "asks"): gettext_lazy("hands the ticket over, if it is accepted: %(to)s"),
    (Verb.ACCEPT_HAND_OVER, "people"): gettext_lazy("accepts the hand-over: %(to)s"),
    (Verb.COMPLETE, "part"): gettext_lazy("completes the own part"),
    (Verb.COMPLETE, "number"): gettext_lazy("completes the ticket, number %(number)s"),
    (Verb.COMPLETE, "part_number"): gettext_lazy("completes the own part, number %(number)s"),
    (Verb.NUDGE, "heads"): gettext_lazy("reminds the head of the department"),
    (Verb.RETURN_TO_WORK, "people"): gettext_lazy("returns the ticket to work: %(to)s"),
    (Verb.ANSWER_DEADLINE, "declined"): gettext_lazy("does not agree to the deadline: %(new)s"),
    (Verb.FOLLOW, "people"): gettext_lazy("adds followers: %(to)s"),
    (Verb.UNFOLLOW, "people"): gettext_lazy("removes a follower: %(to)s"),
    (Verb.REPLY, "mentions"): gettext_lazy("replies and mentions: %(mentioned)s"),
    (Verb.NOTE, "mentions"): gettext_lazy("writes a note and mentions: %(mentioned)s"),
    (Verb.EDIT_COMMENT, "mentions"): gettext_lazy("changes a comment and mentions: %(mentioned)s"),
    (Verb.MERGE, "takes_in"): gettext_lazy("merges another ticket into this one"),
    (Verb.UNMERGE, "takes_in"): gettext_lazy("undoes the merge of another ticket into this one"),
    (Verb.MAKE_SUBTASK, "takes_in"): gettext_lazy("makes another ticket a part of this one"),
    (Verb.DETACH_SUBTASK, "takes_in"): gettext_lazy("takes a part off: it stands for itself again"),
}
"""How a verb reads where its facts make it something else."""

CALLS = {
    Verb.REPLY: gettext_lazy("mentions you in a reply"),
    Verb.NOTE: gettext_lazy("mentions you in a note"),
}
"""How it reads to whom the writer calls; elsewhere without saying where."""
MOST_FILES = 5

FIELD_NAMES = {
    "title": gettext_lazy("title"),
    "text": gettext_lazy("text"),
    "topic": gettext_lazy("topic"),
    "acceptance": gettext_lazy("acceptance"),
    "evidence": gettext_lazy("evidence of completion"),
}

NOTICES = {
    "ping_pong": gettext_lazy("The ticket goes back and forth between the same hands."),
    "loop": gettext_lazy("The ticket has returned to somebody who held it before."),
    "many": gettext_lazy("The ticket has been handed over many times."),
    "silence": gettext_lazy("Nobody has objected in time."),
    "unanswered": gettext_lazy("Nobody has accepted or declined it in time."),
}


def phrase(entry: Entry, *, to: int | None = None) -> str:
    """What the actor does, without his name and without the reason; `to` is who is told of it."""
    verb = Verb(entry.verb)
    if to is not None and calls(entry, to):
        return str(CALLS.get(verb) or _("mentions you"))
    words = VARIANTS.get((verb, _variant(verb, entry.facts)), PHRASES[verb])
    return str(words) % _words(entry)


def calls(entry: Entry, person: int) -> bool:
    """Whether the writer mentions this person; who is also given the ticket is told that instead."""
    facts = entry.facts
    called, given = ({row["id"] for row in facts.get(key, ())} for key in ("mentions", "people"))
    return person in called - given


def reason(entry: Entry) -> str:
    """What the actor said about it, if anything.

    Why a ticket was merged is told in its own story: not everybody sees it who sees where it went on.
    """
    return "" if entry.facts.get("takes_in") else str(entry.facts.get("reason", ""))


def notice(entry: Entry) -> str:
    """A warning about the way the baton goes, or nothing."""
    found = NOTICES.get(entry.facts.get("notice", ""))
    return str(found) if found else ""


def replaced(entry: Entry) -> list[tuple[str, str]]:
    """What an edit replaced: (name of the field, its old value)."""
    if entry.verb != Verb.EDIT:
        return []
    old = dict(entry.facts.get("old", {}))
    if old.get("acceptance"):
        old["acceptance"] = Acceptance(old["acceptance"]).label
    if old.get("evidence"):
        old["evidence"] = ", ".join(str(Evidence(kind).label) for kind in old["evidence"])
    return [
        (str(name), str(old[field] or "—")) for field, name in FIELD_NAMES.items() if field in old
    ]


def _variant(verb: Verb, facts: dict[str, Any]) -> str:
    if verb is Verb.OPEN:
        return str(facts.get("assigned", ""))
    if verb is Verb.COMPLETE:
        carried = [name for name in ("part", "number") if facts.get(name)]
        return "_".join(carried)
    if verb is Verb.ANSWER_DEADLINE:
        return "" if facts.get("agreed") else "declined"
    named = ("all_finished", "asks", "heads", "people", "takes_in", "mentions")
    return next((name for name in named if facts.get(name) and (verb, name) in VARIANTS), "")


def _words(entry: Entry) -> dict[str, str]:
    facts = entry.facts
    words = {
        "to": _names(facts),
        "mentioned": ", ".join(person["name"] for person in facts.get("mentions", ())),
        "wait": _wait(facts),
        "files": file_names(facts),
        "number": facts.get("number", ""),
        "step": facts.get("step", ""),
    }
    if entry.verb == Verb.EDIT:
        words["changed"] = _changed(facts)
    if entry.verb == Verb.TAG:
        words["tags"] = _tags(facts)
    if "link" in facts:
        words["link"] = str(LinkWord(facts["link"]).label)
    if entry.verb == Verb.SET_PRIORITY:
        words.update({key: str(Priority(facts[key]).label) for key in ("old", "new")})
    if entry.verb in (Verb.SET_DEADLINE, Verb.PROPOSE_DEADLINE, Verb.ANSWER_DEADLINE):
        words.update({key: moment(facts[key]) for key in ("old", "new")})
    return words


def _names(facts: dict[str, Any]) -> str:
    people = [person["name"] for person in facts.get("people", [])]
    return ", ".join(people) or facts.get("department", {}).get("name", "")


def _tags(facts: dict[str, Any]) -> str:
    added = [f"+{name}" for name in facts.get("added", [])]
    return ", ".join([*added, *(f"−{name}" for name in facts.get("removed", []))])


def file_names(facts: dict[str, Any]) -> str:
    """Of the files that came or went; of very many the first."""
    files = facts.get("files") or ([facts["file"]] if "file" in facts else [])
    names = [str(file["name"]) for file in files]
    if len(names) > MOST_FILES:
        names[MOST_FILES:] = [_("and %(count)s more") % {"count": len(names) - MOST_FILES}]
    return ", ".join(names)


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
