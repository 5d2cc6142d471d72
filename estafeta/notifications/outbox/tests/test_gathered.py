"""What is gathered leaves in one message, and a repeat is the same message."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from estafeta.notifications import deliver
from estafeta.notifications.models import Delivery
from estafeta.notifications.outbox import claims, lane
from estafeta.notifications.outbox.tests.made_up import MadeUp, later, made_up, queued
from tests.cast import Cast


@pytest.fixture
def channel(db: None, monkeypatch: pytest.MonkeyPatch) -> MadeUp:
    return made_up(monkeypatch)


def rows(cast: Cast, to: str, count: int) -> list[Delivery]:
    return [queued(cast, to, is_gathered=True) for _ in range(count)]


def test_all_that_is_due_for_an_address_leaves_in_one_message(cast: Cast, channel: MadeUp) -> None:
    mine = rows(cast, "anna", 3)
    queued(cast, "anna", is_gathered=True, person=cast.agent_b)
    queued(cast, "anna", is_gathered=True, next_attempt_at=timezone.now() + timedelta(hours=1))
    queued(cast, "anna")
    deliver.run_once()
    assert sorted(message[: message.index(" ", 4)] for *_, message in channel.got)
    sizes = sorted(int(message.split(": ")[1].split()[0]) for *_, message in channel.got)
    assert sizes == [1, 1, 3]
    sent = Delivery.objects.filter(pk__in=[row.pk for row in mine])
    assert set(sent.values_list("state", "bundle", "server_id")) == {("sent", mine[0].pk, "taken")}


def test_a_repeat_bears_the_same_name_and_the_same_rows(cast: Cast, channel: MadeUp) -> None:
    first = rows(cast, "anna", 2)
    channel.answer = lambda _to: later()
    deliver.run_once()
    second = rows(cast, "anna", 2)
    channel.answer = lambda _to: "taken"
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        deliver.run_once()
    said = {message.split(" ")[0] + message.split(" ")[1] for *_, message in channel.got}
    assert said == {f"{first[0].pk}:2", f"{second[0].pk}:2"}


def test_a_message_of_which_a_part_became_pointless_keeps_its_name(
    cast: Cast, channel: MadeUp
) -> None:
    gone, stays = rows(cast, "anna", 2)
    Delivery.objects.filter(pk=gone.pk).update(expires_at=timezone.now())
    deliver.run_once()
    [(_at, _to, message)] = channel.got
    assert message.startswith(f"{gone.pk}: 1 ")
    assert set(Delivery.objects.values_list("pk", "state")) == {
        (gone.pk, "expired"), (stays.pk, "sent"),
    }  # fmt: skip


def test_very_many_leave_in_several(
    cast: Cast, channel: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "MOST_GATHERED", 4)
    rows(cast, "anna", 6)
    while deliver.run_once():
        pass
    sizes = [int(message.split(": ")[1].split()[0]) for *_, message in channel.got]
    assert sizes == [4, 2]


def test_gathered_messages_do_not_keep_the_others_waiting(
    cast: Cast, channel: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lane, "MOST_AT_ONCE", 40)
    for number in range(100):
        rows(cast, f"digest {number}", 1)
    for number in range(60):
        queued(cast, f"now {number}")
    deliver.run_once()
    deliver.run_once()
    assert sum(to.startswith("now") for to in channel.receivers) == 60
    assert sum(to.startswith("digest") for to in channel.receivers) == 20


def test_what_is_in_hand_is_not_taken_along_with_what_is_tried_again(
    cast: Cast, channel: MadeUp
) -> None:
    again, *held = rows(cast, "anna", 3)
    lease = timezone.now() + timedelta(minutes=3)
    Delivery.objects.update(bundle=again.pk)
    Delivery.objects.exclude(pk=again.pk).update(
        worker="elsewhere:1", attempts=1, next_attempt_at=lease
    )
    deliver.run_once()
    [(_at, _to, message)] = channel.got
    assert message.startswith(f"{again.pk}: 1 ")
    kept = Delivery.objects.filter(pk__in=[row.pk for row in held])
    assert set(kept.values_list("worker", "attempts", "state")) == {("elsewhere:1", 1, "queued")}
