"""What a phone fetches besides the pages, and how acts that waited are answered."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from estafeta.accounts.actions import branding
from estafeta.accounts.models import Person
from estafeta.desk.kept import HEADER
from estafeta.desk.lists import row_verbs
from estafeta.desk.tickets.forms import FORMS
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import order

At = Callable[[Person], Client]
QUEUED = {"Accept": "application/json", "HX-Request": "true"}


def _manifest(client: Client) -> Any:
    return json.loads(client.get("/manifest.webmanifest").content)


def test_the_service_worker_and_the_manifest_are_there_for_everybody(is_set_up: None) -> None:
    client = Client()
    worker = client.get("/sw.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "default-src 'self'" in worker.headers["Content-Security-Policy"]
    assert "\nimport " not in worker.text
    again = client.get("/sw.js", headers={"If-None-Match": worker.headers["ETag"]})
    assert again.status_code == 304
    manifest = _manifest(client)
    assert manifest["display"] == "standalone"
    assert manifest["name"]
    assert {one["purpose"] for one in manifest["icons"]} == {"any", "maskable"}
    assert 'rel="manifest"' in client.get("/sign-in").text


def test_the_manifest_speaks_the_language_of_its_person(cast: Cast, at: At) -> None:
    Person.objects.filter(pk=cast.agent.pk).update(language="uk")
    assert _manifest(at(cast.agent))["lang"] == "uk"


def test_the_icons_are_made_of_the_logo(cast: Cast, at: At) -> None:
    folder = settings.MEDIA_ROOT / "brand"
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGBA", (200, 50), (200, 0, 0, 255)).save(folder / "ours.webp")
    branding.set_logo(by=cast.admin, name="ours.webp")
    for one in _manifest(Client())["icons"]:
        answer = Client().get(one["src"])
        assert answer.headers["Content-Type"] == "image/png"
        assert "immutable" in answer.headers["Cache-Control"]
    assert Client().get("/app-icon/any/192/other.webp").status_code == 404
    assert Client().get("/app-icon/any/5000/ours.webp").status_code == 404
    assert Client().get("/app-icon/odd/192/ours.webp").status_code == 404


def test_pages_say_for_whom_they_may_be_kept_and_administration_does_not(
    cast: Cast, at: At
) -> None:
    number = order(cast, by=cast.client).pk
    client = at(cast.agent)
    owner = client.get("/phone/hello").json()["owner"]
    assert owner.startswith(f"{cast.agent.pk}-")
    for path in (
        "/",
        "/inbox",
        f"/tickets/{number}",
        "/tickets/new",
        "/phone/kit",
        "/phone/offline",
    ):
        assert client.get(path).headers[HEADER] == owner, path
    assert HEADER not in client.get("/inbox", headers={"HX-Request": "true"}).headers
    assert HEADER not in client.get("/profile").headers
    for path in ("/administration", "/administration/channels"):
        assert HEADER not in at(cast.admin).get(path).headers
    assert at(cast.agent).get("/phone/hello").json()["owner"] != owner, "another session"


def test_nobody_is_greeted_without_signing_in(is_set_up: None) -> None:
    assert Client().get("/phone/hello", headers={"HX-Request": "true"}).status_code == 401


def test_the_kit_names_colleagues_to_staff_only(cast: Cast, at: At) -> None:
    assert cast.agent_b.name in at(cast.agent).get("/phone/kit").text
    text = at(cast.client).get("/phone/kit").text
    assert cast.agent_b.name not in text
    assert 'data-verb="complete"' in text


def test_the_kit_has_the_dialogs_that_rows_offer_and_no_field_that_theirs_has_not(
    cast: Cast, at: At
) -> None:
    text = at(cast.agent).get("/phone/kit").text
    found = dict(re.findall(r'<template data-verb="(\w+)">(.*?)</template>', text, re.DOTALL))
    assert set(row_verbs.OFFERED) - row_verbs.AT_ONCE <= set(found)
    for verb, form in found.items():
        names = set(re.findall(r' name="(\w+)"', form)) - {"upload"}
        assert names <= set(FORMS[Verb(verb)].base_fields), verb
        assert f'hx-post="/tickets/0/{verb}"' in form


def test_an_act_that_waited_is_answered_with_data(cast: Cast, at: At) -> None:
    ticket = order(cast, by=cast.client)
    client, path = at(cast.agent), f"/tickets/{ticket.pk}/take"
    sent = {"seen": ticket.journal_length}
    told = client.post(path, sent, headers=QUEUED).json()
    ticket.refresh_from_db()
    assert ticket.performer == cast.agent
    assert told["seen"] == ticket.journal_length
    assert client.post(path, sent, headers=QUEUED).json() == told, (
        "the answer was lost: the same again"
    )
    assert ticket.entries.filter(verb="take").count() == 1


def test_whoever_was_quicker_is_named_and_one_may_go_on(cast: Cast, at: At) -> None:
    ticket = order(cast, by=cast.client)
    seen = ticket.journal_length
    actions.take(ticket, by=cast.agent_b)
    actions.complete(ticket, by=cast.agent_b, reason="Готово")
    client, path = at(cast.agent), f"/tickets/{ticket.pk}/reply"
    sent = {"seen": seen, "key": "one", "text": "Еду к вам"}
    answer = client.post(path, sent, headers=QUEUED)
    assert answer.status_code == 409
    assert [row["who"] for row in answer.json()["changes"]] == [cast.agent_b.name] * 2
    assert answer.json()["changes"][1]["reason"] == "Готово"
    assert not ticket.comments.exists()
    sent["seen"] = answer.json()["seen"]
    assert client.post(path, sent, headers=QUEUED).status_code == 200
    assert client.post(path, sent, headers=QUEUED).status_code == 200
    assert ticket.comments.count() == 1


def test_what_a_form_refuses_is_said_beside_its_field(cast: Cast, at: At) -> None:
    ticket = order(cast, by=cast.client)
    actions.take(ticket, by=cast.agent)
    client = at(cast.agent)
    answer = client.post(f"/tickets/{ticket.pk}/hand_over", {"key": "a"}, headers=QUEUED)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    refused = at(cast.agent_b).post(f"/tickets/{ticket.pk}/release", {"key": "b"}, headers=QUEUED)
    assert refused.status_code in (403, 409)
    assert refused.json()["problem"]


def test_a_new_ticket_that_waited_is_opened_once(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    department = cast.agent.memberships.first().department_id
    sent = {
        "key": "k",
        "title": "Течёт кран",
        "department": department,
        "priority": 2,
        "whose": "me",
    }
    first = client.post("/tickets/new", sent, headers=QUEUED).json()
    assert first["path"].startswith("/tickets/")
    assert client.post("/tickets/new", sent, headers=QUEUED).json() == first
    assert Ticket.objects.filter(title="Течёт кран").count() == 1
    assert client.post("/tickets/new", {"key": "l"}, headers=QUEUED).status_code == 422


def test_sharing_without_a_worker_fills_the_form_and_makes_nothing(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.agent)
    file = SimpleUploadedFile("a.png", b"x")
    answer = client.post("/share", {"title": "Лужа", "url": "https://x.example", "files": file})
    assert answer.status_code == 303
    assert answer["Location"].startswith("/tickets/new?title=%D0%9B")
    assert "The files did not come along" in client.get(answer["Location"]).text
    assert not Ticket.objects.exists()


def test_what_is_shared_without_a_worker_makes_no_address_that_a_proxy_refuses(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.agent)
    link = "https://x.example/" + "a" * 300
    answer = client.post("/share", {"title": "Щ" * 1000, "text": "Ы" * 1000, "url": link})
    assert len(answer["Location"]) <= 4096
    filled = parse_qs(answer["Location"].partition("?")[2])
    text, kept_link = filled["text"][0].split("\n")
    assert filled["title"][0].endswith("Щ…")
    assert text.endswith("Ы…")
    assert kept_link == link


@pytest.mark.parametrize("who", ["agent", "client"])
def test_the_page_of_sharing_offers_only_what_one_may_see(cast: Cast, at: At, who: str) -> None:
    person = getattr(cast, who)
    mine, foreign = (
        order(cast, by=cast.client, title="Своя"),
        order(cast, by=cast.stranger, title="Чужая"),
    )
    at(person).get(f"/tickets/{mine.pk}")
    person.read_marks.create(ticket=foreign, seq=1)
    text = at(person).get("/share").text
    assert "Своя" in text
    assert ("Чужая" in text) == Ticket.objects.visible_to(person).filter(pk=foreign.pk).exists()
