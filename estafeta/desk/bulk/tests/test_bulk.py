from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.bulk import runs
from estafeta.tickets.models import BulkRun, SavedView, Ticket
from estafeta.tickets.statuses import Status
from tests.cast import Cast
from tests.orders import done, order, taken

At = Callable[[Person], Client]
HTMX = {"HX-Request": "true"}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def asked(client: Client, verb: str, numbers: list[int], **fields: Any) -> Any:
    return client.post(f"/bulk/{verb}", {"number": numbers, **fields}, headers=HTMX)


def test_the_dialog_says_how_many_can_and_why_others_cannot(cast: Cast, at: At) -> None:
    free, over = order(cast), done(cast)
    answer = asked(at(cast.agent), "take", [free.pk, over.pk])
    assert answer.status_code == 200
    assert "It will be done to 1 of 2 chosen tickets." in text(answer)
    assert "1 ticket stays as it is" in text(answer)
    assert "Not possible now: Take. The ticket is: Done." in text(answer)
    assert f'name="number" value="{free.pk}"' in answer.content.decode()
    assert not BulkRun.objects.exists()


def test_what_went_well_is_said_in_a_word_with_a_way_back(cast: Cast, at: At) -> None:
    numbers = [order(cast).pk for _ in range(2)]
    client = at(cast.agent)
    answer = asked(client, "take", numbers, do="1")
    assert answer.status_code == 204
    news = json.loads(answer.headers["HX-Trigger"])
    assert news["toast"]["text"] == "Take. 2 tickets: done."
    assert {"live:list", "live:counters", "bulk:done", "close-dialog"} <= set(news)
    back = client.post(news["toast"]["post"], headers=HTMX)
    assert back.status_code == 204
    assert set(Ticket.objects.values_list("status", flat=True)) == {Status.NEW}


def test_those_that_were_left_are_reported_with_their_titles(cast: Cast, at: At) -> None:
    free, over = order(cast), done(cast, title="Готовая")
    answer = asked(at(cast.agent), "take", [free.pk, over.pk], do="1")
    assert answer.status_code == 200
    assert "1 ticket: done. 1 ticket was left as it is." in text(answer)
    assert "Готовая" in text(answer)
    assert answer.headers["HX-Retarget"] == "#dialog"


def test_a_foreign_ticket_is_not_named(cast: Cast, at: At) -> None:
    foreign = order(cast, by=cast.stranger, department=cast.accounting, title="Чужая тайна")
    client = at(cast.agent)
    for fields in ({}, {"do": "1"}):
        answer = asked(client, "take", [foreign.pk, order(cast).pk], **fields)
        assert "Чужая" not in answer.content.decode()
        assert "You do not see this ticket any more." in text(answer)
    assert asked(client, "take", [foreign.pk], do="1").status_code == 404


def test_a_verb_with_words_asks_for_them_and_keeps_what_was_typed(cast: Cast, at: At) -> None:
    numbers = [order(cast).pk, order(cast).pk]
    client = at(cast.head)
    answer = asked(client, "cancel", numbers)
    assert "Nobody will work on it any more." in text(answer)
    refused = asked(client, "cancel", numbers, do="1", reason="  ")
    assert all(row["words"] == "Say why." for row in BulkRun.objects.get().refused)
    assert refused.status_code == 200
    wrong = asked(client, "set_deadline", numbers, do="1", deadline="gestern", reason="Потому")
    assert wrong.status_code == 422
    assert "Потому" in wrong.content.decode()
    assert asked(client, "cancel", numbers, do="1", reason="Отпало").status_code == 204


def test_what_asks_for_a_photo_is_foreseen_to_be_completed_by_itself(cast: Cast, at: At) -> None:
    plain, strict = taken(cast), taken(cast, evidence=["text", "photo"])
    answer = asked(at(cast.agent), "complete", [plain.pk, strict.pk])
    assert "It will be done to 1 of 2 chosen tickets." in text(answer)
    assert "It asks for a photo or a file: complete it by itself." in text(answer)
    assert f'name="number" value="{plain.pk}"' in answer.content.decode()
    counted = at(cast.agent).post("/bulk/offer", {"number": [plain.pk, strict.pk]}, headers=HTMX)
    assert "Complete 1" in text(counted)


def test_all_of_a_list_is_chosen_by_its_filters(cast: Cast, at: At) -> None:
    free = [order(cast).pk for _ in range(3)]
    taken(cast, by=cast.agent_b)
    order(cast, department=cast.accounting, by=cast.stranger)
    fields = {"all": "1", "list": "inbox", "query": "status=new&sort=-changed"}
    answer = at(cast.agent).post("/bulk/take", fields, headers=HTMX)
    assert "It will be done to all 3 chosen tickets." in text(answer)
    [numbers] = re.findall(r'name="number" value="([\d,]+)"', answer.content.decode())
    assert numbers == ",".join(map(str, reversed(free)))
    department = f"department-{cast.accounting.pk}"
    wrong = {"all": "1", "list": department, "query": ""}
    assert at(cast.agent).post("/bulk/take", wrong, headers=HTMX).status_code == 404


def test_a_longer_list_is_cut_and_says_so(cast: Cast, at: At, monkeypatch: Any) -> None:
    monkeypatch.setattr("estafeta.desk.bulk.selection.MOST", 2)
    for _ in range(3):
        order(cast)
    fields = {"all": "1", "list": "inbox", "query": ""}
    answer = at(cast.agent).post("/bulk/take", fields, headers=HTMX)
    assert "these are its first 2 tickets" in text(answer)


