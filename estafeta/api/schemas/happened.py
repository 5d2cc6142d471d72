"""What happened and what has to be known: the feed, announcements, seals, why a ticket is seen."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from estafeta.accounts.models import Announcement
from estafeta.accounts.models.announcement import LONGEST, Audience, Level, Role
from estafeta.api.schemas.base import Body, Id, Moment, Named, Out, Page
from estafeta.api.schemas.tickets import EntryOut, a_name
from estafeta.tickets.models import Entry, Seal


class EventOut(Out):
    """One entry of some ticket."""

    ticket: int
    title: str
    department: Named
    entry: EntryOut

    @classmethod
    def of(cls, entry: Entry) -> EventOut:
        """Expects ticket, department and people to be loaded."""
        ticket = entry.ticket
        return cls(
            ticket=ticket.pk, title=ticket.title, department=a_name(ticket.department),
            entry=EntryOut.of(entry),
        )  # fmt: skip


class Feed(Page):
    """Entries, the newest first."""

    events: list[EventOut]


class ReasonOut(Out):
    """One path of the rule of sight that leads you to the ticket."""

    path: str = Field(description="Its name in the rule")
    words: str


class Reasons(Out):
    """One would be enough."""

    reasons: list[ReasonOut]


class AnnouncementOut(Out):
    """What people have to know for a while."""

    id: int
    text: str = Field(description="Markdown, as written")
    text_html: str
    level: Level
    audience: Audience
    departments: list[Named]
    roles: list[Role]
    starts_at: datetime
    ends_at: datetime | None
    is_dismissable: bool
    asks_for_word: bool
    pops_up: bool
    is_sent: bool
    author: Named
    state: Literal["planned", "shown", "over", "withdrawn"]

    @classmethod
    def of(cls, row: Announcement) -> AnnouncementOut:
        """Expects author and departments to be loaded."""
        return cls(
            id=row.pk, text=row.text, text_html=row.text_html, level=Level(row.level),
            audience=Audience(row.audience),
            departments=[a_name(department) for department in row.departments.all()],
            roles=[Role(role) for role in row.roles.split()],
            starts_at=row.starts_at, ends_at=row.ends_at, is_dismissable=row.is_dismissable,
            asks_for_word=row.asks_for_word, pops_up=row.pops_up, is_sent=row.is_sent,
            author=a_name(row.author), state=row.state,  # type: ignore[arg-type]
        )  # fmt: skip


class Announcements(Out):
    """What stands above your pages now."""

    announcements: list[AnnouncementOut]


class AllAnnouncements(Page):
    """The newest first."""

    announcements: list[AnnouncementOut]


class Gone(Out):
    """It no longer stands there."""

    gone: bool = True


class AnnouncementBody(Body):
    """A new announcement."""

    text: Annotated[str, StringConstraints(max_length=LONGEST)]
    level: Level = Level.INFO
    audience: Audience = Audience.EVERYBODY
    departments: Annotated[list[Id], Field(max_length=100)] = []
    roles: Annotated[list[Role], Field(max_length=10)] = []
    starts_at: Moment | None = Field(None, description="Left out: at once")
    ends_at: Moment | None = Field(None, description="Left out: until it is withdrawn")
    is_dismissable: bool = True
    asks_for_word: bool = Field(False, description="Readers close it by saying that they read it")
    pops_up: bool = Field(False, description="Also as a pop-up on open pages")
    is_sent: bool = Field(False, description="Also by e-mail and the channels people chose")


class AnnouncementReaderOut(Out):
    """Somebody it is for."""

    person: Named
    read_at: datetime | None


class AnnouncementReaders(Page):
    """Everybody it is for now."""

    readers: list[AnnouncementReaderOut]
    read: int
    all: int


class SealOut(Out):
    """A seal over everything that came into the journal since the one before it."""

    number: int
    made_at: datetime
    after: int = Field(description="Id of the last entry under the seal before")
    up_to: int = Field(description="Id of the last entry under this one")
    entries: int
    root: str
    security_length: int
    security_head: str
    previous_hash: str
    hash: str
    mailed_to: str
    mailed_at: datetime | None

    @classmethod
    def of(cls, seal: Seal) -> SealOut:
        """As it stands in the table."""
        return cls(
            number=seal.number, made_at=seal.made_at, after=seal.after, up_to=seal.up_to,
            entries=seal.entries, root=seal.root, security_length=seal.security_length,
            security_head=seal.security_head, previous_hash=seal.previous_hash, hash=seal.hash,
            mailed_to=seal.mailed_to, mailed_at=seal.mailed_at,
        )  # fmt: skip


class Seals(Page):
    """Seals, the newest first."""

    seals: list[SealOut]
