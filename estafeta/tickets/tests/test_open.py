from datetime import timedelta

import pytest

from estafeta.lib import clock
from estafeta.tickets import actions, submissions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Acceptance, Entry, Hold, Participant, ReadMark, Ticket, Topic
from estafeta.tickets.statuses import Status
from tests.cast import Cast
from tests.orders import order


def test_a_new_ticket_is_free_in_its_department_and_journaled(cast: Cast) -> None:
    ticket = order(cast, text="С **утра**")
    assert (ticket.status, ticket.department, ticket.performer) == (Status.NEW, cast.it, None)
    assert "<strong>утра</strong>" in ticket.text_html
    entry = Entry.objects.get(ticket=ticket)
    assert entry.facts["department"] == {"id": cast.it.pk, "name": "IT"}
    assert Hold.objects.get(ticket=ticket).person is None
    assert ReadMark.objects.get(ticket=ticket, person=cast.director).seq == 1


def test_numbers_follow_each_other(cast: Cast) -> None:
    first, second = order(cast), order(cast)
    assert second.number == first.number + 1


def test_a_ticket_to_a_person_stands_in_his_department(cast: Cast) -> None:
    ticket = order(cast, people=[cast.agent2], department=None)
    assert ticket.department == cast.accounting
    assert Participant.objects.get(ticket=ticket).is_addressee


def test_a_topic_gives_department_and_acceptance(cast: Cast) -> None:
    topic = Topic.objects.create(
        name="Printers", department=cast.network, acceptance=Acceptance.AUTHOR
    )
    ticket = order(cast, department=None, topic=topic)
    assert (ticket.department, ticket.acceptance) == (cast.network, Acceptance.AUTHOR)


def test_an_agent_records_a_call_for_a_client_of_an_organisation(cast: Cast) -> None:
    ticket = order(cast, by=cast.agent, requester=cast.client)
    assert (ticket.author, ticket.requester) == (cast.agent, cast.client)
    assert ticket.organisation == cast.alpha
    assert ticket.author_department == cast.it


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " \n\u200b".strip("\u200b")}, "title"),
        ({"title": "x" * 251}, "title"),
        ({"text": "x" * 200_001}, "text"),
        ({"priority": 9}, "priority"),
        ({"acceptance": "nobody at all"}, "acceptance"),
        ({"deadline": clock.now() - timedelta(minutes=1)}, "deadline"),
        ({"department": None}, "department"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(cast: Cast, fields: dict, field: str) -> None:
    given = {"title": "Fine", "department": cast.it, **fields}
    with pytest.raises(Invalid) as caught:
        actions.open_ticket(by=cast.director, **given)
    assert caught.value.field == field
    assert not Ticket.objects.exists()


def test_a_client_cannot_choose_people_or_speak_for_others(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        order(cast, by=cast.client, people=[cast.agent])
    with pytest.raises(NotAllowed):
        order(cast, by=cast.client, requester=cast.stranger)


def test_clients_and_leavers_are_not_performers(cast: Cast) -> None:
    cast.agent.is_active = False
    cast.agent.save()
    for person in (cast.client, cast.agent):
        with pytest.raises(Invalid):
            order(cast, people=[person])


def test_a_closed_department_takes_nothing(cast: Cast) -> None:
    cast.it.is_active = False
    cast.it.save()
    with pytest.raises(Invalid) as caught:
        order(cast)
    assert caught.value.field == "department"


def test_the_same_form_sent_twice_opens_one_ticket(cast: Cast) -> None:
    key = submissions.Key("form-1", "digest")
    first = order(cast, submission=key)
    assert order(cast, submission=key) == first
    with pytest.raises(submissions.KeyReused):
        order(cast, submission=submissions.Key("form-1", "another digest"))
    assert Ticket.objects.count() == 1


def test_control_codes_are_dropped_and_everything_else_is_kept(cast: Cast) -> None:
    ticket = order(cast, title="a\x00b\x1b\n\u202eрtl 'quoted' \"x\" <b>", text="=1+1\x00\ud800")
    assert ticket.title == "ab \u202eрtl 'quoted' \"x\" <b>"
    assert ticket.text == "=1+1"
