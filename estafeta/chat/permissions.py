"""Who may do what in a room that he sees. A table of rules by deed and kind of room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from estafeta.chat.errors import NotAllowed
from estafeta.chat.models import Message, Room, RoomKind, State
from estafeta.chat.visibility import is_staff

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


class Deed(models.TextChoices):
    """What can be done."""

    WRITE = "write", _("Write")
    EDIT = "edit", _("Edit")
    TAKE_BACK = "take_back", _("Take back")
    READ = "read", _("Mark as read")
    MUTE = "mute", _("Mute")
    ACCEPT = "accept", _("Accept")
    PASS_ON = "pass_on", _("Pass on")
    PUT_BACK = "put_back", _("Put back")
    CLOSE = "close", _("Close the talk")
    MAKE_TICKET = "make_ticket", _("Make a ticket")


@dataclass(frozen=True)
class Relation:
    """A person, a room that he sees, and the message it is about."""

    person: Person
    room: Room
    message: Message | None = None


Rule = Callable[[Relation], bool]


def whoever_sees_it(r: Relation) -> bool:
    return True


def while_both_work_here(r: Relation) -> bool:
    other = r.room.other_than(r.person)
    both = is_staff(r.person.standing) and other is not None and is_staff(other.standing)
    return both and other is not None and other.is_active


def while_the_department_is_open(r: Relation) -> bool:
    return r.room.department is not None and r.room.department.is_active


def the_client_until_it_is_closed(r: Relation) -> bool:
    return r.room.state != State.CLOSED and r.room.client_id == r.person.pk


def staff_once_it_is_accepted(r: Relation) -> bool:
    return r.room.state == State.ACCEPTED and staff_of_the_department(r)


def the_author(r: Relation) -> bool:
    return r.message is not None and not r.message.is_line and r.message.author_id == r.person.pk


def the_client(r: Relation) -> bool:
    return r.room.client_id == r.person.pk


def the_operator(r: Relation) -> bool:
    return r.room.operator_id == r.person.pk and staff_of_the_department(r)


def staff_of_the_department(r: Relation) -> bool:
    return r.room.client_id != r.person.pk and r.room.department_id in r.person.standing.departments


def its_heads(r: Relation) -> bool:
    return r.room.department_id in r.person.standing.headed


_ALL_THE_SAME = (whoever_sees_it,)
_WRITERS: Mapping[str, tuple[Rule, ...]] = {
    RoomKind.DIRECT: (while_both_work_here,),
    RoomKind.DEPARTMENT: (while_the_department_is_open,),
    RoomKind.COMMON: _ALL_THE_SAME,
    RoomKind.CLIENT: (the_client_until_it_is_closed, staff_once_it_is_accepted),
}
_AUTHORS: Mapping[str, tuple[Rule, ...]] = dict.fromkeys(RoomKind.values, (the_author,))
_EVERYBODY: Mapping[str, tuple[Rule, ...]] = dict.fromkeys(RoomKind.values, _ALL_THE_SAME)


def _of_clients(*rules: Rule) -> Mapping[str, tuple[Rule, ...]]:
    """What there is only in talks of clients."""
    return {**dict.fromkeys(RoomKind.values, ()), RoomKind.CLIENT: rules}


PERMISSIONS: Mapping[Deed, Mapping[str, tuple[Rule, ...]]] = {
    Deed.WRITE: _WRITERS,
    Deed.EDIT: _AUTHORS,
    Deed.TAKE_BACK: _AUTHORS,
    Deed.READ: _EVERYBODY,
    Deed.MUTE: _EVERYBODY,
    Deed.ACCEPT: _of_clients(staff_of_the_department),
    Deed.PASS_ON: _of_clients(the_operator, its_heads),
    Deed.PUT_BACK: _of_clients(the_operator, its_heads),
    Deed.CLOSE: _of_clients(the_client, the_operator, its_heads),
    Deed.MAKE_TICKET: _of_clients(the_client, the_operator, staff_of_the_department),
}


def may(deed: Deed, relation: Relation) -> bool:
    """Whether one of the rules is met; that the person sees the room was asked before."""
    return any(rule(relation) for rule in PERMISSIONS[deed][relation.room.kind])


def require(deed: Deed, relation: Relation) -> None:
    """Raises NotAllowed."""
    if not may(deed, relation):
        raise NotAllowed


def may_open_direct(by: Person, person: Person) -> bool:
    """Staff talks to staff; clients ask for an operator."""
    if by.pk == person.pk or person.is_system or not (by.is_active and person.is_active):
        return False
    return is_staff(by.standing) and is_staff(person.standing)