def test_a_long_run_shows_its_progress_until_it_is_done(
    cast: Cast, at: At, monkeypatch: Any
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    numbers = [order(cast).pk for _ in range(2)]
    client = at(cast.agent)
    answer = asked(client, "take", numbers, do="1")
    assert 'hx-trigger="every 1s"' in answer.content.decode()
    run = BulkRun.objects.get()
    runs.go_on(run)
    later = client.get(f"/bulk/{run.pk}", headers=HTMX)
    assert "every 1s" not in later.content.decode()
    assert "2 tickets: done." in text(later)


def test_a_report_is_the_persons_own(cast: Cast, at: At) -> None:
    asked(at(cast.agent), "take", [order(cast).pk], do="1")
    run = BulkRun.objects.get()
    for who in (cast.director, cast.agent_b, cast.client):
        assert at(who).get(f"/bulk/{run.pk}").status_code == 404
        assert at(who).post(f"/bulk/{run.pk}/undo").status_code == 404
    assert at(cast.agent).get(f"/bulk/{run.pk}").status_code == 200
    assert f"/bulk/{run.pk}" in at(cast.agent).get("/bulk").content.decode()


def test_the_menu_offers_what_can_be_done_to_some(cast: Cast, at: At) -> None:
    numbers = [order(cast).pk, done(cast).pk]
    answer = at(cast.head).post("/bulk/offer", {"number": numbers}, headers=HTMX)
    found = re.findall(r'formaction="/bulk/(\w+)"', answer.content.decode())
    assert {"take", "assign", "archive", "reopen"} <= set(found)
    assert "edit" not in found


def test_without_javascript_everything_is_a_page(cast: Cast, at: At) -> None:
    ticket = order(cast)
    client = at(cast.agent)
    page = client.post("/bulk/take", {"number": ticket.pk})
    assert "<h1>Take</h1>" in page.content.decode()
    answer = client.post("/bulk/take", {"number": ticket.pk, "do": "1"}, follow=True)
    assert "1 ticket: done." in text(answer)
    back = client.post(f"/bulk/{BulkRun.objects.get().pk}/undo", follow=True)
    assert "Taken back: Take" in text(back)


@pytest.mark.parametrize("verb", ["open", "edit", "nonsense"])
def test_what_is_not_for_many_is_no_address(cast: Cast, at: At, verb: str) -> None:
    assert asked(at(cast.agent), verb, [order(cast).pk]).status_code == 404


def test_naughty_numbers_are_no_tickets(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    for naughty in ("", "0", "-1", "9" * 30, "1;drop", "٣", "1,,2,x"):
        answer = client.post("/bulk/take", {"number": naughty}, headers=HTMX)
        assert answer.status_code in (200, 422), naughty
    assert asked(client, "take", [], do="1").status_code == 422


def test_clients_do_to_many_what_they_do_to_one(cast: Cast, at: At) -> None:
    numbers = [order(cast, by=cast.client).pk for _ in range(2)]
    client = at(cast.client)
    assert asked(client, "cancel", numbers, do="1", reason="Не надо").status_code == 204
    offered = client.post("/bulk/offer", {"number": numbers}, headers=HTMX).content.decode()
    assert "note" not in offered
    assert "reopen" in offered


def test_marking_as_read_takes_the_whole_list_too(cast: Cast, at: At) -> None:
    ticket = order(cast)
    actions.reply(ticket, by=cast.director, text="Слово")
    client = at(cast.agent)
    answer = client.post("/tickets/chosen", {"do": "read", "all": "1", "list": "inbox"})
    assert answer.status_code == 204
    assert "list-unread" not in client.get("/inbox").content.decode()


def test_tags_are_hung_on_many_and_others_stay(cast: Cast, at: At) -> None:
    tickets = [order(cast), order(cast)]
    actions.tag(tickets[0], by=cast.agent, add=["vip"])
    client, numbers = at(cast.agent), [ticket.pk for ticket in tickets]
    assert "Several tags are separated by commas." in text(asked(client, "tag", numbers))
    fields = {"do": "1", "add": "printer, room 5", "remove": "nothing"}
    assert asked(client, "tag", numbers, **fields).status_code == 204
    kept = [set(t.taggings.values_list("tag__name", flat=True)) for t in tickets]
    assert kept == [{"vip", "printer", "room 5"}, {"printer", "room 5"}]


def test_what_is_done_to_a_whole_saved_view_stays_within_it(cast: Cast, at: At) -> None:
    urgent, _usual = order(cast, priority=4), order(cast)
    view = SavedView.objects.create(
        owner=cast.agent, name="Urgent", list="inbox", query="priority=4"
    )
    client = at(cast.agent)
    page = client.get(f"/views/{view.pk}").content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(list|query)" value="([^"]*)"', page))
    fields["query"] = fields["query"].replace("&amp;", "&")
    answer = client.post("/bulk/take", {"all": "1", **fields}, headers=HTMX)
    assert f'name="number" value="{urgent.pk}"' in answer.content.decode()
    [link] = re.findall(r'href="(/lists/[^"]*csv[^"]*)"', page)
    file: Any = client.get(link.replace("&amp;", "&"))
    assert len(b"".join(file.streaming_content).decode().splitlines()) == 2


def test_what_must_be_proved_by_a_file_is_left_and_says_so(cast: Cast, at: At) -> None:
    plain, proved = taken(cast), taken(cast, evidence=["file"])
    client = at(cast.agent)
    dialog = asked(client, "complete", [plain.pk, proved.pk]).content.decode()
    assert 'name="files"' not in dialog
    answer = asked(client, "complete", [plain.pk, proved.pk], do="1", reason="Готово")
    assert "1 ticket: done. 1 ticket was left as it is." in text(answer)
    plain.refresh_from_db()
    assert plain.status == Status.DONE
