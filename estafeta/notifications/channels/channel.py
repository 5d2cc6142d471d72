"""What a channel is, and what all channels share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from estafeta.lib.text import clean

if TYPE_CHECKING:
    from django import forms

    from estafeta.accounts.models import Person
    from estafeta.notifications.addresses import Owner
    from estafeta.notifications.content import Content
    from estafeta.notifications.models import Address, Delivery

Values = Mapping[str, Any]
"""What administrators have set: the cleaned fields of the channel's form."""


LONGEST_REASON = 1000
LONGEST_PEACE = 7 * 86400.0


class DeliveryError(Exception):
    """A message could not be handed over.

    Permanent: it never will be, trying again is in vain. Address is dead: neither will any other
    message to it, so that nothing more is sent there and its owner is told. Channel is at fault: it
    would have happened to any message, so that the others need not be tried now either. Retry after:
    the other side has asked for so many seconds of peace.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool,
        address_is_dead: bool = False,
        channel_is_at_fault: bool = False,
        retry_after: float | None = None,
    ) -> None:
        # Whoever answers there chooses these words: they must not be what no database keeps.
        super().__init__(clean(reason)[:LONGEST_REASON])
        self.permanent = permanent or address_is_dead
        self.address_is_dead = address_is_dead
        self.channel_is_at_fault = channel_is_at_fault
        # Of whatever the other side has made of a number.
        self.retry_after = None if retry_after is None else min(max(retry_after, 0), LONGEST_PEACE)


class Target(NamedTuple):
    """Where to send: a row of an address, or what the person's card says."""

    shown: str
    address: Address | None = None


class Given(NamedTuple):
    """An address as somebody gave it, checked: the sealed value, and what others may see of it."""

    value: str
    label: str
    details: Mapping[str, Any] = MappingProxyType({})


class Sender(Protocol):
    """An open way out, good for many messages; needs no database."""

    def send(self, message: bytes, *, to: str) -> str:
        """Hand the message over; give the name the receiving server has for it.

        Raises DeliveryError.
        """


class Channel(ABC):
    """One way out of the house: a folder, and a row in the registry.

    Libraries are imported by `write` and `open`, not with the module: a worker that sends nothing by
    this channel need not carry them.
    """

    name: ClassVar[str]
    label: ClassVar[Any]
    """What people call it; translated."""
    icon: ClassVar[str]
    """Its sign in the sprite."""
    form: ClassVar[type[forms.Form] | None] = None
    """What administrators set. Values are kept sealed; a field that is a `PasswordInput` is never
    shown again and keeps its value when it is left empty."""
    help: ClassVar[Any] = ""
    """What administrators have to know or do first; a sentence or two above the form."""
    needed: ClassVar[Sequence[str]] = ()
    """Names of the fields without which nothing can be sent; empty: those the form requires."""
    is_on_by_itself: ClassVar[bool] = False
    """Works as soon as it is ready, without an administrator who switches it on."""
    lines: ClassVar[int] = 1
    """So many connections at once, so that a server that takes its time delays few."""
    messages_a_minute: ClassVar[int | None] = None
    """What the other side allows, if administrators set nothing."""
    seconds: ClassVar[float] = 60.0
    """An attempt that takes longer is given up; libraries should give up earlier by themselves."""
    is_on_card: ClassVar[bool] = False
    """The card of a person says where he is reached: his deliveries need no row of an address."""
    is_short: ClassVar[bool] = False
    """Its messages are one short text: of many gathered ones it carries the count and a link."""
    has_words: ClassVar[bool] = True
    """Its messages are words, which administrators may change; programs get data."""
    hears_of_deletion: ClassVar[bool] = False
    """Who listens there keeps copies of tickets, and has to know that one was deleted."""
    is_personal: ClassVar[bool] = True
    """People choose it for themselves in their matrix."""

    address_form: ClassVar[type[forms.Form] | None] = None
    """The fields by which people add an address; who adds it proves by a code that it is his."""
    address_help: ClassVar[Any] = ""
    """One sentence above these fields: where to find what they ask for."""
    own_way: ClassVar[str] = ""
    """Template that offers another way to add one (this browser, a link to a bot)."""
    for_people: ClassVar[bool] = True
    """People add addresses of it; if not, it reaches them by what their card says."""
    for_departments: ClassVar[bool] = False
    """Departments may have addresses of it: a room, a group's mail."""

    def is_ready(self, values: Values) -> bool:
        """Whether enough is set to send anything."""
        return True

    def set_outside(self) -> Mapping[str, Any]:
        """Fields of the form whose value the environment or `settings.toml` say; these win."""
        return {}

    def targets_of(self, person: Person, addresses: Sequence[Address]) -> Iterable[Target]:
        """Where to reach the person; `addresses` are his usable rows of this channel."""
        return [Target(row.label, row) for row in addresses]

    def own_way_values(self, owner: Owner) -> Mapping[str, Any]:
        """What the template of `own_way` needs."""
        return {}

    def suggestion(self, person: Person) -> Mapping[str, Any]:
        """What `address_form` may begin with: something that stands on the person's card."""
        return {}

    def check_address(self, given: Values) -> Given:
        """What the cleaned `address_form` means; no questions to anybody outside.

        Raises ValidationError, by fields of the form.
        """
        raise NotImplementedError

    @abstractmethod
    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        """Give the message its form; the same bundle bears the same name, however often it is sent.

        `bundle` is what travels in this message: one delivery, or those gathered with it.
        """

    @abstractmethod
    def open(self, values: Values) -> AbstractContextManager[Sender]:
        """Open the way; a server that is away shows when something is sent."""

    def address_of(self, delivery: Delivery) -> str:
        """To whom `send` hands the message: the sealed value of its row, else what is shown."""
        return delivery.target.value if delivery.target else delivery.address

    def place_of(self, delivery: Delivery) -> str:
        """What answers there: while it hangs, nothing else goes to it. A host, where many share it."""
        return f"{delivery.target_id or ''} {delivery.address}"

    def objection(self, delivery: Delivery) -> str:
        """Why it must not leave after all, or nothing; asked just before, for things of its own."""
        return ""
