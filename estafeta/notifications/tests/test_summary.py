"""How a summary reads: in the bell, as a pop-up, on its page, in a letter."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from estafeta.accounts.models import Site
from estafeta.notifications import fan_out, popups, wishing
from estafeta.notifications.concern import still_concern
from estafeta.notifications.content import content_of
from estafeta.notifications.models import Delivery, Notification
from estafeta.tickets import actions
from estafeta.tickets.bulk import runs
from estafeta.tickets.models import Ticket
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import order


@pytest.fixture(autouse=True)
def _mail() -> Any:
    with override_settings(EMAIL_HOST="mail.example.org"):
        yield


def take_many(cast: Cast, count: int = 25) -> tuple[list[Ticket], Notification]:
    """Anna takes what Dora asked for."""
    tickets = [order(cast, title=f"Printer {number}") for number in range(count)]
    fan_out.skip_history()
    runs.begin(Verb.TAKE, [one.pk for one in tickets], by=cast.agent, keywords={})
    while fan_out.run_once():
        pass
    return tickets, Notification.objects.get(person=cast.director)


def test_the_page_lists_the_tickets_and_reads_the_line(cast: Cast, client: Client) -> None:
    tickets, row = take_many(cast)
    client.force_login(cast.director)
    panel = client.get("/notifications/panel").content.decode()
    assert "25 tickets at once" in panel
    assert f'href="/notifications/{row.pk}"' in panel
    assert row.seen_at is None
    page = client.get(f"/notifications/{row.pk}").content.decode()
    assert all(f'href="/tickets/{one.pk}"' in page for one in tickets)
    row.refresh_from_db()
    assert row.seen_at is not None


def test_a_long_list_is_shown_page_by_page(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("estafeta.desk.bell.views.LISTED", 10)
    tickets, row = take_many(cast)
    client.force_login(cast.director)
    found, address = [], f"/notifications/{row.pk}"
    for _page in range(3):
        page = client.get(address).content.decode()
        found += [one.pk for one in tickets if f'href="/tickets/{one.pk}"' in page]
        _before, _sep, rest = page.partition(f"/notifications/{row.pk}?after=")
        address = f"/notifications/{row.pk}?after={rest.partition(chr(34))[0]}"
    assert found == [one.pk for one in tickets]
    assert not rest


def test_nobody_opens_what_another_was_told_and_no_single_line(cast: Cast, client: Client) -> None:
    _tickets, row = take_many(cast)
    for other in (cast.head, cast.admin, cast.client):
        client.force_login(other)
        assert client.get(f"/notifications/{row.pk}").status_code == 404
    client.force_login(cast.director)
    actions.reply(_tickets[0], by=cast.agent, text="Looking")
    while fan_out.run_once():
        pass
    single = Notification.objects.get(person=cast.director, amount=1)
    assert client.get(f"/notifications/{single.pk}").status_code == 404


def test_one_popup_tells_how_many(cast: Cast) -> None:
    take_many(cast)
    cards, _reached = popups.between(0, popups.newest(), [cast.director.pk], most=50)
    (card,) = (json.loads(one.data) for one in cards)
    assert card["title"] == "25 tickets at once"
    assert card["text"].startswith("Anna Agent ")
    assert card["ticket"] == 0


def test_a_popup_that_is_not_wished_is_counted_and_marked(cast: Cast) -> None:
    wishing.wish(cast.agent, by=cast.agent, cells={"offered": {"popup": False}})
    order(cast)
    while fan_out.run_once():
        pass
    people = [cast.agent.pk, cast.head.pk]
    cards, _reached = popups.between(0, popups.newest(), people, most=50)
    told = {one.person: json.loads(one.data) for one in cards}
    assert (told[cast.agent.pk]["quiet"], told[cast.agent.pk]["unread"]) == (True, 1)
    assert told[cast.head.pk]["quiet"] is False


def test_a_message_lists_the_first_and_links_to_the_rest(cast: Cast) -> None:
    Site.objects.update(public_url="https://desk.example.org")
    Site.forget()
    tickets, row = take_many(cast)
    content = content_of([Delivery.objects.get(notification=row)])
    assert content.title == "25 tickets at once"
    assert [part.link for part in content.parts] == [
        f"https://desk.example.org/tickets/{one.pk}" for one in tickets[:10]
    ]
    assert content.hint == "And 15 more."
    assert content.link == f"https://desk.example.org/notifications/{row.pk}"


def test_a_summary_concerns_as_long_as_one_of_its_tickets_does(cast: Cast) -> None:
    tickets, row = take_many(cast, 3)
    rows = Notification.objects.filter(pk=row.pk).with_what_happened().select_related("person")
    for one in tickets:
        assert still_concern(rows.all()) == {row.pk}
        Ticket.objects.filter(pk=one.pk).update(status="deleted", closed_at=timezone.now())
    assert still_concern(rows.all()) == set()


def test_an_absent_persons_name_stands_before_what_his_deputy_reads(
    cast: Cast, client: Client
) -> None:
    from estafeta.accounts.actions.absences import set_absence

    ticket = order(cast)
    actions.take(ticket, by=cast.agent)
    set_absence(cast.agent, by=cast.agent, starts_at=timezone.now(), deputy=cast.agent_b)
    actions.reply(ticket, by=cast.director, text="Hurry")
    while fan_out.run_once():
        pass
    client.force_login(cast.agent_b)
    page = client.get("/notifications").content.decode()
    assert "For Anna Agent: Dora Director" in page
    row = Notification.objects.get(person=cast.agent_b, stands_in_for=cast.agent)
    assert content_of([Delivery.objects.get(notification=row)]).hint.startswith("You get this for")
