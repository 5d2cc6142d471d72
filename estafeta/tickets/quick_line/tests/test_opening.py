"""The line of a person, with names from the database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Department
from estafeta.lib import clock
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Ticket, Topic
from estafeta.tickets.quick_line.opening import open_line, understood
from estafeta.tickets.quick_line.pieces import Doubt, NameKind
from tests.cast import Cast, member, person


def test_times_are_those_of_the_writer(cast: Cast) -> None:
    cast.agent.time_zone = "Asia/Almaty"
    with clock.standing_at(datetime(2026, 11, 24, 4, tzinfo=UTC)):
        line = understood("@IT by 15:00 lamp", by=cast.agent)
    assert line.deadline == datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_hidden_departments_and_topics_are_not_named(cast: Cast) -> None:
    Department.objects.create(name="Vault", is_hidden=True)
    Topic.objects.create(name="Secret", is_hidden=True)
    line = understood("@vault /secret lamp", by=cast.client)
    assert [piece.why for piece in line.pieces] == [Doubt.UNKNOWN, Doubt.UNKNOWN]
    assert understood("/secret lamp", by=cast.agent).of(NameKind.TOPIC)


def test_people_who_have_left_are_nobody(cast: Cast) -> None:
    cast.agent_b.is_active = False
    cast.agent_b.save()
    (piece,) = understood("@boris lamp", by=cast.agent).pieces
    assert piece.why is Doubt.UNKNOWN


def test_performers_are_agents_only_and_requesters_are_all(cast: Cast) -> None:
    line = understood("@clara lamp", by=cast.agent)
    assert line.pieces[0].why is Doubt.UNKNOWN
    line = understood("@IT lamp for Clara", by=cast.agent)
    assert line.ids(NameKind.REQUESTER) == [cast.client.pk]


def test_cases_of_names_are_found_in_the_database(cast: Cast) -> None:
    tanya = member(person("tkach", "Ткаченко Тетяна"), cast.it)
    olga = person("", "Лебедева Ольга")
    line = understood("@Ткаченко лампа для Лебедевой", by=cast.agent)
    assert (line.ids(NameKind.PERSON), line.ids(NameKind.REQUESTER)) == ([tanya.pk], [olga.pk])


def test_a_tag_that_cannot_be_hung_takes_the_ticket_with_it(cast: Cast) -> None:
    line = understood("@IT lamp !high #ok", by=cast.agent)
    object.__setattr__(line.pieces[2], "word", "a,b")
    with pytest.raises(Invalid):
        open_line(line, by=cast.agent)
    assert not Ticket.objects.exists()


def test_a_topic_gives_what_the_line_does_not_say(cast: Cast) -> None:
    Topic.objects.create(name="Printers", department=cast.it, priority=3, evidence=["photo"])
    entry = open_line(understood("/printers paper jam", by=cast.agent), by=cast.agent)
    ticket = entry.ticket
    assert (ticket.department, ticket.priority, ticket.evidence) == (cast.it, 3, ["photo"])


def test_an_empty_title_and_a_past_time_open_nothing(cast: Cast) -> None:
    for text in ("@IT", "@IT lamp until 01.01.2020", "@IT lamp @nobody"):
        with pytest.raises(Invalid):
            open_line(understood(text, by=cast.agent), by=cast.agent)


def test_queries_do_not_grow_with_the_people(cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            understood("@boris @vera lamp for Clara /x @accounting", by=cast.agent)
        return len(found)

    count()  # what is kept once is kept by then
    before = count()
    for number in range(30):
        member(person(f"p{number}", f"Boris Number{number}"), cast.it)
    assert count() == before
