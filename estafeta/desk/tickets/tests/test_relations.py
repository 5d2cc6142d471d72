"""What belongs to a ticket, on its page: shown to whoever sees both ends, and to nobody else."""

import re
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.desk.tickets.tests.conftest import At
from estafeta.tickets import actions
from estafeta.tickets.models import Tag, Ticket
from tests.cast import Cast
from tests.orders import order, taken

HTMX = {"HX-Request": "true"}


def _page(at: At, person: Any, ticket: Ticket, **more: Any) -> str:
    return at(person).get(f"/tickets/{ticket.pk}", **more).content.decode()


def test_links_are_shown_on_both_pages_each_from_its_end(cast: Cast, at: At) -> None:
    one, other = order(cast, title="Первая"), order(cast, title="Вторая")
    actions.link(one, by=cast.agent, other=other, kind="blocks")
    here, there = _page(at, cast.agent, one), _page(at, cast.agent, other)
    assert "Blocks" in here
    assert "Вторая" in here
    assert "Is blocked by" in there
    assert "Первая" in there
    assert f"/tickets/{one.pk}/unlink?other={other.pk}&amp;word=blocks" in here


def test_the_other_end_is_neither_shown_nor_counted_where_it_is_not_seen(
    cast: Cast, at: At
) -> None:
    one, other = order(cast), order(cast, title="Тайная", department=cast.accounting)
    actions.link(one, by=cast.director, other=other, kind="relates")
    page = _page(at, cast.agent, one)
    assert "Тайная" not in page
    assert f"/tickets/{other.pk}" not in page
    assert "links the ticket to another one" in page
    assert "Тайная" in _page(at, cast.director, one)


def test_clients_see_neither_tags_nor_followers_nor_links(cast: Cast, at: At) -> None:
    ticket = order(cast, by=cast.client)
    actions.take(ticket, by=cast.agent)
    actions.tag(ticket, by=cast.agent, add=["трудный"])
    actions.follow(ticket, by=cast.agent, people=[cast.agent2])
    actions.link(ticket, by=cast.agent, other=order(cast, by=cast.client), kind="relates")
    page = _page(at, cast.client, ticket)
    for word in ("трудный", cast.agent2.name, "Relates to", "links the ticket", "Followers"):
        assert word not in page, word
    dialog = at(cast.client).get(f"/tickets/{ticket.pk}/follow").content.decode()
    assert cast.agent2.name not in dialog
    asked = at(cast.client).get(f"/tickets/{ticket.pk}/unfollow?person={cast.agent2.pk}")
    assert cast.agent2.name not in asked.content.decode()


def test_a_merged_ticket_leads_to_where_it_goes_on(cast: Cast, at: At) -> None:
    one, other = taken(cast, title="Первая"), taken(cast, title="Вторая")
    actions.reply(one, by=cast.agent, text="Сказано раньше")
    actions.merge(one, by=cast.agent, other=other)
    answer = at(cast.agent).get(f"/tickets/{one.pk}")
    assert (answer.status_code, answer.headers["Location"]) == (
        302, f"/tickets/{other.pk}#merged-{one.pk}",
    )  # fmt: skip
    page = _page(at, cast.agent, other)
    assert f'id="merged-{one.pk}"' in page
    assert f"/tickets/{one.pk}/unmerge" in page
    told = at(cast.agent).get(
        f"/tickets/{one.pk}/story?before=2147483647&inside=1", headers=HTMX
    )  # fmt: skip
    assert "Сказано раньше" in told.content.decode()
    assert 'id="entry-' not in told.content.decode()


def test_whoever_does_not_see_where_it_goes_on_keeps_the_merged_page(cast: Cast, at: At) -> None:
    one = order(cast, by=cast.stranger, title="Своя")
    other = order(cast, by=cast.client, title="Чужая")
    actions.merge(one, by=cast.agent, other=other)
    page = _page(at, cast.stranger, one)
    assert "This ticket was merged into another one" in page
    assert "Чужая" not in page
    assert at(cast.client).get(f"/tickets/{one.pk}").status_code == 404
    assert "Своя" not in _page(at, cast.client, other)


def test_the_undo_is_offered_for_a_day_to_who_may(cast: Cast, at: At) -> None:
    one, other = order(cast), order(cast)
    actions.merge(one, by=cast.agent, other=other)
    assert f"/tickets/{one.pk}/unmerge" in _page(at, cast.agent, other)
    answer = at(cast.agent).post(f"/tickets/{one.pk}/unmerge", {}, headers=HTMX)
    assert answer.status_code == 204
    page = _page(at, cast.agent, other)
    assert f'id="merged-{one.pk}"' not in page
    assert _page(at, cast.agent, one)


def test_parts_show_how_far_they_are_and_count_those_that_are_not_seen(cast: Cast, at: At) -> None:
    whole = taken(cast)
    actions.add_subtask(whole, by=cast.agent, title="Видная")
    made = actions.add_subtask(whole, by=cast.agent, title="Скрытая", department=cast.accounting)
    Ticket.objects.filter(pk=made.facts["other"]).update(
        author=cast.agent2, requester=cast.agent2, author_department=cast.accounting
    )
    page = _page(at, cast.agent_b, whole)
    assert "0 of 2 done" in page
    assert "Видная" in page
    assert "Скрытая" not in page
    assert "and 1 that you do not see" in page


