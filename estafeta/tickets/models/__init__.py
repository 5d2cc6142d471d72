"""What is kept about tickets. Models answer questions; `actions/` changes things."""

from estafeta.tickets.models.answer_template import AnswerTemplate
from estafeta.tickets.models.attachment import Attachment
from estafeta.tickets.models.bulk_run import BulkRun
from estafeta.tickets.models.comment import Comment, Reaction, Sign, Wording
from estafeta.tickets.models.draft import Draft
from estafeta.tickets.models.entry import Entry
from estafeta.tickets.models.hold import Hold
from estafeta.tickets.models.link import Link, LinkKind, LinkWord
from estafeta.tickets.models.participant import Participant, ReadMark
from estafeta.tickets.models.pending import PendingDeadline, PendingHandOver
from estafeta.tickets.models.purge import Purge
from estafeta.tickets.models.renewal import Renewal
from estafeta.tickets.models.saved_view import RecentSearch, SavedView
from estafeta.tickets.models.seal import Seal
from estafeta.tickets.models.submission import Submission
from estafeta.tickets.models.tag import Tag, Tagging
from estafeta.tickets.models.tally import Tally
from estafeta.tickets.models.ticket import Acceptance, Priority, Ticket, WaitFor
from estafeta.tickets.models.topic import Evidence, Topic
from estafeta.tickets.models.turn import Turn

__all__ = [
    "Acceptance", "AnswerTemplate", "Attachment", "BulkRun", "Comment", "Draft", "Entry",
    "Evidence", "Hold", "Link", "LinkKind", "LinkWord", "Participant", "PendingDeadline",
    "PendingHandOver", "Priority", "Purge", "Reaction", "ReadMark", "RecentSearch", "Renewal",
    "SavedView", "Seal", "Sign", "Submission", "Tag", "Tagging", "Tally", "Ticket", "Topic",
    "Turn", "WaitFor", "Wording",
]  # fmt: skip
