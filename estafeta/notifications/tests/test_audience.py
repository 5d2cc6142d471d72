"""Who of the cast hears of each verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.notifications import fan_out
from estafeta.notifications.audience import AUDIENCE
from estafeta.notifications.models import Notification
from estafeta.tickets import actions
from estafeta.tickets.models import Acceptance, Entry, Ticket
from estafeta.tickets.verbs import Verb
from tests.cast import Cast, member, person

Act = Callable[[Ticket, Cast], Entry]


def told(entry: Entry) -> set[str]:
    """Logins of those who hear of the entry, once everything before is told."""
    while fan_out.run_once():
        pass
    rows = Notification.objects.filter(entry=entry)
    return set(rows.values_list("person__login", flat=True))


def order(cast: Cast, **fields: object) -> Ticket:
    given: dict[str, object] = {"title": "Printer", "department": cast.it, **fields}
    if given.get("people"):
        given["department"] = None
    return actions.open_ticket(by=given.pop("by", cast.director), **given).ticket  # type: ignore[arg-type]


def taken(cast: Cast, **fields: object) -> Ticket:
    ticket = order(cast, **fields)
    actions.take(ticket, by=cast.agent)
    return ticket


def finished(cast: Cast, **fields: object) -> Ticket:
    ticket = taken(cast, **fields)
    actions.complete(ticket, by=cast.agent)
    return ticket


def test_every_verb_has_its_row() -> None:
    assert set(AUDIENCE) == set(Verb)


def test_a_new_ticket_to_a_department_is_heard_by_all_of_it(cast: Cast) -> None:
    ticket = order(cast, by=cast.agent2, requester=cast.client)
    assert told(ticket.entries.get()) == {"anna", "boris", "hugo", "clara"}


def test_a_new_ticket_to_people_is_heard_by_them_and_the_head(cast: Cast) -> None:
    ticket = order(cast, people=[cast.agent])
    assert told(ticket.entries.get()) == {"anna", "hugo"}


def test_where_a_department_has_no_head_the_one_above_hears(cast: Cast) -> None:
    ticket = order(cast, department=cast.network)
    assert told(ticket.entries.get()) == {"nina", "hugo"}


@pytest.mark.parametrize(
    ("make", "act", "hearers"),
    [
        (order, lambda t, c: actions.take(t, by=c.agent), {"dora"}),
        (taken, lambda t, c: actions.take(t, by=c.agent_b), {"dora", "anna"}),
        (taken, lambda t, c: actions.release(t, by=c.agent), {"dora", "boris", "hugo"}),
        (taken, lambda t, c: actions.release(t, by=c.head), {"dora", "anna", "boris"}),
        (taken, lambda t, c: actions.assign(t, by=c.head, people=[c.agent_b]),
         {"dora", "anna", "boris"}),
        (taken, lambda t, c: actions.hand_over(t, by=c.agent, people=[c.agent_b], reason="yours"),
         {"dora", "boris", "hugo"}),
        (taken, lambda t, c: actions.hand_over(
            t, by=c.agent, department=c.accounting, reason="money"), {"dora", "vera"}),
        (taken, lambda t, c: actions.wait(t, by=c.agent, wait_for="part"), {"dora"}),
        (taken, lambda t, c: actions.complete(t, by=c.agent), {"dora"}),
        (finished, lambda t, c: actions.return_to_work(t, by=c.director, reason="no"), {"anna"}),
        (finished, lambda t, c: actions.reopen(t, by=c.director, reason="again"),
         {"anna", "boris", "hugo"}),
        (taken, lambda t, c: actions.cancel(t, by=c.head, reason="sold"), {"dora", "anna"}),
        (finished, lambda t, c: actions.archive(t, by=c.head), set()),
        (taken, lambda t, c: actions.reply(t, by=c.agent, text="Looking"), {"dora"}),
        (order, lambda t, c: actions.reply(t, by=c.director, text="Hurry"), {"hugo"}),
        (taken, lambda t, c: actions.reply(t, by=c.director, text="Hurry"), {"anna"}),
        (taken, lambda t, c: actions.note(t, by=c.agent_b, text="I know it"), {"anna", "dora"}),
        (taken, lambda t, c: actions.edit(t, by=c.director, title="The printer", text=""),
         {"anna"}),
        (taken, lambda t, c: actions.set_priority(t, by=c.agent, priority=4), {"dora"}),
    ],
)  # fmt: skip
def test_the_verb_is_heard_by(
    cast: Cast, make: Callable[..., Ticket], act: Act, hearers: set[str]
) -> None:
    assert told(act(make(cast), cast)) == hearers


def test_whoever_confirmed_is_heard_by_the_author(cast: Cast) -> None:
    ticket = order(cast, people=[cast.agent])
    assert told(actions.acknowledge(ticket, by=cast.agent)) == {"dora"}


def test_heads_hear_of_a_result_they_have_to_accept(cast: Cast) -> None:
    ticket = taken(cast, acceptance=Acceptance.HEAD)
    assert told(actions.complete(ticket, by=cast.agent)) == {"dora", "hugo"}
    assert told(actions.accept(ticket, by=cast.head)) == {"dora", "anna"}


def test_the_performers_hear_when_the_schedule_resumes_work(cast: Cast) -> None:
    ticket = taken(cast)
    actions.wait(ticket, by=cast.agent, wait_for="part")
    entry = actions.resume(ticket, by=Person.objects.get(login="system"))
    assert told(entry) == {"dora", "anna"}


def test_a_ticket_that_goes_round_is_heard_by_those_above(cast: Cast) -> None:
    chief = member(person("gleb", "Gleb Chief"), cast.network, head=True)
    ticket = taken(cast)
    there = {"people": [cast.network_agent], "reason": "cables"}
    back = {"people": [cast.agent], "reason": "printers"}
    first = actions.hand_over(ticket, by=cast.agent, **there)  # type: ignore[arg-type]
    assert told(first) == {"dora", "nina", chief.login}
    actions.hand_over(ticket, by=cast.network_agent, **back)  # type: ignore[arg-type]
    again = actions.hand_over(ticket, by=cast.agent, **there)  # type: ignore[arg-type]
    assert again.facts["notice"] == "ping_pong"
    assert told(again) == {"dora", "nina", chief.login, "hugo"}


def test_notes_are_never_heard_by_clients(cast: Cast) -> None:
    ticket = taken(cast, by=cast.client)
    actions.reply(ticket, by=cast.client, text="Please")
    assert told(actions.note(ticket, by=cast.agent_b, text="He again")) == {"anna"}
    assert told(actions.reply(ticket, by=cast.agent, text="Done soon")) == {"boris", "clara"}


def test_who_no_longer_sees_the_ticket_hears_nothing(cast: Cast) -> None:
    ticket = order(cast)
    actions.hand_over(ticket, by=cast.director, department=cast.accounting, reason="not ours")
    assert told(ticket.entries.get(verb=Verb.OPEN)) == set()


def test_the_inactive_hear_nothing(cast: Cast) -> None:
    Person.objects.filter(pk=cast.agent.pk).update(is_active=False)
    assert told(order(cast).entries.get()) == {"boris", "hugo"}


def test_a_late_worker_still_tells_the_department_of_a_ticket_already_taken(cast: Cast) -> None:
    ticket = order(cast)
    actions.take(ticket, by=cast.agent)
    assert told(ticket.entries.get(verb=Verb.OPEN)) == {"anna", "boris", "hugo"}


ACTS_THAT_CONCERN_THE_REQUESTER: dict[str, tuple[Callable[..., Ticket], Act]] = {
    "taken": (order, lambda t, c: actions.take(t, by=c.agent)),
    "replied": (taken, lambda t, c: actions.reply(t, by=c.agent, text="Looking")),
    "waits": (taken, lambda t, c: actions.wait(t, by=c.agent, wait_for="part")),
    "done": (taken, lambda t, c: actions.complete(t, by=c.agent)),
    "returned": (finished, lambda t, c: actions.return_to_work(t, by=c.head, reason="not yet")),
    "reopened": (finished, lambda t, c: actions.reopen(t, by=c.head, reason="again")),
    "deadline": (
        taken,
        lambda t, c: actions.set_deadline(
            t, by=c.head, deadline=timezone.now() + timedelta(days=2), reason="spare part"
        ),
    ),
    "priority": (taken, lambda t, c: actions.set_priority(t, by=c.head, priority=3)),
    "cancelled": (taken, lambda t, c: actions.cancel(t, by=c.head, reason="sold")),
    "handed over": (
        taken,
        lambda t, c: actions.hand_over(t, by=c.agent, people=[c.agent_b], reason="yours"),
    ),
}


@pytest.mark.parametrize("what", ACTS_THAT_CONCERN_THE_REQUESTER)
def test_the_client_for_whom_it_was_written_hears_when_it_is(cast: Cast, what: str) -> None:
    make, act = ACTS_THAT_CONCERN_THE_REQUESTER[what]
    assert "clara" in told(act(make(cast, by=cast.agent2, requester=cast.client), cast))
