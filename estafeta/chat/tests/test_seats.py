"""What one keeps of a room, beside those who write there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from estafeta.accounts.models import Person
from estafeta.chat.actions import mark_read, mute
from estafeta.chat.models import Room, Seat
from estafeta.chat.tests.talks import direct, say
from estafeta.lib import commit_order
from tests.cast import Cast


def _reads(room: Room, by: Person) -> None:
    mark_read(room, by=by, up_to=room.last_message_id or 0)


def _mutes(room: Room, by: Person) -> None:
    mute(room, by=by, is_muted=True)


@pytest.mark.parametrize("act", [_reads, _mutes])
def test_whoever_touches_a_seat_stands_in_line_first_as_writers_do(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, act: Callable[[Room, Person], None]
) -> None:
    room = direct(cast.agent, cast.agent2)
    say(room, cast.agent)
    room.refresh_from_db()
    was_touched: list[bool] = []

    def turn(lock: int) -> None:
        was_touched.append(Seat.objects.filter(person=cast.agent2).exists())

    monkeypatch.setattr(commit_order, "take_turn", turn)
    act(room, cast.agent2)
    assert was_touched[0] is False
    assert Seat.objects.filter(person=cast.agent2).exists()
