"""Webhooks, as administrators' programs keep them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from estafeta.api.schemas.administration.base import Change, Switch, Versioned, left_out
from estafeta.api.schemas.base import Body, Id, Named, Page
from estafeta.api.schemas.tickets import a_name
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Webhook

Url = Annotated[str, StringConstraints(max_length=2000)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Kinds = Annotated[list[Kind], Field(max_length=len(Kind))]
Departments = Annotated[list[Id], Field(max_length=200)]


class WebhookOut(Versioned):
    """What one hears of, and whether it takes it."""

    counted: ClassVar[frozenset[str]] = frozenset({"failing_since", "secret"})

    id: int
    name: str
    address: str = Field(description="Its name and host; the whole address is never shown again")
    kinds: list[str] = Field(description="What it hears of; none: everything")
    departments: list[Named] = Field(description="With those below them; none: all")
    with_notes: bool
    is_on: bool
    stopped_at: datetime | None = Field(description="Since when it is given up")
    stopped_reason: str
    failing_since: datetime | None
    secret: str | None = Field(description="Only in the answer that made it")

    @classmethod
    def of(cls, row: Webhook, secret: str | None = None) -> WebhookOut:
        """Expects the address and the departments."""
        return cls(
            id=row.pk, name=row.name, address=row.address.label, kinds=list(row.kinds),
            departments=[a_name(one) for one in row.departments.all()],
            with_notes=row.with_notes, is_on=row.address.is_on,
            stopped_at=row.address.stopped_at, stopped_reason=row.address.stopped_reason,
            failing_since=row.failing_since, secret=secret,
        )  # fmt: skip


class Webhooks(Page):
    """In the order of their ids."""

    webhooks: list[WebhookOut]


class WebhookBody(Body):
    """A new one."""

    name: Title
    url: Url = Field(examples=["https://crm.example.org/hooks/estafeta"])
    kinds: Kinds = Field(default_factory=list)
    departments: Departments = Field(default_factory=list)
    with_notes: Switch = False


class WebhookChange(Change):
    """What is left out stays."""

    name: Title = left_out()
    url: Url = left_out()
    kinds: Kinds = left_out()
    departments: Departments = left_out()
    with_notes: Switch = left_out()


class WebhookAct(StrEnum):
    """What can be done to one."""

    ON = "on"
    OFF = "off"
    TEST = "test"
    ROTATE = "rotate"
    REMOVE = "remove"
