"""A program brings its copy up to date while everybody writes: no gaps, nothing twice, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.copies import Copy
from tests.orders import order
from tests.program import Program
from tests.test_races import at_once, cast, real_database  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_copy_made_among_writers_misses_nothing(cast: Cast, settings: Any) -> None:  # noqa: F811
    settings.API_REQUESTS_PER_MINUTE = 10**6
    numbers = [order(cast).number for _ in range(6)]
    copies = [Copy(Program.of(who, "read")) for who in (cast.agent, cast.head, cast.agent2)]
    answers = at_once(
        *(_writing(cast, numbers, shift) for shift in range(3)), *map(_reading, copies)
    )
    assert answers == [None] * 6
    for copy in copies:
        copy.catch_up(limit=2)
        whole = Copy(copy.program)
        whole.catch_up()
        assert copy.open == whole.open
        assert len(whole.open) > 4
        assert copy.doubles == 0


def _reading(copy: Copy) -> Callable[[], None]:
    def act() -> None:
        for _ in range(20):
            copy.ask(limit=2)

    return act


def _writing(cast: Cast, numbers: list[int], shift: int) -> Callable[[], None]:  # noqa: F811
    def act() -> None:
        who = Person.objects.get(pk=(cast.agent, cast.agent_b, cast.head)[shift].pk)
        for step in range(8):
            ticket = Ticket.objects.get(pk=numbers[(step + shift) % len(numbers)])
            with suppress(Refused):
                actions.take(ticket, by=who)
            with suppress(Refused):
                actions.reply(ticket, by=who, text=f"{shift}.{step}")
            if step % 3 == shift:
                place = cast.accounting if ticket.department_id == cast.it.pk else cast.it
                with suppress(Refused):
                    actions.hand_over(ticket, by=who, department=place, reason="туда")
            order(cast)

    return act
