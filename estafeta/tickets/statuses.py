"""The statuses, and which verbs each allows. Who may is `permissions.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from estafeta.tickets.verbs import Verb


class Status(models.TextChoices):
    """Where a ticket is in its life."""

    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting")
    REVIEW = "review", _("In review")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    ARCHIVED = "archived", _("Archived")
    MERGED = "merged", _("Merged")
    DELETED = "deleted", _("Deleted")


OPEN_STATUSES = (Status.NEW, Status.IN_PROGRESS, Status.WAITING, Status.REVIEW)
"""Somebody still has to do something."""
CLOSED_STATUSES = (Status.DONE, Status.CANCELLED)
"""Finished one way or the other, archived by itself after some days."""

_TALK = {
    Verb.REPLY,
    Verb.NOTE,
    Verb.EDIT_COMMENT,
    Verb.DELETE_COMMENT,
    Verb.ATTACH,
    Verb.REMOVE_FILE,
}
_DETAILS = {Verb.EDIT, Verb.SET_PRIORITY, Verb.SET_DEADLINE, Verb.NUDGE}
_DEADLINE = {Verb.PROPOSE_DEADLINE, Verb.ANSWER_DEADLINE}
_ROUTING = {Verb.ASSIGN, Verb.HAND_OVER, Verb.ACKNOWLEDGE, Verb.CANCEL, *_DEADLINE}
_OFFER = {Verb.ACCEPT_HAND_OVER, Verb.DECLINE_HAND_OVER}
_WATCH = {Verb.FOLLOW, Verb.UNFOLLOW}
_TIES = {Verb.TAG, Verb.LINK, Verb.UNLINK}
_PARTS = {Verb.ADD_SUBTASK, Verb.MAKE_SUBTASK, Verb.MERGE, Verb.SPLIT}

ALLOWED: dict[Status, frozenset[Verb]] = {
    Status.NEW: frozenset({Verb.TAKE, *_OFFER, *_ROUTING, *_TALK, *_DETAILS}),
    Status.IN_PROGRESS: frozenset(
        {
            Verb.TAKE,
            Verb.RELEASE,
            Verb.WAIT,
            Verb.COMPLETE,
            *_ROUTING,
            *_TALK,
            *_DETAILS,
        }
    ),
    Status.WAITING: frozenset(
        {Verb.RELEASE, Verb.RESUME, Verb.COMPLETE, *_ROUTING, *_TALK, *_DETAILS}
    ),
    Status.REVIEW: frozenset({Verb.ACCEPT, Verb.RETURN_TO_WORK, *_TALK, *_DETAILS}),
    Status.DONE: frozenset({Verb.RETURN_TO_WORK, Verb.REOPEN, Verb.ARCHIVE, *_TALK}),
    Status.CANCELLED: frozenset({Verb.REOPEN, Verb.ARCHIVE, *_TALK}),
    Status.ARCHIVED: frozenset({Verb.REOPEN, Verb.UNARCHIVE}),
}
for _status in ALLOWED:
    ALLOWED[_status] |= {Verb.MOVE, Verb.DELETE, *_WATCH, *_TIES}
for _status in (Status.NEW, Status.IN_PROGRESS):
    ALLOWED[_status] |= {Verb.ESCALATE}
for _status in OPEN_STATUSES:
    ALLOWED[_status] |= {*_PARTS, Verb.DETACH_SUBTASK}
for _status in CLOSED_STATUSES:
    ALLOWED[_status] |= {Verb.SPLIT, Verb.DETACH_SUBTASK}
ALLOWED[Status.MERGED] = frozenset({Verb.MOVE, Verb.UNMERGE, Verb.DELETE, Verb.UNFOLLOW})
ALLOWED[Status.DELETED] = frozenset({Verb.MOVE, Verb.RESTORE})

LEADS_TO: dict[Verb, tuple[Status, ...]] = {
    Verb.OPEN: (Status.NEW, Status.IN_PROGRESS),
    Verb.TAKE: (Status.IN_PROGRESS,),
    Verb.RELEASE: (Status.NEW, Status.DONE, Status.REVIEW),
    Verb.ASSIGN: (Status.IN_PROGRESS,),
    Verb.HAND_OVER: (Status.NEW, Status.IN_PROGRESS),
    Verb.ACCEPT_HAND_OVER: (Status.NEW, Status.IN_PROGRESS),
    Verb.DECLINE_HAND_OVER: (Status.NEW, Status.IN_PROGRESS),
    Verb.WAIT: (Status.WAITING,),
    Verb.RESUME: (Status.IN_PROGRESS,),
    Verb.REPLY: (Status.IN_PROGRESS,),
    Verb.COMPLETE: (Status.REVIEW, Status.DONE),
    Verb.ACCEPT: (Status.DONE,),
    Verb.RETURN_TO_WORK: (Status.IN_PROGRESS, Status.NEW),
    Verb.REOPEN: (Status.NEW,),
    Verb.CANCEL: (Status.CANCELLED,),
    Verb.ARCHIVE: (Status.ARCHIVED,),
    Verb.UNARCHIVE: (Status.DONE, Status.CANCELLED),
    Verb.MERGE: (Status.MERGED,),
    Verb.UNMERGE: (Status.NEW, Status.IN_PROGRESS, Status.REVIEW),
    Verb.DELETE: (Status.DELETED,),
    Verb.RESTORE: tuple(status for status in Status if status != "deleted"),
}
"""Verbs that may change the status, and to what; the others leave it as it is. A reply changes it
only when the ticket waits for the requester and he writes; a release ends the work only where each
finishes separately and all others have."""
