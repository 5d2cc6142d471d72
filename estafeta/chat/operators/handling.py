"""What becomes of a talk that was asked for: accepted, passed on, put back, closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from estafeta.chat import log, permissions
from estafeta.chat.actions.seats import read_to
from estafeta.chat.errors import Invalid, NotNow
from estafeta.chat.models import MessageKind, Reception, Room, State
from estafeta.chat.permissions import Deed, Relation
from estafeta.lib import clock
from estafeta.lib.text import clean

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person

LONGEST_REASON = 500


def accept(room: Room, *, by: Person) -> Room:
    """Take the talk: whoever is first has it. Raises NotAllowed, NotNow with who was quicker."""
    with _locked(room, Deed.ACCEPT, by) as row:
        if row.state == State.ACCEPTED:
            if row.operator_id == by.pk:
                raise NotNow(_("You have accepted this talk already."))
            raise NotNow(_("%(name)s has accepted it already.") % {"name": _operator(row)})
        _refuse_closed(row)
        row.state, row.operator, row.accepted_at = State.ACCEPTED, by, clock.now()
        row.save(update_fields=["state", "operator", "accepted_at"])
        line = log.tell(row, MessageKind.ACCEPTED, by=by)
        read_to(row, line.pk, by=by)
    return _shown(room, row)


def pass_on(
    room: Room,
    *,
    by: Person,
    person: Person | None = None,
    department: Department | None = None,
    reason: str = "",
) -> Room:
    """Give it to a colleague of the department, or let it wait in another department.

    Raises NotAllowed, NotNow, Invalid.
    """
    reason = _a_reason(reason)
    with _locked(room, Deed.PASS_ON, by) as row:
        _refuse_closed(row)
        if person is not None:
            _give_to(row, person, by, reason)
        elif department is not None:
            _move_to(row, department, by, reason)
        else:
            raise Invalid("to", _("Choose a colleague or a department."))
    return _shown(room, row)


def put_back(room: Room, *, by: Person, reason: str = "") -> Room:
    """Let it wait for somebody else, at its place in line. Raises NotAllowed, NotNow."""
    with _locked(room, Deed.PUT_BACK, by) as row:
        if row.state != State.ACCEPTED:
            raise NotNow(_("The talk is with nobody."))
        wait_again(row, by=by, facts={"reason": _a_reason(reason)})
    return _shown(room, row)


def close(room: Room, *, by: Person) -> Room:
    """End it: it stays readable, nobody writes there any more. Raises NotAllowed, NotNow."""
    with _locked(room, Deed.CLOSE, by) as row:
        _refuse_closed(row)
        end(row, by=by)
    return _shown(room, row)


def end(row: Room, *, by: Person, facts: dict[str, Any] | None = None) -> None:
    """Of a locked row; nobody is asked."""
    row.state, row.closed_at, row.closed_by = State.CLOSED, clock.now(), by
    row.save(update_fields=["state", "closed_at", "closed_by"])
    log.tell(row, MessageKind.CLOSED, by=by, facts=facts)


def wait_again(row: Room, *, by: Person, facts: dict[str, Any] | None = None) -> None:
    """Of a locked row; nobody is asked."""
    told = {**(facts or {}), "operator": _operator(row)}
    row.state, row.operator = State.WAITING, None
    row.save(update_fields=["state", "operator"])
    log.tell(row, MessageKind.RETURNED, by=by, facts=told)


def _give_to(row: Room, person: Person, by: Person, reason: str) -> None:
    if not permissions.may(Deed.ACCEPT, Relation(person, row)) or not person.is_active:
        raise Invalid("to", _("Choose somebody who works in this department."))
    if person.pk == row.operator_id:
        raise Invalid("to", _("The talk is with this person already."))
    row.state, row.operator = State.ACCEPTED, person
    row.accepted_at = row.accepted_at or clock.now()
    row.save(update_fields=["state", "operator", "accepted_at"])
    log.tell(row, MessageKind.PASSED, by=by, facts=_passed("person", person, reason))


def _move_to(row: Room, department: Department, by: Person, reason: str) -> None:
    if department.pk == row.department_id:
        raise Invalid("to", _("The talk is in this department already."))
    receives = Reception.objects.filter(department=department, is_open=True).exists()
    if not department.is_active or not receives:
        raise Invalid("to", _("This department takes no such talks."))
    former = row.department_id
    row.department, row.state, row.operator = department, State.WAITING, None
    try:
        with transaction.atomic():
            row.save(update_fields=["department", "state", "operator"])
    except IntegrityError:
        raise Invalid("to", _("This client talks with that department already.")) from None
    facts = {**_passed("department", department, reason), "from": former}
    log.tell(row, MessageKind.PASSED, by=by, facts=facts)


def _passed(what: str, to: Person | Department, reason: str) -> dict[str, Any]:
    return {"to": {"kind": what, "id": to.pk, "name": to.name}, "reason": reason}


@contextmanager
def _locked(room: Room, deed: Deed, by: Person) -> Iterator[Room]:
    with transaction.atomic():
        row = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
        permissions.require(deed, Relation(by, row))
        yield row


def _refuse_closed(row: Room) -> None:
    if row.state == State.CLOSED:
        raise NotNow(_("The talk is closed already."))


def _operator(row: Room) -> str:
    return row.operator.name if row.operator is not None else ""


def _a_reason(text: str) -> str:
    text = clean(text)
    if len(text) > LONGEST_REASON:
        words = _("At most %(most)s characters fit, this is %(length)s.")
        raise Invalid("reason", words % {"most": LONGEST_REASON, "length": len(text)})
    return text


def _shown(room: Room, row: Room) -> Room:
    """What the caller holds is as the row is now."""
    names = ("state", "operator", "department", "accepted_at", "closed_at", "closed_by", "last_at")
    for name in names:
        setattr(room, name, getattr(row, name))
    return room
