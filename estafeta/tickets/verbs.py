"""Every verb: what can happen to a ticket."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verb(models.TextChoices):
    """The label is the button's; how a verb reads in the journal is `phrases.py`."""

    OPEN = "open", _("New ticket")
    TAKE = "take", _("Take")
    RELEASE = "release", _("Release")
    ASSIGN = "assign", _("Assign")
    HAND_OVER = "hand_over", _("Hand over")
    ACCEPT_HAND_OVER = "accept_hand_over", _("Accept the hand-over")
    DECLINE_HAND_OVER = "decline_hand_over", _("Decline the hand-over")
    ACKNOWLEDGE = "acknowledge", _("Acknowledge")
    WAIT = "wait", pgettext_lazy("verb", "Wait")
    RESUME = "resume", _("Resume")
    COMPLETE = "complete", _("Complete")
    ACCEPT = "accept", _("Accept")
    RETURN_TO_WORK = "return_to_work", _("Return to work")
    REOPEN = "reopen", _("Reopen")
    CANCEL = "cancel", _("Cancel ticket")
    ARCHIVE = "archive", pgettext_lazy("verb", "Archive")
    UNARCHIVE = "unarchive", _("Bring back from the archive")
    REPLY = "reply", pgettext_lazy("verb", "Reply")
    NOTE = "note", pgettext_lazy("verb", "Note")
    EDIT_COMMENT = "edit_comment", _("Edit comment")
    DELETE_COMMENT = "delete_comment", _("Delete comment")
    ATTACH = "attach", _("Attach files")
    REMOVE_FILE = "remove_file", _("Remove file")
    EDIT = "edit", _("Edit")
    SET_PRIORITY = "set_priority", _("Set priority")
    SET_DEADLINE = "set_deadline", _("Set deadline")
    PROPOSE_DEADLINE = "propose_deadline", _("Propose a deadline")
    ANSWER_DEADLINE = "answer_deadline", _("Answer the proposed deadline")
    NUDGE = "nudge", _("Remind")
    FOLLOW = "follow", _("Follow")
    UNFOLLOW = "unfollow", _("Unfollow")
    TAG = "tag", pgettext_lazy("verb", "Tags")
    LINK = "link", _("Link to a ticket")
    UNLINK = "unlink", _("Remove the link")
    MERGE = "merge", _("Merge into a ticket")
    UNMERGE = "unmerge", _("Undo the merge")
    SPLIT = "split", _("Split into a new ticket")
    ADD_SUBTASK = "add_subtask", _("Add a sub-ticket")
    MAKE_SUBTASK = "make_subtask", _("Make a part of another ticket")
    DETACH_SUBTASK = "detach_subtask", _("Take off as a part")
    DELETE = "delete", pgettext_lazy("verb", "Delete")
    RESTORE = "restore", _("Restore")
    MOVE = "move", _("Move with its department")
    ESCALATE = "escalate", _("Call louder")


CONVERSATION = frozenset(
    {
        Verb.REPLY,
        Verb.NOTE,
        Verb.EDIT_COMMENT,
        Verb.DELETE_COMMENT,
        Verb.ACKNOWLEDGE,
        Verb.NUDGE,
        Verb.ESCALATE,
        Verb.ATTACH,
        Verb.REMOVE_FILE,
    }
    | {Verb.FOLLOW, Verb.UNFOLLOW, Verb.TAG, Verb.LINK, Verb.UNLINK}
    | {Verb.MAKE_SUBTASK, Verb.DETACH_SUBTASK}
)
"""Verbs that never stand in the way of what somebody else does at the same time."""
WRITTEN = frozenset({Verb.REPLY, Verb.NOTE, Verb.ATTACH})
"""Verbs by which somebody says something to be read."""
CHANGING_WORDS = frozenset({Verb.EDIT_COMMENT, Verb.DELETE_COMMENT})
"""Verbs by which somebody changes what he said."""
STAFF_ONLY = frozenset(
    {
        Verb.NOTE, Verb.FOLLOW, Verb.UNFOLLOW, Verb.TAG, Verb.LINK, Verb.UNLINK, Verb.SPLIT,
        Verb.ADD_SUBTASK, Verb.MAKE_SUBTASK, Verb.DETACH_SUBTASK, Verb.DELETE, Verb.RESTORE,
        Verb.ESCALATE,
    }
)  # fmt: skip
"""Entries of these verbs are shown to agents only, and so is whatever is about a note: how staff
arranges its work is not the client's business."""
BY_SYSTEM = frozenset({Verb.MOVE, Verb.ESCALATE})
"""Verbs that only the product itself does: they have neither a form nor an operation."""
