"""Administering people through the pages."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from estafeta.accounts.models import Membership, Person, SecurityEntry
from estafeta.lib.jobs.runner import run_one
from estafeta.tickets import actions
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.models import Ticket
from tests.cast import PASSWORD, person


@pytest.fixture
def admin(cast: Any) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def _form(**changed: Any) -> dict[str, Any]:
    return {"name": "New Person", "email": "", "phone": "", "room": "", "position": "",
            "contacts": "", "organisation": "", "login": "newbie", **changed}  # fmt: skip


def _texts(response: Any) -> str:
    return str(response.content.decode())


def test_a_person_is_added_with_departments_and_rights(cast: Any, admin: Client) -> None:
    response = admin.post(
        "/administration/people/new",
        _form(member_of=[cast.it.pk], head_of=[cast.network.pk], is_director="on"),
    )
    made = Person.objects.get(login="newbie")
    assert response["Location"] == f"/administration/people/{made.pk}"
    assert made.is_director
    assert not made.has_usable_password()
    places = {m.department.name: m.is_head for m in Membership.objects.filter(person=made)}
    assert places == {"IT": False, "Network": True}
    kinds = list(SecurityEntry.objects.filter(about=made).values_list("kind", flat=True))
    assert kinds == ["rights.changed", "rights.memberships", "people.created"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": " "}, "This field is required."),
        ({"name": "x" * 201}, "200"),
        ({"login": "ANNA"}, "This login is taken."),
        ({"login": "a b"}, "no blanks"),
        ({"login": "<script>"}, "no blanks"),
        ({"email": "nobody"}, "valid email"),
        ({"organisation": "99999"}, "valid choice"),
        ({"is_lead": "on"}, "Choose the organisation first."),
        ({"login": "", "is_administrator": "on"}, "An administrator needs a login."),
    ],
)
def test_what_is_wrong_stands_in_the_form_with_all_that_was_typed(
    cast: Any, admin: Client, changed: dict[str, str], told: str
) -> None:
    response = admin.post(
        "/administration/people/new", _form(room="Room 7", member_of=[cast.it.pk], **changed)
    )
    assert response.status_code == 422
    page = _texts(response)
    assert told in page
    assert 'value="Room 7"' in page
    assert f'name="member_of" value="{cast.it.pk}"' in page
    assert not Person.objects.filter(room="Room 7").exists()


def test_a_login_that_is_taken_is_told_once(cast: Any, admin: Client) -> None:
    taken = cast.agent.login.upper()
    response = admin.post("/administration/people/new", _form(login=taken, member_of=[cast.it.pk]))
    assert _texts(response).count("This login is taken.") == 1


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{7*7}}", "\u202eevil", "=1+1", 'O\'Neil "Q"', "👩‍🔧"]
)
def test_naughty_names_are_only_text(cast: Any, admin: Client, name: str) -> None:
    admin.post("/administration/people/new", _form(name=name))
    assert Person.objects.get(login="newbie").name == name
    page = _texts(admin.get("/administration/people"))
    assert "<script>alert" not in page
    assert ">49<" not in page


def test_nul_and_newlines_do_not_get_into_names(cast: Any, admin: Client) -> None:
    response = admin.post("/administration/people/new", _form(name="A\nB", phone="1\x002"))
    assert response.status_code in (302, 422)
    kept = [text for p in Person.objects.all() for text in (p.name, p.phone)]
    assert not any("\n" in text or "\x00" in text for text in kept)


def test_forged_departments_are_left_out(cast: Any, admin: Client) -> None:
    admin.post(
        "/administration/people/new", _form(member_of=["999999", "x", "-1", "9" * 5000, cast.it.pk])
    )
    made = Person.objects.get(login="newbie")
    assert [m.department for m in made.memberships.all()] == [cast.it]


def test_editing_changes_what_was_changed_and_tells_old_and_new(cast: Any, admin: Client) -> None:
    path = f"/administration/people/{cast.agent.pk}"
    form = _form(
        name="Anna Agent", login="anna", email="anna@example.org", phone="77", head_of=[cast.it.pk]
    )
    assert admin.post(path, form).status_code == 302
    entries = {e.kind: e.facts for e in SecurityEntry.objects.filter(about=cast.agent)}
    assert entries["people.changed"]["changes"] == {"phone": ["", "77"]}
    assert entries["rights.changed"]["changes"] == {"may_edit_clients": [True, False]}
    assert Membership.objects.get(person=cast.agent).is_head
    page = _texts(admin.get(f"/administration/security?person={cast.agent.pk}"))
    assert "Phone: — → 77" in page
    assert "IT → IT (head)" in page


def test_nothing_changed_writes_nothing(cast: Any, admin: Client) -> None:
    form = _form(
        name="Anna Agent", login="anna", email="anna@example.org", may_edit_clients="on",
        member_of=[cast.it.pk],
    )  # fmt: skip
    admin.post(f"/administration/people/{cast.agent.pk}", form)
    assert not SecurityEntry.objects.filter(about=cast.agent).exists()


def test_the_last_administrator_keeps_right_login_and_place(cast: Any, admin: Client) -> None:
    path = f"/administration/people/{cast.admin.pk}"
    for form in (_form(login="ada"), _form(login="", is_administrator="on")):
        response = admin.post(path, form)
        assert response.status_code == 422
        assert "is the last administrator" in _texts(response)
    assert "is the last administrator" in _texts(admin.post(f"{path}/leave"))
    admin.post(f"{path}/delete")
    cast.admin.refresh_from_db()
    assert cast.admin.is_administrator
    assert cast.admin.is_active
    assert cast.admin.login == "ada"


def test_with_a_second_administrator_the_first_may_go(cast: Any, admin: Client) -> None:
    person("bea", "Bea", is_administrator=True)
    assert admin.post(f"/administration/people/{cast.admin.pk}/leave").status_code == 302
    assert admin.get("/administration/people").status_code == 302


def test_an_inactive_second_administrator_does_not_count(cast: Any, admin: Client) -> None:
    person("bea", "Bea", is_administrator=True, is_active=False)
    response = admin.post(f"/administration/people/{cast.admin.pk}/leave")
    assert response.status_code == 422


def test_switching_off_signs_out_everywhere_at_once_and_puts_tickets_down(
    cast: Any, admin: Client
) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post("/sign-in", {"login": "anna", "password": PASSWORD})
        assert browser.get("/profile").status_code == 200
    entry = open_ticket(by=cast.client, title="Printer", department=cast.it)
    ticket = Ticket.objects.get(pk=entry.ticket_id)
    actions.take(ticket, by=cast.agent)
    path = f"/administration/people/{cast.agent.pk}/leave"
    asked = _texts(admin.get(path))
    assert "2 open sessions end." in asked
    assert "Where does 1 open ticket go?" in asked
    admin.post(path)
    ticket.refresh_from_db()
    assert ticket.performer is None
    assert all(browser.get("/profile").status_code == 302 for browser in browsers)
    assert Client().post("/sign-in", {"login": "anna", "password": PASSWORD}).status_code == 403


def test_switched_on_again_everything_is_as_before(cast: Any, admin: Client) -> None:
    path = f"/administration/people/{cast.agent.pk}"
    admin.post(f"{path}/leave")
    assert "is switched off" in _texts(admin.get(path))
    admin.post(f"{path}/return")
    assert Client().post("/sign-in", {"login": "anna", "password": PASSWORD}).status_code == 302
    assert Membership.objects.filter(person=cast.agent).exists()


def test_who_has_history_is_not_deleted(cast: Any, admin: Client) -> None:
    open_ticket(by=cast.client, title="Printer", department=cast.it)
    admin.post(f"/administration/people/{cast.client.pk}/delete")
    assert Person.objects.filter(pk=cast.client.pk).exists()


def test_who_has_none_is_deleted_and_the_trail_still_tells(cast: Any, admin: Client) -> None:
    cast.agent_b.phone = "1"
    admin.post(f"/administration/people/{cast.agent_b.pk}", _form(login="boris"))
    response = admin.post(f"/administration/people/{cast.agent_b.pk}/delete")
    assert response["Location"] == "/administration/people"
    assert not Person.objects.filter(login="boris").exists()
    page = _texts(admin.get("/administration/security"))
    assert "Boris Agent" in page


def test_a_link_is_mailed_or_shown_and_works(cast: Any, admin: Client, settings: Any) -> None:
    path = f"/administration/people/{cast.agent.pk}/link"
    admin.post(path)
    while run_one():
        pass
    assert mail.outbox[-1].to == ["Anna Agent <anna@example.org>"]
    shown = re.search(
        r"http://testserver(/password/reset/[\w-]+)",
        _texts(admin.post(path, {"show": "1"}, follow=True)),
    )
    assert shown
    assert Client().get(shown[1]).status_code == 302
    assert SecurityEntry.objects.filter(kind="password.link_sent", about=cast.agent).count() == 2


def test_no_link_for_people_who_cannot_sign_in(cast: Any, admin: Client) -> None:
    Person.objects.filter(pk=cast.client.pk).update(login=None)
    response = admin.post(f"/administration/people/{cast.client.pk}/link", {"show": "1"})
    assert response.status_code == 302
    assert not SecurityEntry.objects.filter(kind="password.link_sent").exists()


def test_taking_the_login_away_signs_out_and_ends_the_password(cast: Any, admin: Client) -> None:
    browser = Client()
    browser.post("/sign-in", {"login": "clara", "password": PASSWORD})
    form = _form(name="Clara Client", login="", organisation=cast.alpha.pk)
    admin.post(f"/administration/people/{cast.client.pk}", form)
    assert browser.get("/profile").status_code == 302
    cast.client.refresh_from_db()
    assert not cast.client.has_usable_password()


def test_photos_of_others_are_kept_by_administrators(
    cast: Any, admin: Client, tmp_path: Path, settings: Any
) -> None:
    import io

    from PIL import Image

    settings.MEDIA_ROOT = tmp_path
    sent = io.BytesIO()
    Image.new("RGB", (900, 300), "red").save(sent, "PNG")
    sent.seek(0)
    sent.name = "me.png"
    admin.post(f"/administration/people/{cast.agent.pk}/photo", {"photo": sent})
    cast.agent.refresh_from_db()
    assert (tmp_path / "photos" / cast.agent.photo).exists()
    admin.post(f"/administration/people/{cast.agent.pk}/photo", {"remove": "1"})
    assert list((tmp_path / "photos").iterdir()) == []
