"""What can be done to a ticket: one verb, one function, one transaction, one journal entry."""

from estafeta.tickets.actions.closing import (
    accept,
    archive,
    cancel,
    complete,
    reopen,
    return_to_work,
    unarchive,
)
from estafeta.tickets.actions.comments import delete_comment, edit_comment
from estafeta.tickets.actions.conversation import note, reply
from estafeta.tickets.actions.deleting import delete, restore
from estafeta.tickets.actions.details import edit, set_deadline, set_priority
from estafeta.tickets.actions.escalating import escalate
from estafeta.tickets.actions.files import attach, remove_file
from estafeta.tickets.actions.following import follow, unfollow
from estafeta.tickets.actions.handing import accept_hand_over, decline_hand_over
from estafeta.tickets.actions.linking import link, unlink
from estafeta.tickets.actions.merging import merge, unmerge
from estafeta.tickets.actions.moving import move
from estafeta.tickets.actions.nudging import nudge
from estafeta.tickets.actions.opening import open_ticket
from estafeta.tickets.actions.parley import answer_deadline, propose_deadline
from estafeta.tickets.actions.parts import add_subtask, split
from estafeta.tickets.actions.pausing import resume, wait
from estafeta.tickets.actions.routing import (
    acknowledge,
    assign,
    hand_over,
    release,
    take,
)
from estafeta.tickets.actions.tagging import tag
from estafeta.tickets.actions.wholes import detach_subtask, make_subtask

__all__ = [
    "accept",
    "accept_hand_over",
    "acknowledge",
    "add_subtask",
    "answer_deadline",
    "archive",
    "assign",
    "attach",
    "cancel",
    "complete",
    "decline_hand_over",
    "delete",
    "delete_comment",
    "detach_subtask",
    "edit",
    "edit_comment",
    "escalate",
    "follow",
    "hand_over",
    "link",
    "make_subtask",
    "merge",
    "move",
    "note",
    "nudge",
    "open_ticket",
    "propose_deadline",
    "release",
    "remove_file",
    "reopen",
    "reply",
    "restore",
    "resume",
    "return_to_work",
    "set_deadline",
    "set_priority",
    "split",
    "tag",
    "take",
    "unarchive",
    "unfollow",
    "unlink",
    "unmerge",
    "wait",
]  # fmt: skip
