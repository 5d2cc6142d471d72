"""Following: hearing of a ticket, and seeing it, without working on it."""

import pytest

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import order, taken


def _sees(person: Person, ticket: Ticket) -> bool:
    return Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()


def test_whoever_is_added_as_a_follower_sees_the_ticket(cast: Cast) -> None:
    ticket = taken(cast)
    assert not _sees(cast.agent2, ticket)
    entry = actions.follow(ticket, by=cast.agent, people=[cast.agent2])
    assert _sees(cast.agent2, ticket)
    assert [person["id"] for person in entry.facts["people"]] == [cast.agent2.pk]
    assert Participant.objects.get(ticket=ticket, person=cast.agent2).is_follower


def test_whoever_no_longer_follows_no_longer_sees_it(cast: Cast) -> None:
    ticket = taken(cast)
    actions.follow(ticket, by=cast.agent, people=[cast.agent2])
    actions.unfollow(ticket, by=cast.agent2)
    assert not _sees(cast.agent2, ticket)


def test_whoever_was_given_the_ticket_sees_it_after_following_too(cast: Cast) -> None:
    ticket = taken(cast)
    actions.follow(ticket, by=cast.agent, people=[cast.agent2])
    actions.hand_over(ticket, by=cast.agent, people=[cast.agent2], reason="Это к вам")
    actions.hand_over(ticket, by=cast.agent2, department=cast.it, reason="Не к нам")
    actions.unfollow(ticket, by=cast.agent2)
    assert _sees(cast.agent2, ticket)


def test_following_twice_or_leaving_twice_is_refused_in_words(cast: Cast) -> None:
    ticket = taken(cast)
    actions.follow(ticket, by=cast.agent)
    with pytest.raises(Invalid, match="follow it already"):
        actions.follow(ticket, by=cast.agent)
    actions.unfollow(ticket, by=cast.agent)
    with pytest.raises(Invalid, match="do not follow"):
        actions.unfollow(ticket, by=cast.agent)


def test_a_client_follows_for_himself_and_adds_nobody(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    actions.follow(ticket, by=cast.client)
    with pytest.raises(NotAllowed):
        actions.follow(ticket, by=cast.client, people=[cast.agent2])


def test_of_clients_only_colleagues_of_the_requester_can_be_added(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    colleague = Person.objects.create(login="cleo", name="Cleo", organisation=cast.alpha)
    actions.follow(ticket, by=cast.agent, people=[colleague])
    assert _sees(colleague, ticket)
    with pytest.raises(Invalid, match="cannot follow"):
        actions.follow(ticket, by=cast.agent, people=[cast.stranger])
    with pytest.raises(Invalid, match="cannot follow"):
        actions.follow(ticket, by=cast.agent, people=[cast.admin])


def test_others_are_removed_by_who_works_on_it_and_by_heads_only(cast: Cast) -> None:
    ticket = taken(cast)
    actions.follow(ticket, by=cast.agent, people=[cast.agent2, cast.network_agent])
    with pytest.raises(NotAllowed):
        actions.unfollow(ticket, by=cast.agent2, person=cast.network_agent)
    actions.unfollow(ticket, by=cast.head, person=cast.network_agent)
    assert not _sees(cast.network_agent, ticket)


def test_buttons_offer_what_changes_something(cast: Cast) -> None:
    ticket = taken(cast)
    assert Verb.FOLLOW in allowed_verbs(Relation.between(cast.agent, ticket))
    actions.follow(ticket, by=cast.agent)
    verbs = allowed_verbs(Relation.between(cast.agent, ticket))
    assert Verb.FOLLOW not in verbs
    assert Verb.UNFOLLOW in verbs


def test_a_foreign_ticket_cannot_be_followed(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.follow(order(cast), by=cast.agent2)
