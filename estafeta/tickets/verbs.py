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
    EDIT = "edit", _("Edit")
    SET_PRIORITY = "set_priority", _("Set priority")
    SET_DEADLINE = "set_deadline", _("Set deadline")


CONVERSATION = frozenset(
    {Verb.REPLY, Verb.NOTE, Verb.EDIT_COMMENT, Verb.DELETE_COMMENT, Verb.ACKNOWLEDGE}
)
"""Verbs that never stand in the way of what somebody else does at the same time."""
WRITTEN = frozenset({Verb.REPLY, Verb.NOTE})
"""Verbs by which somebody says something to be read."""
CHANGING_WORDS = frozenset({Verb.EDIT_COMMENT, Verb.DELETE_COMMENT})
"""Verbs by which somebody changes what he said."""
STAFF_ONLY = frozenset({Verb.NOTE})
"""Entries of these verbs are shown to agents only, and so is whatever is about a note."""
