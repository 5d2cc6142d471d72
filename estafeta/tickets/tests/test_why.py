"""Whoever sees a ticket is told why, and nobody else has a reason."""

from __future__ import annotations

import pytest

from estafeta.tickets import actions, visibility, why
from estafeta.tickets.models import Participant, Ticket
from tests.cast import Cast


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """Clara's, in IT, where Anna works on it."""
    found = actions.open_ticket(by=cast.client, title="Printer", department=cast.it).ticket
    actions.take(found, by=cast.agent)
    return found


def told(cast: Cast, who: str, ticket: Ticket) -> list[str]:
    return [reason.words for reason in why.reasons(cast.everybody()[who], ticket)]


def test_every_path_of_the_rule_has_words() -> None:
    assert {path.name for path in visibility.PATHS} == set(why.WORDS)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("director", ["You are a director: directors see every ticket."]),
        ("head", ["It is in IT, and you belong there."]),
        ("agent", ["It is in IT, and you belong there.", "You work on it."]),
        ("client", ["You wrote it.", "It was written for you: you are the requester."]),
        ("lead", ["It is for Alpha, and you see all tickets of this organisation."]),
        ("stranger", []),
        ("admin", []),
        ("agent2", []),
    ],
)
def test_everybody_is_told_his_own_reasons(
    cast: Cast, ticket: Ticket, who: str, words: list[str]
) -> None:
    assert told(cast, who, ticket) == words


def test_a_head_is_told_of_what_stands_below_him(cast: Cast) -> None:
    below = actions.open_ticket(by=cast.client, title="Cable", department=cast.network).ticket
    assert told(cast, "head", below) == ["It is in Network, which stands below what you head."]


def test_a_head_is_told_what_his_people_wrote(cast: Cast) -> None:
    away = actions.open_ticket(by=cast.agent, title="Bill", department=cast.accounting).ticket
    assert told(cast, "head", away) == ["Somebody of IT wrote it, and you head that department."]


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"is_addressee": True}, ["It is addressed to you in person."]),
        ({"has_performed": True}, ["You worked on it before."]),
        ({"is_follower": True}, ["You follow it."]),
        ({"was_mentioned": True}, ["Somebody mentioned you in it."]),
        ({}, ["You took part in it earlier."]),
    ],
)
def test_ties_in_person_are_told(
    cast: Cast, ticket: Ticket, flags: dict[str, bool], words: list[str]
) -> None:
    Participant.objects.create(ticket=ticket, person=cast.agent2, **flags)
    assert told(cast, "agent2", ticket) == words


def test_reasons_are_there_exactly_for_those_who_see_it(cast: Cast, ticket: Ticket) -> None:
    for person in cast.everybody().values():
        sees = Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()
        assert bool(why.reasons(person, ticket)) == sees, person
