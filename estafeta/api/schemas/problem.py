"""The shape of problem details."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from estafeta.api.schemas.base import Named, Out


class Fault(Out):
    """One unacceptable value; exactly one of pointer, parameter and header says where."""

    pointer: str | None = Field(None, description="JSON pointer into the body")
    parameter: str | None = Field(None, description="Name of the query parameter")
    header: str | None = Field(None, description="Name of the header")
    detail: str


class Change(Out):
    """What somebody did meanwhile."""

    seq: int
    verb: str
    at: datetime
    actor: Named
    phrase: str
    reason: str


class OpenTicket(Out):
    """A ticket that has to go somewhere before."""

    number: int
    label: str
    department: Named
    title: str | None


class Problem(Out):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Fault]
    changes: list[Change] | None = Field(
        None, description="With 409 after `seen` and 412 after `If-Match`: what happened since then"
    )
    tickets: list[OpenTicket] | None = Field(
        None, description="With 422 when somebody leaves: what has to go somewhere first"
    )
