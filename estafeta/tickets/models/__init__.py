"""What is kept about tickets. Models answer questions; `actions/` changes things."""

from estafeta.tickets.models.bulk_run import BulkRun
from estafeta.tickets.models.comment import Comment
from estafeta.tickets.models.entry import Entry
from estafeta.tickets.models.hold import Hold
from estafeta.tickets.models.participant import Participant, ReadMark
from estafeta.tickets.models.pending import PendingDeadline, PendingHandOver
from estafeta.tickets.models.submission import Submission
from estafeta.tickets.models.tally import Tally
from estafeta.tickets.models.ticket import Acceptance, Priority, Ticket, WaitFor
from estafeta.tickets.models.topic import Evidence, Topic
from estafeta.tickets.models.turn import Turn

__all__ = [
    "Acceptance", "BulkRun", "Comment", "Entry", "Evidence", "Hold", "Participant", "PendingDeadline",
    "PendingHandOver", "Priority", "ReadMark",
    "Submission", "Tally", "Ticket", "Topic", "Turn", "WaitFor",
]  # fmt: skip
