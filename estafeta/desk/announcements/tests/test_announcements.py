"""Announcements stand above every page; whoever may sends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from estafeta.accounts.actions.announcements import announce
from estafeta.accounts.models import Announcement, Dismissal, Site
from tests.cast import Cast

Door = Callable[[Any], Client]


def test_it_stands_above_every_page_until_it_is_closed(cast: Cast, at: Door) -> None:
    row = announce(by=cast.admin, text="The **server** rests", level="warning")
    door = at(cast.client)
    for page in ("/", "/sent", "/profile", "/announcements"):
        assert "The <strong>server</strong> rests" in door.get(page).content.decode()
    answer = door.post(f"/announcements/{row.pk}/close", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert "callout-warning announcement" not in door.get("/").content.decode()
    # Read again where all of them stand.
    assert "rests" in door.get("/announcements").content.decode()


def test_without_javascript_closing_leads_back(cast: Cast, at: Door) -> None:
    row = announce(by=cast.admin, text="Hello")
    door = at(cast.client)
    for referer, place in (
        ("http://testserver/sent?page=2", "http://testserver/sent?page=2"),
        ("https://elsewhere.example/", "/"),
        ("", "/"),
    ):
        answer = door.post(f"/announcements/{row.pk}/close", headers={"Referer": referer})
        assert answer.headers["Location"] == place
    assert Dismissal.objects.count() == 1


def test_what_is_not_for_him_cannot_be_closed_nor_read(cast: Cast, at: Door) -> None:
    row = announce(by=cast.admin, text="For staff", audience="staff")
    door = at(cast.client)
    assert door.post(f"/announcements/{row.pk}/close").status_code == 404
    assert "For staff" not in door.get("/announcements").content.decode()
    assert door.get(f"/announcements/{row.pk}").status_code == 404
    assert door.post(f"/announcements/{row.pk}/withdraw").status_code == 404
    assert door.get("/announcements/new").status_code == 404
    assert door.get(f"/announcements/{10**30}").status_code == 404


def test_one_that_stays_says_so(cast: Cast, at: Door) -> None:
    row = announce(by=cast.admin, text="No power", is_dismissable=False)
    answer = at(cast.client).post(f"/announcements/{row.pk}/close", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "stays until its time is over" in answer.content.decode()


FORM: dict[str, Any] = {
    "text": "Hello", "level": "danger", "audience": "departments", "starts_at": "",
    "ends_at": "2099-01-01T10:00", "is_dismissable": "on",
}  # fmt: skip


def test_a_number_that_no_department_has_is_refused(cast: Cast, at: Door) -> None:
    data = FORM | {"departments": ["9" * 20, "²"]}
    answer = at(cast.admin).post("/announcements/new", data)
    assert answer.status_code == 422
    answer = at(cast.admin).post("/administration/topics/new", {"performers": "9" * 20})
    assert answer.status_code == 422


def test_whoever_has_the_right_sends_changes_and_withdraws(cast: Cast, at: Door) -> None:
    cast.agent.may_announce = True
    cast.agent.save()
    door = at(cast.agent)
    form = {**FORM, "departments": [cast.it.pk]}
    answer = door.post("/announcements/new", form, follow=True)
    assert "The announcement is sent." in answer.content.decode()
    row = Announcement.objects.get()
    assert (row.level, list(row.departments.all())) == ("danger", [cast.it])
    assert "Hello" in door.get(f"/announcements/{row.pk}").content.decode()
    door.post(f"/announcements/{row.pk}", {**form, "audience": "everybody", "text": "Bye"})
    row.refresh_from_db()
    assert (row.text, list(row.departments.all())) == ("Bye", [])
    door.post(f"/announcements/{row.pk}/withdraw")
    assert "Bye" not in at(cast.client).get("/").content.decode()


def test_what_was_typed_comes_back_with_what_is_wrong(cast: Cast, at: Door) -> None:
    door = at(cast.admin)
    for wrong, words in (
        ({"departments": []}, "Choose at least one department."),
        ({"departments": [cast.it.pk], "ends_at": "2001-01-01T10:00"}, "after the beginning"),
        ({"departments": [cast.it.pk], "ends_at": "soon"}, "Give a date and a time."),
        ({"departments": [cast.it.pk], "level": "x"}, "Select a valid choice"),
    ):
        answer = door.post("/announcements/new", {**FORM, "text": "Kept words", **wrong})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page
        assert "Kept words" in page
    assert not Announcement.objects.exists()


def test_an_open_page_gets_others_with_its_sidebar(cast: Cast, at: Door) -> None:
    door = at(cast.client)
    live = {"HX-Request": "true"}
    assert (
        "announcements"
        not in door.get("/navigation", headers=live).content.decode().split("</nav>")[1]
    )
    row = announce(by=cast.admin, text="News")
    Site.forget()
    fresh = door.get("/navigation", headers=live).content.decode()
    assert "News" in fresh
    assert "hx-swap-oob" in fresh
    same = door.get(f"/navigation?announced={row.pk}", headers=live).content.decode()
    assert "News" not in same
    row.withdrawn_at = row.created_at
    row.save()
    Site.forget()
    gone = door.get(f"/navigation?announced={row.pk}", headers=live).content.decode()
    assert 'id="announcements"' in gone


def test_who_will_get_it_is_told_before_it_is_sent(cast: Cast, at: Door) -> None:
    cast.client.email = ""
    cast.client.save()
    door = at(cast.admin)
    answer = door.post("/announcements/new", {**FORM, "audience": "clients", "look": "readers"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not Announcement.objects.exists()
    assert cast.client.name in page
    assert "has no e-mail address" in page
    wrong = door.post("/announcements/new", {**FORM, "audience": "nobody", "look": "readers"})
    assert wrong.status_code == 422


def test_its_sender_sees_who_has_read_it(cast: Cast, at: Door) -> None:
    door, form = at(cast.admin), {**FORM, "audience": "roles", "roles": ["heads", "directors"]}
    assert door.post("/announcements/new", {**form, "roles": []}).status_code == 422
    assert door.post("/announcements/new", {**form, "asks_for_word": "on"}).status_code == 302
    row = Announcement.objects.get()
    assert "I have read this" in at(cast.head).get("/").content.decode()
    assert str(row.text) not in at(cast.agent).get("/announcements").content.decode()
    at(cast.head).post(f"/announcements/{row.pk}/close")
    address = f"/announcements/{row.pk}/readers"
    read = door.get(f"{address}?show=read").content.decode()
    left = door.get(f"{address}?show=unread").content.decode()
    assert cast.head.name in read
    assert cast.head.name not in left
    assert cast.director.name in left
    assert at(cast.head).get(address).status_code == 404


def test_a_message_leads_to_the_announcement_wherever_it_stands(cast: Cast, at: Door) -> None:
    row = announce(by=cast.admin, text="The oldest of all")
    for number in range(25):
        announce(by=cast.admin, text=f"Later {number}")
    door = at(cast.client)
    assert "The oldest of all</p>" not in card(door, "/announcements", row)
    assert "The oldest of all" in card(door, f"/announcements?about={row.pk}", row)
    for nonsense in ("0", "x", "²", "9" * 30, str(10**15)):
        assert door.get(f"/announcements?about={nonsense}").status_code == 200


def card(door: Client, place: str, row: Announcement) -> str:
    """What stands on the page behind the mark of this announcement."""
    return door.get(place).content.decode().partition(f'id="announcement-{row.pk}"')[2]
