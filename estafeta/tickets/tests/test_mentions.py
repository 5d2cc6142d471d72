"""Calling somebody by @login: he sees the ticket and is told, unless that would tell too much."""

import pytest

from estafeta.accounts.models import Person
from estafeta.lib import markdown
from estafeta.notifications import fan_out
from estafeta.notifications.models import Notification
from estafeta.tickets import actions
from estafeta.tickets.conversation import mentions
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.proof.verify import check_chain
from tests.cast import Cast
from tests.orders import order, taken


def _sees(person: Person, ticket: Ticket) -> bool:
    return Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()


def _told(person: Person) -> bool:
    fan_out.run_once()
    return Notification.objects.filter(person=person).exists()


def test_staff_who_is_called_sees_the_ticket_and_is_told(cast: Cast) -> None:
    ticket = taken(cast)
    entry = actions.note(ticket, by=cast.agent, text="@Vera, взгляни, пожалуйста")
    assert _sees(cast.agent2, ticket)
    assert entry.facts["mentions"] == [{"id": cast.agent2.pk, "name": cast.agent2.name}]
    html = entry.comment.text_html  # type: ignore[union-attr]
    assert 'class="mention"' in html
    assert 'title="Vera Accounting"' in html
    assert _told(cast.agent2)
    assert check_chain(Ticket.objects.get(pk=ticket.pk)) == []


def test_a_ticket_may_call_people_from_its_first_words(cast: Cast) -> None:
    ticket = order(cast, by=cast.agent, text="С участием @vera.")
    assert _sees(cast.agent2, ticket)
    assert Participant.objects.get(ticket=ticket, person=cast.agent2).was_mentioned


def test_a_client_calls_only_whom_the_ticket_shows_him(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    actions.take(ticket, by=cast.agent)
    entry = actions.reply(ticket, by=cast.client, text="@anna, @vera, @hugo, @carl?")
    assert [person["id"] for person in entry.facts["mentions"]] == [cast.agent.pk]
    assert not _sees(cast.agent2, ticket)
    assert "@vera, @hugo" in entry.comment.text_html  # type: ignore[union-attr]


def test_a_client_named_in_a_note_neither_hears_of_it_nor_sees_more(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    actions.take(ticket, by=cast.agent)
    fan_out.run_once()
    Notification.objects.all().delete()
    entry = actions.note(ticket, by=cast.agent, text="@clara опять звонила, @carl тоже")
    assert "mentions" not in entry.facts
    assert not _told(cast.client)
    assert not _sees(cast.stranger, ticket)


def test_a_client_named_in_a_reply_does_not_come_to_see_a_foreign_ticket(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    actions.reply(ticket, by=cast.agent, text="Как у @carl")
    assert not _sees(cast.stranger, ticket)


def test_correcting_a_text_tells_nobody_twice(cast: Cast) -> None:
    ticket = order(cast, by=cast.agent, text="@vera")
    entry = actions.edit(ticket, by=cast.agent, title="Иначе", text="@vera и @nina")
    assert [person["id"] for person in entry.facts["mentions"]] == [cast.network_agent.pk]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@anna", True), ("спасибо, @anna!", True), ("(@anna)", True), ("@anna.", True),
        ("@ANNA", True), ("**@anna**", True), ("`@anna`", False), ("anna@anna", False),
        ("x/@anna", False), ("@annabel", False), ("@@anna", False), ("    @anna", False),
        ("[@anna](https://e.org)", True), ("@anna.Готово", True),
    ],
)  # fmt: skip
def test_what_calls_and_what_does_not(cast: Cast, text: str, called: bool) -> None:
    found = mentions.read(text if text[0] != " " else "Код:\n\n" + text, by=cast.agent_b)
    assert (cast.agent in found.people) == called


def test_a_name_is_shown_safely(cast: Cast) -> None:
    cast.agent.name = '"><script>alert(1)</script>'
    cast.agent.save()
    html = mentions.read("@anna <span class='mention'>@vera</span>", by=cast.agent_b).html
    assert "<script" not in html
    assert html.count('class="mention"') == 2
    assert "&lt;span" in html
    assert markdown.shows(html, "@anna <span class='mention'>@vera</span>")


def test_a_text_without_an_at_sign_asks_nothing(
    cast: Cast, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        mentions.read("Обычный текст", by=cast.agent)