def test_completing_asks_while_parts_are_open_and_keeps_what_was_typed(cast: Cast, at: At) -> None:
    whole = taken(cast)
    actions.add_subtask(whole, by=cast.agent, title="Часть")
    browser, address = at(cast.agent), f"/tickets/{whole.pk}/complete"
    assert "1 sub-ticket is still open" in browser.get(address).content.decode()
    refused = browser.post(address, {"reason": "Почти всё"})
    assert refused.status_code == 422
    assert "Почти всё" in refused.content.decode()
    assert browser.post(address, {"reason": "Всё", "despite_subtasks": "on"}).status_code == 303
    alone = taken(cast)
    page = browser.get(f"/tickets/{alone.pk}/complete").content.decode()
    assert "sub-ticket" not in page


def test_only_what_this_person_changed_about_the_tags_is_changed(cast: Cast, at: At) -> None:
    ticket = order(cast)
    actions.tag(ticket, by=cast.agent, add=["старая"])
    browser = at(cast.agent_b)
    actions.tag(ticket, by=cast.agent, add=["новая"])
    browser.post(
        f"/tickets/{ticket.pk}/tag",
        {"tags": [], "tags_new": ["своя"], "were": "старая"},
    )
    assert set(ticket.taggings.values_list("tag__name", flat=True)) == {"новая", "своя"}


def test_a_tag_of_a_megabyte_is_refused_beside_its_field(cast: Cast, at: At) -> None:
    ticket = order(cast)
    answer = at(cast.agent).post(f"/tickets/{ticket.pk}/tag", {"tags_new": ["ж" * 1_000_000]})
    assert answer.status_code == 422
    assert "at most 40" in answer.content.decode()


def test_where_work_goes_on_only_open_tickets_are_offered(cast: Cast, at: At) -> None:
    whole, going = order(cast, title="Пеликан"), order(cast, title="Пеликан второй")
    finished = order(cast, title="Пеликан третий")
    actions.take(finished, by=cast.agent)
    actions.complete(finished, by=cast.agent)

    def offered(page: str, text: str) -> set[int]:
        content = at(cast.agent).get(page, headers={"HX-Request": "true"}).content.decode()
        source = re.search(r'data-source="(/tickets/suggest[^"]*)"', content)
        assert source
        address = f"{source[1]}{'&' if '?' in source[1] else '?'}q={text}"
        rows = at(cast.agent).get(address).json()["results"]
        return {row["value"] for row in rows}

    for page in ("adopt", "merge"):
        assert offered(f"/tickets/{whole.pk}/{page}", "пеликан") == {whole.pk, going.pk}
        assert offered(f"/tickets/{whole.pk}/{page}", str(finished.pk)) == {finished.pk}
    assert finished.pk in offered(f"/tickets/{whole.pk}/link", "пеликан")


def test_fields_complete_tags_tickets_and_names(cast: Cast, at: At) -> None:
    Tag.objects.create(name="Принтер", key="принтер")
    mine, foreign = (
        order(cast, title="Пеликан"),
        order(cast, title="Пеликан чужой", department=cast.accounting),
    )

    def found(path: str, **query: Any) -> list[Any]:
        rows = at(cast.agent).get(path, query).json()["results"]
        return [row["value"] for row in rows]

    assert found("/tags/suggest", q="ПРИ") == ["Принтер"]
    assert found("/tickets/suggest", q="пеликан") == [mine.pk]
    assert found("/tickets/suggest", q=str(foreign.pk)) == []
    assert found("/people/mentions", q="ver") == ["vera"]
    assert found(f"/tickets/{mine.pk}/mentions", q="anna") == []
    names = at(cast.client).get("/people/mentions", {"q": ""}).json()["results"]
    assert names == []


def test_a_client_completes_only_names_that_the_ticket_shows_him(cast: Cast, at: At) -> None:
    ticket = order(cast, by=cast.client)
    actions.take(ticket, by=cast.agent)
    actions.note(ticket, by=cast.agent_b, text="Для своих")
    rows = at(cast.client).get(f"/tickets/{ticket.pk}/mentions", {"q": ""}).json()["results"]
    assert [row["value"] for row in rows] == ["anna"]


def test_a_page_with_many_relations_asks_as_often_as_one_with_one(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    browser = at(cast.agent)

    def cost() -> int:
        browser.get(f"/tickets/{ticket.pk}")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/tickets/{ticket.pk}")
        return len(queries)

    alone = cost()

    def relate() -> None:
        actions.link(ticket, by=cast.agent, other=order(cast), kind="relates")
        actions.add_subtask(ticket, by=cast.agent, title="Часть")
        actions.merge(order(cast), by=cast.agent, other=Ticket.objects.get(pk=ticket.pk))

    actions.tag(ticket, by=cast.agent, add=["одна"])
    relate()
    one = cost()
    for n in range(5):
        relate()
        actions.tag(ticket, by=cast.agent, add=[f"тег {n}"])
    assert cost() == one
    assert one <= alone + 7
