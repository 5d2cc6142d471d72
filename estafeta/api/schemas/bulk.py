"""A verb for many tickets, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from estafeta.api.schemas.base import Body, Id, Out
from estafeta.tickets.bulk import refusals, runs
from estafeta.tickets.bulk.verbs import BULK
from estafeta.tickets.models import BulkRun
from estafeta.tickets.verbs import Verb

VerbName: Any = Literal[tuple(str(verb.value) for verb in BULK)]


class BulkBody(Body):
    """What is done to which tickets."""

    verb: VerbName
    tickets: Annotated[list[Id], Field(min_length=1, max_length=runs.MOST)]
    body: dict[str, Any] = Field({}, description="What the verb takes when it is done to one")
    as_of: Id | None = Field(
        None,
        description="The id of the newest entry you know: tickets on which others acted since are "
        "left as they are",
    )


class DoneOut(Out):
    """A ticket to which it was done."""

    ticket: int
    seq: int = Field(description="The place of the new entry in its journal")


class RefusedOut(Out):
    """A ticket that was left as it was."""

    ticket: int
    reason: Literal["not_allowed", "not_now", "changed", "gone", "invalid"]
    detail: str


class BulkRunOut(Out):
    """The report; a long run is worked off while you ask for it again."""

    id: int
    verb: Verb
    is_finished: bool
    all: int = Field(description="How many tickets")
    dealt_with: int
    done: list[DoneOut]
    refused: list[RefusedOut]
    undoes: int | None = Field(description="The run that this one takes back")
    may_be_undone: bool
    begun_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, run: BulkRun) -> BulkRunOut:
        """Expects nothing loaded."""
        return cls(
            id=run.pk, verb=Verb(run.verb), is_finished=run.is_finished, all=len(run.numbers),
            dealt_with=run.position, undoes=run.undoes_id, may_be_undone=runs.may_be_undone(run),
            done=[DoneOut(ticket=number, seq=seq) for number, seq in run.done],
            refused=[
                RefusedOut(ticket=row["number"], reason=row["why"], detail=refusals.words(row))
                for row in run.refused
            ],
            begun_at=run.begun_at, finished_at=run.finished_at,
        )  # fmt: skip
