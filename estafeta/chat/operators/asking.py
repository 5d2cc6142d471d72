"""A client asks for an operator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from estafeta.chat import log
from estafeta.chat.actions.values import a_text
from estafeta.chat.actions.writing import known, write
from estafeta.chat.errors import Invalid, NotAllowed
from estafeta.chat.models import MessageKind, Room, RoomKind, State
from estafeta.chat.models.room import OPEN
from estafeta.chat.operators.receiving import receiving
from estafeta.chat.visibility import is_staff
from estafeta.lib import clock
from estafeta.lib.request_keys import Key

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person


def may_ask(by: Person) -> bool:
    """Clients; staff talks to staff without a queue."""
    return by.is_active and not by.is_system and not is_staff(by.standing)


def open_talk(department: int, *, by: Person) -> Room | None:
    """The one that the person has with this department already."""
    rows = Room.objects.filter(kind=RoomKind.CLIENT, client=by, department=department)
    return rows.filter(state__in=OPEN).first()


def ask(
    department: Department,
    text: str,
    *,
    by: Person,
    files: Sequence[int] = (),
    submission: Key | None = None,
) -> Room:
    """Wait in line for an operator of the department with this question.

    Whoever talks with the department already says it there. Raises NotAllowed, Invalid, KeyReused.
    """
    if not may_ask(by):
        raise NotAllowed(_("Clients ask for an operator; staff can write to each other at once."))
    if submission and (said := known(by, submission)):
        return said.room
    if department.pk not in {row.department_id for row in receiving(by)}:
        raise Invalid("department", _("This department takes no such talks."))
    text = a_text(text, required=not files)
    try:
        with transaction.atomic():
            room = open_talk(department.pk, by=by) or _opened(department, by)
            write(room, text, by=by, files=files, submission=submission)
    except IntegrityError:
        # The same question at the same moment was faster, or the client has asked in two windows.
        room = Room.objects.get(kind=RoomKind.CLIENT, client=by, department=department,
                                state__in=OPEN)  # fmt: skip
        write(room, text, by=by, files=files, submission=submission)
    return room


def _opened(department: Department, by: Person) -> Room:
    now = clock.now()
    room = Room.objects.create(
        kind=RoomKind.CLIENT, key=f"client:{by.pk}:{department.pk}:{uuid4().hex}", client=by,
        department=department, state=State.WAITING, asked_at=now, created_at=now,
    )  # fmt: skip
    log.tell(room, MessageKind.ASKED, by=by, facts={"department": department.name})
    return room
