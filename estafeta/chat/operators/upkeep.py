"""What time does to talks with operators."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.chat.models import Reception, Room, RoomKind, State
from estafeta.chat.models.room import OPEN
from estafeta.chat.operators import handling
from estafeta.lib import clock
from estafeta.presence import states
from estafeta.presence.models import Stay

PATIENCE = 7
"""So many times longer a talk may be silent that nobody has accepted."""


def settle_due() -> int:
    """Let talks of operators who have gone wait again, and close those that fell silent."""
    return return_due() + close_due()


def return_due() -> int:
    """How many were put back into the line; of those who no longer work there, at once."""
    minutes = dict(Reception.objects.values_list("department", "return_minutes"))
    rows = Room.objects.filter(kind=RoomKind.CLIENT, state=State.ACCEPTED)
    held = list(rows.values_list("pk", "operator", "department", "accepted_at"))
    operators = {operator for _pk, operator, _department, _at in held if operator}
    here = states.listening(operators)
    works_in = {
        person: standing.departments if standing.is_active else frozenset()
        for person, standing in Standing.of_all(Person.objects.filter(pk__in=operators)).items()
    }
    seen = dict(Stay.objects.values_list("person", "until"))
    now, count = clock.now(), 0
    for pk, operator, department, accepted_at in held:
        if department not in works_in.get(operator or 0, ()):
            count += _settle(pk, State.WAITING, operator)
            continue
        wait = minutes.get(department, 0)
        if not wait or operator in here:
            continue
        gone_since = max(filter(None, (seen.get(operator), accepted_at)), default=now)
        if gone_since + timedelta(minutes=wait) <= now:
            count += _settle(pk, State.WAITING, operator)
    return count


def close_due() -> int:
    """How many were closed because nobody wrote any more; those that still wait, later."""
    hours = dict(Reception.objects.values_list("department", "close_hours"))
    rows = Room.objects.filter(kind=RoomKind.CLIENT, state__in=OPEN)
    now, count = clock.now(), 0
    for pk, operator, state, department, last_at in rows.values_list(
        "pk", "operator", "state", "department", "last_at"
    ):
        silent = timedelta(hours=hours.get(department, 24))
        if state == State.WAITING:
            silent *= PATIENCE
        if last_at is not None and last_at + silent <= now:
            count += _settle(pk, State.CLOSED, operator, since=state)
    return count


def _settle(number: int, to: str, operator: int | None, *, since: str = State.ACCEPTED) -> int:
    """1 unless it went on meanwhile."""
    system = Person.objects.system()
    with transaction.atomic():
        row = Room.objects.select_for_update(no_key=True).get(pk=number)
        if row.state != since or row.operator_id != operator:
            return 0
        if to == State.CLOSED:
            handling.end(row, by=system, facts={"silent": True})
        else:
            handling.wait_again(row, by=system, facts={"gone": True})
    return 1
