"""The ticket page: who sees what of it, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.desk.tickets.tests.conftest import At
from estafeta.tickets import actions
from estafeta.tickets.models import ReadMark, Ticket
from tests.cast import Cast
from tests.orders import done, order, taken


def html(response: Any) -> str:
    return str(response.content.decode())


def test_the_page_says_what_it_is_where_it_is_and_what_can_be_done(cast: Cast, at: At) -> None:
    ticket = taken(cast, by=cast.agent, text="It hums **loudly**")
    page = html(at(cast.agent).get(f"/tickets/{ticket.pk}"))
    for words in (f"No. {ticket.pk}", ticket.title, "In progress", "<strong>loudly</strong>",
                  "Anna Agent", "Dora Director", "takes the ticket", "Journal verified"):  # fmt: skip
        assert words in page
    primary = page.split("button-primary")[2].split("</button>")[0].split("</a>")[0]
    assert "Complete" in primary


@pytest.mark.parametrize(
    ("role", "status"),
    [("director", 200), ("head", 200), ("agent", 200), ("agent_b", 200), ("agent2", 404),
     ("network_agent", 404), ("client", 404), ("lead", 404), ("stranger", 404), ("admin", 404)],
)  # fmt: skip
@pytest.mark.parametrize("part", ["", "/story", "/print", "/journal-check", "/take"])
def test_only_those_who_may_see_it_get_it(
    cast: Cast, at: At, role: str, status: int, part: str
) -> None:
    ticket = order(cast)
    answer = at(getattr(cast, role)).get(f"/tickets/{ticket.pk}{part}")
    assert answer.status_code == status
    assert status == 200 or ticket.title not in html(answer)


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 19, "9" * 20, "9" * 5000, "-1", "1.5"])
def test_a_number_that_is_no_ticket_is_not_found(cast: Cast, at: At, number: str) -> None:
    for part in ("", "/story", "/print", "/journal-check", "/take", "/reply"):
        assert at(cast.director).get(f"/tickets/{number}{part}").status_code == 404
    assert at(cast.director).post(f"/tickets/{number}/take").status_code == 404


def test_who_is_not_signed_in_is_asked_to(cast: Cast, client: Any) -> None:
    ticket = order(cast)
    answer = client.get(f"/tickets/{ticket.pk}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/sign-in?next=/tickets/{ticket.pk}"
    assert client.post(f"/tickets/{ticket.pk}/take").status_code == 302
    ticket.refresh_from_db()
    assert ticket.performer is None


def test_no_trace_of_a_note_reaches_the_client(cast: Cast, at: At) -> None:
    ticket = order(cast, by=cast.client)
    actions.take(ticket, by=cast.agent)
    actions.note(ticket, by=cast.agent, text="spare-disk-on-the-shelf")
    actions.reply(ticket, by=cast.agent, text="Coming at noon")
    browser = at(cast.client)
    for part in ("", "?show=conversation", "?show=journal", "?write=note", "/story", "/print"):
        page = html(browser.get(f"/tickets/{ticket.pk}{part}", headers={"HX-Request": "true"} if
                                part == "/story" else {}))  # fmt: skip
        assert "spare-disk" not in page
        assert "writes a note" not in page
        assert "Note for staff" not in page
    assert "Coming at noon" in html(browser.get(f"/tickets/{ticket.pk}"))
    counts = html(browser.get(f"/tickets/{ticket.pk}")).split("ticket-tabs")[1][:900]
    assert 'Conversation<span class="num">1</span>' in counts
    assert 'Journal<span class="num">3</span>' in counts


def test_a_client_does_not_see_the_card_of_others_or_their_tickets(cast: Cast, at: At) -> None:
    order(cast, by=cast.stranger, title="Secret of Beta")
    order(cast, by=cast.client, title="Own other one")
    ticket = order(cast, by=cast.client)
    page = html(at(cast.lead).get(f"/tickets/{ticket.pk}"))
    assert "Own other one" in page
    assert "Secret of Beta" not in page


def test_the_requesters_card_leads_staff_to_the_directory_of_clients(cast: Cast, at: At) -> None:
    link = f'href="/clients/{cast.client.pk}"'
    ticket = order(cast, by=cast.client)
    assert link in html(at(cast.agent).get(f"/tickets/{ticket.pk}"))
    assert at(cast.agent).get(f"/clients/{cast.client.pk}").status_code == 200
    assert link not in html(at(cast.lead).get(f"/tickets/{ticket.pk}"))
    own = order(cast, by=cast.head)
    assert "/clients/" not in html(at(cast.agent).get(f"/tickets/{own.pk}"))


def test_the_requesters_other_tickets_are_only_those_the_reader_sees(cast: Cast, at: At) -> None:
    order(cast, by=cast.client, title="For accounting", department=cast.accounting)
    order(cast, by=cast.client, title="Also for IT")
    ticket = order(cast, by=cast.client)
    page = html(at(cast.agent).get(f"/tickets/{ticket.pk}"))
    assert "Also for IT" in page
    assert "For accounting" not in page


def test_opening_it_reads_it_and_writes_only_when_needed(cast: Cast, at: At) -> None:
    ticket = order(cast)
    browser = at(cast.agent)
    browser.get(f"/tickets/{ticket.pk}")
    assert ReadMark.objects.get(ticket=ticket, person=cast.agent).seq == ticket.journal_length
    with CaptureQueriesContext(
        connection,
    ) as queries:
        browser.get(f"/tickets/{ticket.pk}")
    writes = [q["sql"] for q in queries if "readmark" in q["sql"] and "SELECT" not in q["sql"]]
    assert writes == []
    actions.take(ticket, by=cast.agent_b)
    assert "New since your last look" in html(browser.get(f"/tickets/{ticket.pk}"))
    assert ReadMark.objects.get(ticket=ticket, person=cast.agent).seq == 2


def test_a_page_in_the_background_does_not_count_as_read(cast: Cast, at: At) -> None:
    ticket = order(cast)
    browser, live = at(cast.agent), {"HX-Request": "true"}
    browser.get(f"/tickets/{ticket.pk}/story?since=1&hidden=1", headers=live)
    assert not ReadMark.objects.filter(person=cast.agent).exists()
    browser.get(f"/tickets/{ticket.pk}/story?since=1", headers=live)
    assert ReadMark.objects.filter(person=cast.agent).exists()


def test_the_number_of_queries_does_not_grow_with_the_story(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    browser = at(cast.agent)

    def cost() -> int:
        browser.get(f"/tickets/{ticket.pk}")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/tickets/{ticket.pk}").status_code == 200
        return len(queries)

    actions.note(ticket, by=cast.agent, text="one")
    few = cost()
    for number in range(15):
        actions.note(ticket, by=cast.agent, text=f"note {number}")
        actions.reply(ticket, by=cast.agent, text=f"reply {number}")
    for giver, taker in ((cast.agent, cast.agent_b), (cast.agent_b, cast.agent)) * 3:
        actions.hand_over(ticket, by=giver, people=[taker], reason="yours")
    for number in range(8):
        order(cast, title=f"Other {number}")
    assert cost() == few
    assert few <= 30


def test_whoever_lost_a_ticket_is_told_so_and_led_to_the_inbox(cast: Cast, at: At) -> None:
    ticket = order(cast)
    browser = at(cast.agent)
    browser.get(f"/tickets/{ticket.pk}")
    actions.hand_over(ticket, by=cast.head, department=cast.accounting, reason="theirs")
    answer = browser.get(f"/tickets/{ticket.pk}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/inbox")
    assert f"Ticket {ticket.pk} has left your desk." in html(browser.get("/inbox"))
    live = browser.get(f"/tickets/{ticket.pk}/story", headers={"HX-Request": "true"})
    assert live.headers["HX-Redirect"] == "/inbox"
    assert ticket.title not in html(live)


def test_a_tampered_journal_shows_on_the_page_and_in_the_check(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    browser = at(cast.agent)
    assert "Nothing in this ticket was changed" in html(
        browser.get(f"/tickets/{ticket.pk}/journal-check")
    )
    Ticket.objects.filter(pk=ticket.pk).update(journal_head="0" * 64)
    assert "The journal was tampered with" in html(browser.get(f"/tickets/{ticket.pk}"))
    assert "entry 2 was changed" in html(browser.get(f"/tickets/{ticket.pk}/journal-check"))


def test_a_finished_ticket_says_when_it_goes_to_the_archive(cast: Cast, at: At) -> None:
    ticket = done(cast)
    assert "To the archive" in html(at(cast.agent).get(f"/tickets/{ticket.pk}"))
    actions.archive(ticket, by=cast.head)
    page = html(at(cast.agent).get(f"/tickets/{ticket.pk}"))
    assert "To the archive" not in page
    assert "Whoever reopens it can write here again" in page


def test_of_two_ways_back_the_one_to_the_performer_stands_first(cast: Cast, at: At) -> None:
    ticket = done(cast)
    page = html(at(cast.director).get(f"/tickets/{ticket.pk}"))
    menu = page.index('id="verbs"')
    assert page.index('data-verb="return_to_work"') < menu < page.index('data-verb="reopen"')
