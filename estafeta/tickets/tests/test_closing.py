import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed, NotNow
from estafeta.tickets.models import Acceptance, Hold, Ticket
from estafeta.tickets.statuses import Status
from tests.cast import Cast
from tests.orders import done, order, taken


def test_without_acceptance_completing_ends_it(cast: Cast) -> None:
    ticket = done(cast)
    assert ticket.status == Status.DONE
    assert ticket.closed_at is not None
    assert not Hold.objects.filter(ticket=ticket, until=None).exists()


@pytest.mark.parametrize(
    ("acceptance", "may"),
    [
        (Acceptance.AUTHOR, {"client", "director"}),
        (Acceptance.HEAD, {"head", "director"}),
    ],
)
def test_only_the_one_asked_accepts(cast: Cast, acceptance: str, may: set[str]) -> None:
    for who, person in cast.everybody().items():
        ticket = done(cast, requester=cast.client, acceptance=acceptance)
        assert ticket.status == Status.REVIEW
        if who in may:
            actions.accept(ticket, by=person)
            assert ticket.status == Status.DONE
        else:
            with pytest.raises(NotAllowed):
                actions.accept(ticket, by=person)


def test_finished_work_comes_back_to_whoever_did_it(cast: Cast) -> None:
    ticket = done(cast)
    with pytest.raises(Invalid):
        actions.return_to_work(ticket, by=cast.director, reason="")
    actions.return_to_work(ticket, by=cast.director, reason="Опять")
    assert (ticket.status, ticket.performer, ticket.returns) == (
        Status.IN_PROGRESS, cast.agent, 1,
    )  # fmt: skip
    assert Hold.objects.get(ticket=ticket, until=None).person == cast.agent


def test_work_of_somebody_who_left_comes_back_free(cast: Cast) -> None:
    ticket = done(cast)
    cast.agent.is_active = False
    cast.agent.save()
    ticket = Ticket.objects.get(pk=ticket.pk)
    actions.return_to_work(ticket, by=cast.director, reason="Опять")
    assert (ticket.status, ticket.performer) == (Status.NEW, None)


def test_the_performer_takes_back_what_he_completed_too_early(cast: Cast) -> None:
    ticket = done(cast, acceptance=Acceptance.AUTHOR)
    actions.return_to_work(ticket, by=cast.agent, reason="Нажал не туда")
    assert (ticket.status, ticket.performer) == (Status.IN_PROGRESS, cast.agent)


def test_an_onlooker_cannot_return_the_work_of_others(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.return_to_work(done(cast), by=cast.agent_b, reason="Мне не нравится")


def test_cancelling_needs_a_reason_and_the_right(cast: Cast) -> None:
    ticket = order(cast)
    with pytest.raises(NotAllowed):
        actions.cancel(ticket, by=cast.agent, reason="Не хочу")
    with pytest.raises(Invalid):
        actions.cancel(ticket, by=cast.director, reason="  ")
    actions.cancel(ticket, by=cast.director, reason="Уже не нужно")
    assert ticket.status == Status.CANCELLED
    with pytest.raises(NotNow):
        actions.take(ticket, by=cast.agent)


@pytest.mark.parametrize("end", ["done", "cancelled", "archived"])
def test_reopened_it_is_free_again(cast: Cast, end: str) -> None:
    ticket = order(cast) if end == "cancelled" else done(cast)
    if end == "cancelled":
        actions.cancel(ticket, by=cast.director, reason="Не нужно")
    if end == "archived":
        actions.archive(ticket, by=cast.director)
    actions.reopen(ticket, by=cast.director, reason="Снова")
    assert (ticket.status, ticket.performer, ticket.closed_at) == (Status.NEW, None, None)
    assert Hold.objects.filter(ticket=ticket, until=None).count() == 1


def test_an_archived_ticket_only_opens_again(cast: Cast) -> None:
    ticket = done(cast)
    actions.archive(ticket, by=cast.director)
    with pytest.raises(NotNow):
        actions.reply(ticket, by=cast.director, text="Ещё одно")
    with pytest.raises(NotNow):
        actions.return_to_work(ticket, by=cast.director, reason="Нет")


def test_work_that_nobody_has_cannot_be_completed(cast: Cast) -> None:
    with pytest.raises(NotNow):
        actions.complete(order(cast), by=cast.head)
    with pytest.raises(NotAllowed):
        actions.complete(taken(cast), by=cast.agent_b)
