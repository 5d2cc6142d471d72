"""What changed since a program asked last."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from estafeta.accounts.models import Person
from estafeta.api.schemas.base import Out
from estafeta.api.schemas.notifications import NotificationOut
from estafeta.api.schemas.tickets import TicketOut
from estafeta.tickets.lists.counters import Counters, Load
from estafeta.tickets.models import SavedView, Ticket
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.verbs import Verb


class CopiedTicket(TicketOut):
    """A ticket with what a program needs to show it and to act on it without network."""

    text: str = Field(description="Markdown, as written")
    allowed_verbs: list[Verb] = Field(description="What you can do to it now")

    @classmethod
    def of_relation(cls, relation: Relation) -> Any:
        """Expects what `with_people` loads."""
        ticket: Ticket = relation.ticket
        return cls.of(ticket, text=ticket.text, allowed_verbs=allowed_verbs(relation))


class LoadOut(Out):
    """The numbers above a list."""

    open: int
    free: int
    mine: int
    others: int
    review: int
    late: int

    @classmethod
    def of(cls, load: Load) -> LoadOut:
        """As the desk shows them."""
        return cls(**vars(load))


class CountersOut(Out):
    """How much there is."""

    inbox: LoadOut
    to_accept: int = Field(description="Finished work that waits for you to accept it")
    unseen: int = Field(description="Notifications that you have not seen")

    @classmethod
    def of(cls, person: Person, unseen: int) -> CountersOut:
        """Counted now."""
        counters = Counters(person)
        return cls(inbox=LoadOut.of(counters.inbox), to_accept=counters.to_accept, unseen=unseen)


class CopiedView(Out):
    """A saved view; `GET /views` counts what each holds."""

    id: int
    name: str
    list: str
    query: str
    in_menu: bool
    is_mine: bool

    @classmethod
    def of(cls, view: SavedView, person: int) -> CopiedView:
        """For one reader."""
        return cls(
            id=view.pk, name=view.name, list=view.list, query=view.query, in_menu=view.in_menu,
            is_mine=view.owner_id == person,
        )  # fmt: skip


class Sync(Out):
    """Keep each ticket with the number of the `round` it came in, and put away those `gone`.

    When `complete`, put away every ticket that came in another round.
    """

    round: int = Field(description="Grows when all your open tickets are told anew")
    complete: bool = Field(description="This round has told everything")
    tickets: list[CopiedTicket]
    gone: list[int] = Field(description="Numbers of tickets that you no longer see")
    notifications: list[NotificationOut] = Field(description="New ones, the oldest first")
    unseen: list[int] | None = Field(
        description="Ids of the newest that you have not seen, on any device; all others are seen. "
        "Null while there is more"
    )
    counters: CountersOut | None = Field(description="Null while there is more")
    views: list[CopiedView] | None = Field(description="Null: as they were")
    more: bool = Field(description="Ask again at once")
    next: str = Field(description="Send it as `since` next time")
