"""What each verb takes: the table from which its operation is made."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from estafeta.api.schemas import relations
from estafeta.api.schemas.base import Body, Files, Id, LongText, Moment, People, Reason
from estafeta.api.schemas.tickets import PriorityName
from estafeta.tickets.models import Acceptance, Evidence, WaitFor
from estafeta.tickets.performers.separately import Stage
from estafeta.tickets.verbs import Verb

DespiteSubtasks = Annotated[
    bool, Field(strict=True, description="Its open sub-tickets may stay open")
]
Title = Annotated[str, Field(min_length=1, max_length=250)]


Separate = Annotated[
    bool | None,
    Field(description="Each of several people finishes separately; null: as it is"),
]
Proofs = Annotated[
    list[Evidence] | None,
    Field(description="What completion must carry; null: as it is, or as the topic says"),
]


class OpenBody(Body):
    """A new ticket, to a department, to people, or to both."""

    title: Title
    text: LongText = Field("", description="Markdown")
    department: Id | None = Field(
        None, description="May be left out when a topic or people say where it belongs"
    )
    people: Annotated[People | None, Field(description="Null: as the topic says")] = None
    requester: Id | None = Field(
        None, description="Who asks, when you record it for somebody; agents only"
    )
    topic: Id | None = None
    priority: PriorityName | None = Field(None, description="Null: as the topic says")
    deadline: Moment | None = None
    acceptance: Acceptance | None = Field(None, description="Null: as the topic says")
    files: Files = []
    evidence: Proofs = None
    separate: Annotated[bool, Field(description="Each of several people finishes separately")] = (
        False
    )


class VerbBody(Body):
    """What every verb takes."""

    seen: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)] | None = Field(
        None,
        description="`journal_length` when you looked. If somebody acted since, the verb is "
        "refused with 409 and `changes` says what happened.",
    )


class Plain(VerbBody):
    """Nothing but the verb."""


class WithReason(VerbBody):
    """A reason may be given."""

    reason: Reason = ""


class Because(VerbBody):
    """A reason has to be given."""

    reason: Reason = Field(min_length=1)


class AssignBody(WithReason):
    """To whom; they replace those who have it."""

    people: People
    separate: Separate = None


class HandOverBody(Because):
    """Where the baton goes."""

    department: Id | None = None
    people: People = []
    separate: Separate = None


class CompleteBody(WithReason):
    """What was done, and what the ticket asks as evidence."""

    number: Annotated[str, Field(max_length=60)] = Field(
        "", description="The number of an act, a bill, a meter"
    )
    files: list[Id] = []
    despite_subtasks: DespiteSubtasks = False


class CancelBody(Because):
    """Why."""

    despite_subtasks: DespiteSubtasks = False


class ReturnBody(Because):
    """What is not good; where each finishes separately, whose parts."""

    people: People = []


class ProposeBody(Because):
    """Until when, and why not until the present deadline."""

    deadline: Moment


class AnswerBody(WithReason):
    """Yes or no."""

    agree: Annotated[bool, Field(strict=True)]


class NudgeBody(WithReason):
    """Who is reminded: those who have not come to this stage."""

    stage: Stage = Stage.DONE


class WaitBody(WithReason):
    """What the ticket waits for; `until` is required for a date, `reason` for something else."""

    wait_for: WaitFor
    until: Moment | None = None


class TextBody(VerbBody):
    """What is written."""

    text: LongText = Field("", description="Markdown; may be left out where there are files")
    answers: Id | None = Field(None, description="The comment that this one is about")
    files: Files = []


class EditCommentBody(VerbBody):
    """A comment of yours, and what it shall say."""

    comment: Id
    text: LongText = Field(min_length=1, description="Markdown")


class DeleteCommentBody(VerbBody):
    """A comment of yours."""

    comment: Id


class AttachBody(WithReason):
    """Files that everybody on the ticket sees."""

    files: Files


class RemoveFileBody(VerbBody):
    """A file of yours."""

    file: Id


class EditBody(VerbBody):
    """What is to be different; what is left out stays. Another topic adds what it asks."""

    title: Title | None = None
    text: LongText | None = None
    topic: Id | None = None
    acceptance: Acceptance | None = None
    evidence: Proofs = None


class PriorityBody(WithReason):
    """The new priority."""

    priority: PriorityName


class DeadlineBody(WithReason):
    """The new deadline; null takes it away."""

    deadline: Moment | None


BODIES: dict[Verb, type[Any]] = {
    Verb.TAKE: Plain,
    Verb.RELEASE: WithReason,
    Verb.ASSIGN: AssignBody,
    Verb.HAND_OVER: HandOverBody,
    Verb.ACCEPT_HAND_OVER: WithReason,
    Verb.DECLINE_HAND_OVER: Because,
    Verb.ACKNOWLEDGE: Plain,
    Verb.WAIT: WaitBody,
    Verb.RESUME: Plain,
    Verb.COMPLETE: CompleteBody,
    Verb.ACCEPT: WithReason,
    Verb.RETURN_TO_WORK: ReturnBody,
    Verb.REOPEN: Because,
    Verb.CANCEL: CancelBody,
    Verb.ARCHIVE: Plain,
    Verb.UNARCHIVE: Plain,
    Verb.REPLY: TextBody,
    Verb.NOTE: TextBody,
    Verb.EDIT_COMMENT: EditCommentBody,
    Verb.DELETE_COMMENT: DeleteCommentBody,
    Verb.ATTACH: AttachBody,
    Verb.REMOVE_FILE: RemoveFileBody,
    Verb.EDIT: EditBody,
    Verb.SET_PRIORITY: PriorityBody,
    Verb.SET_DEADLINE: DeadlineBody,
    Verb.PROPOSE_DEADLINE: ProposeBody,
    Verb.ANSWER_DEADLINE: AnswerBody,
    Verb.NUDGE: NudgeBody,
    Verb.FOLLOW: relations.FollowBody,
    Verb.UNFOLLOW: relations.UnfollowBody,
    Verb.TAG: relations.TagBody,
    Verb.LINK: relations.LinkBody,
    Verb.UNLINK: relations.LinkBody,
    Verb.MERGE: relations.MergeBody,
    Verb.UNMERGE: Plain,
    Verb.SPLIT: relations.SplitBody,
    Verb.ADD_SUBTASK: relations.SubtaskBody,
    Verb.MAKE_SUBTASK: relations.WholeBody,
    Verb.DETACH_SUBTASK: relations.WholeBody,
    Verb.DELETE: Because,
    Verb.RESTORE: WithReason,
}
"""Every verb but `open`, which has an address of its own."""
