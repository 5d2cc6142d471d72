"""The main road through all verbs, on rows."""

import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Changed, Invalid, NotAllowed, NotNow
from estafeta.tickets.lists.search import matching
from estafeta.tickets.models import Acceptance, Entry, Hold, Tally, Ticket
from estafeta.tickets.phrases import phrase
from estafeta.tickets.statuses import Status
from tests.cast import Cast
from tests.orders import order


def test_the_baton_goes_from_hand_to_hand_until_the_author_accepts(cast: Cast) -> None:
    ticket = order(cast, acceptance=Acceptance.AUTHOR)
    actions.take(ticket, by=cast.agent)
    actions.hand_over(ticket, by=cast.agent, people=[cast.agent_b], reason="По железу — к тебе")
    actions.complete(ticket, by=cast.agent_b, reason="Заменил диск")
    assert ticket.status == Status.REVIEW
    actions.return_to_work(ticket, by=cast.director, reason="Не работает")
    assert ticket.performer == cast.agent_b
    actions.complete(ticket, by=cast.agent_b)
    actions.accept(ticket, by=cast.director)
    assert ticket.status == Status.DONE
    assert ticket.closed_at is not None
    verbs = list(Entry.objects.filter(ticket=ticket).values_list("verb", flat=True))
    assert verbs == [
        "open", "take", "hand_over", "complete", "return_to_work", "complete", "accept",
    ]  # fmt: skip
    assert [h.person for h in Hold.objects.filter(ticket=ticket)] == [
        None, cast.agent, cast.agent_b, cast.agent_b,
    ]  # fmt: skip
    assert not Hold.objects.filter(until=None).exists()
    assert {t.status: t.amount for t in Tally.objects.filter(amount__gt=0)} == {"done": 1}
    assert [phrase(entry) for entry in Entry.objects.filter(ticket=ticket)][2]


def test_a_stranger_can_do_nothing(cast: Cast) -> None:
    ticket = order(cast)
    with pytest.raises(NotAllowed):
        actions.take(ticket, by=cast.agent2)
    assert not Ticket.objects.visible_to(cast.agent2).exists()


def test_the_second_of_two_is_told_what_changed(cast: Cast) -> None:
    ticket = order(cast)
    seen_by_second = Ticket.objects.get(pk=ticket.pk).as_seen_at(ticket.journal_length)
    actions.hand_over(ticket, by=cast.agent, people=[cast.agent_b], reason="к тебе")
    with pytest.raises(Changed) as caught:
        actions.take(seen_by_second, by=cast.head)
    assert [entry.verb for entry in caught.value.entries] == ["hand_over"]


def test_what_the_status_forbids_is_refused(cast: Cast) -> None:
    ticket = order(cast)
    with pytest.raises(NotNow):
        actions.complete(ticket, by=cast.head)
    with pytest.raises(Invalid):
        actions.hand_over(ticket, by=cast.agent, department=cast.it, reason="сам себе")


@pytest.mark.parametrize("query", ["сервера", "СЕРВЕР 1с", "№{}", "отвечать"])
def test_search_knows_word_forms(cast: Cast, query: str) -> None:
    ticket = order(cast)
    found = matching(
        Ticket.objects.visible_to(cast.agent),
        query.format(ticket.pk),
        reader=cast.agent,
    )
    assert list(found) == [ticket]


def test_a_note_is_not_found_by_the_client(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    actions.note(ticket, by=cast.agent, text="Запасной диск на полке")
    for reader, amount in ((cast.client, 0), (cast.agent, 1)):
        found = matching(Ticket.objects.visible_to(reader), "запасные диски", reader=reader)
        assert found.count() == amount
