"""Files on the desk: brought, shown, taken away, and never given to those who may not see them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from estafeta.accounts.models import Person, Site
from estafeta.lib.handed_files import HEADER
from estafeta.tickets import actions
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.models import Attachment, Ticket
from tests import files
from tests.cast import Cast
from tests.orders import taken

At = Callable[[Person], Client]
HTMX = {"HX-Request": "true"}


def draft(by: Person, content: bytes = b"text", name: str = "акт.txt") -> int:
    return keep_draft(io.BytesIO(content), name, by=by).pk


def upload(browser: Client, content: bytes, name: str = "file.bin", **more: str) -> Any:
    file = SimpleUploadedFile("other.bin", content)
    return browser.post(reverse("upload"), {"file": file, "name": name, **more})


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return taken(cast, requester=cast.client)


def test_an_upload_becomes_a_draft_with_its_own_name(cast: Cast, at: At) -> None:
    answer = upload(at(cast.agent), files.photo(), "Двор №5 «утро».jpg")
    assert answer.status_code == 201
    told = answer.json()
    assert told["name"] == "Двор №5 «утро».jpg"
    assert at(cast.agent).get(told["thumb"]).status_code == 200
    assert at(cast.director).get(told["thumb"]).status_code == 404


@pytest.mark.parametrize("content", [b"MZ" + bytes(100), b"", b"x" * 1_000_001])
def test_a_refused_upload_says_why(cast: Cast, at: At, content: bytes) -> None:
    Site.objects.update(file_megabytes=1)
    Site.forget()
    answer = upload(at(cast.agent), content, "setup.bin")
    assert answer.status_code == 422
    assert "setup.bin" in answer.json()["error"]
    assert at(cast.agent).post(reverse("upload")).status_code == 422


def test_while_viruses_cannot_be_looked_for_nothing_is_taken(
    cast: Cast, at: At, settings: Any
) -> None:
    settings.CLAMD = "/nowhere/clamd.sock"
    answer = upload(at(cast.agent), b"clean")
    assert answer.status_code == 503
    assert "virus" in answer.json()["error"]
    assert not Attachment.objects.exists()


def test_a_reply_carries_drafts(cast: Cast, at: At, ticket: Ticket) -> None:
    numbers = [draft(cast.agent), draft(cast.agent, name="смета.txt")]
    address = reverse("ticket_verb", args=[ticket.pk, "reply"])
    sent = {"kind": "reply", "text": "", "files": numbers, "key": "k"}
    assert at(cast.agent).post(address, sent, headers=HTMX).status_code == 200
    page = at(cast.client).get(reverse("ticket", args=[ticket.pk])).content.decode()
    assert "акт.txt" in page
    assert "смета.txt" in page


def test_what_was_refused_keeps_its_files(cast: Cast, at: At, ticket: Ticket) -> None:
    number = draft(cast.agent)
    address = reverse("ticket_verb", args=[ticket.pk, "reply"])
    sent = {"kind": "reply", "text": "я" * 200_001, "files": [number]}
    answer = at(cast.agent).post(address, sent, headers=HTMX)
    assert answer.status_code == 422
    assert f'name="files" value="{number}"' in answer.content.decode()


def test_without_scripts_the_form_brings_the_files_itself(
    cast: Cast, at: At, ticket: Ticket
) -> None:
    address = reverse("ticket_verb", args=[ticket.pk, "reply"])
    file = SimpleUploadedFile("отчёт.txt", b"text")
    answer = at(cast.agent).post(address, {"kind": "reply", "text": "Вот", "upload": file})
    assert answer.status_code == 303
    assert ticket.attachments.get().name == "отчёт.txt"
    bad = SimpleUploadedFile("x.exe", b"MZ" + bytes(100))
    answer = at(cast.agent).post(address, {"kind": "reply", "text": "Ещё", "upload": bad})
    assert answer.status_code == 422
    assert "Ещё" in answer.content.decode()
    assert "x.exe" in answer.content.decode()


def test_a_new_ticket_carries_files(cast: Cast, at: At) -> None:
    sent = {"title": "Принтер", "department": cast.it.pk, "files": [draft(cast.client)]}
    assert at(cast.client).post(reverse("new_ticket"), sent).status_code == 303
    assert Attachment.objects.get().ticket_id
    sent["files"] = [draft(cast.client, name="ещё.txt")]
    sent["title"] = ""
    answer = at(cast.client).post(reverse("new_ticket"), sent)
    assert answer.status_code == 422
    assert "ещё.txt" in answer.content.decode()


def test_files_are_attached_by_the_verb(cast: Cast, at: At, ticket: Ticket) -> None:
    address = reverse("ticket_verb", args=[ticket.pk, "attach"])
    assert at(cast.client).get(address, headers=HTMX).status_code == 200
    assert at(cast.client).post(address, {}, headers=HTMX).status_code == 422
    sent = {"files": [draft(cast.client)]}
    assert at(cast.client).post(address, sent, headers=HTMX).status_code == 204
    assert ticket.attachments.count() == 1


def test_one_takes_back_ones_own_file_in_two_steps(cast: Cast, at: At, ticket: Ticket) -> None:
    actions.attach(ticket, by=cast.agent, files=[draft(cast.agent)])
    row = ticket.attachments.get()
    page = at(cast.agent).get(reverse("ticket", args=[ticket.pk])).content.decode()
    address = reverse("ticket_verb", args=[ticket.pk, "remove_file"]) + f"?file={row.pk}"
    assert address in page
    assert address not in at(cast.head).get(reverse("ticket", args=[ticket.pk])).content.decode()
    asked = at(cast.agent).get(address, headers=HTMX).content.decode()
    assert "Nobody can open акт.txt any more" in asked
    answer = at(cast.agent).post(address.split("?")[0], {"file": row.pk}, headers=HTMX)
    assert answer.status_code == 204
    assert at(cast.agent).get(reverse("file", args=[row.pk, row.name])).status_code == 404
    after = at(cast.agent).get(reverse("ticket", args=[ticket.pk])).content.decode()
    assert "attachment-removed" in after


def addresses(row: Attachment) -> list[str]:
    return [
        reverse("file", args=[row.pk, row.name]),
        reverse("file_picture", args=[row.pk, "small"]),
    ]


def test_files_go_where_the_rule_of_sight_lets_them(cast: Cast, at: At, ticket: Ticket) -> None:
    content = files.photo()
    actions.reply(ticket, by=cast.agent, files=[draft(cast.agent, content, "a.jpg")])
    actions.note(ticket, by=cast.agent, files=[draft(cast.agent, content, "b.jpg")])
    of_reply, of_note = ticket.attachments.order_by("pk")
    sees_replies = {"director", "head", "agent", "agent_b", "client", "lead"}
    sees_notes = sees_replies - {"client", "lead"}
    for who, person in cast.everybody().items():
        for row, seers in ((of_reply, sees_replies), (of_note, sees_notes)):
            expected = 200 if who in seers else 404
            for address in addresses(row):
                assert at(person).get(address).status_code == expected, (who, row.name, address)
    assert Client().get(addresses(of_reply)[0]).status_code == 302


def test_the_files_of_a_ticket_are_listed_for_whoever_may_see_each(
    cast: Cast, at: At, ticket: Ticket
) -> None:
    actions.reply(ticket, by=cast.agent, files=[draft(cast.agent, name="видно.txt")])
    actions.note(ticket, by=cast.agent, files=[draft(cast.agent, name="тайна.txt")])
    address = reverse("ticket_files", args=[ticket.pk])
    for headers in ({}, HTMX):
        assert "тайна.txt" in at(cast.agent).get(address, headers=headers).content.decode()
        for_client = at(cast.client).get(address, headers=headers).content.decode()
        assert "видно.txt" in for_client
        assert "тайна.txt" not in for_client
    assert at(cast.stranger).get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "media_type", "shown"),
    [
        (files.photo(), "a.html", "image/jpeg", "inline"),
        (b"<!doctype html><script>alert(1)</script>", "a.jpg", "application/octet-stream", "attachment"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", "application/octet-stream", "attachment"),
        (files.PDF, "a.pdf", "application/pdf", "attachment"),
        (files.bomb(), "a.png", "application/octet-stream", "attachment"),
        (b"alert(1)", "a.txt", "application/octet-stream", "attachment"),
        (b"\0\0\0\x18ftypisom" + bytes(100), "a.mp4", "video/mp4", "inline"),
    ],
)  # fmt: skip
def test_only_what_runs_nothing_is_shown(
    cast: Cast, at: At, ticket: Ticket, content: bytes, name: str, media_type: str, shown: str
) -> None:
    actions.attach(ticket, by=cast.agent, files=[draft(cast.agent, content, name)])
    answer = at(cast.client).get(reverse("file", args=[ticket.attachments.get().pk, "x"]))
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"].split(";")[0] == shown
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers[HEADER] == ticket.attachments.get().blob
    assert answer.content == b""


@pytest.mark.parametrize(
    "name", ['a"b\\c.txt', "отчёт №5; x=1.txt", "a%2e%2e%2fb.txt", "R&D +1.txt"]
)
def test_a_name_leaves_as_it_came(cast: Cast, at: At, name: str) -> None:
    row = Attachment.objects.get(pk=draft(cast.agent, name=name))
    answer = at(cast.agent).get(reverse("file", args=[row.pk, row.name]))
    assert answer.status_code == 200
    assert "\n" not in answer.headers["Content-Disposition"]


def test_a_paper_is_shown_page_by_page(cast: Cast, at: At, ticket: Ticket) -> None:
    actions.attach(ticket, by=cast.agent, files=[draft(cast.agent, files.PDF, "акт.pdf")])
    row = ticket.attachments.get()
    for _time in range(2):
        answer = at(cast.client).get(reverse("file_page", args=[row.pk, 2]))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert at(cast.client).get(reverse("file_page", args=[row.pk, 3])).status_code == 404
    assert at(cast.stranger).get(reverse("file_page", args=[row.pk, 1])).status_code == 404


def test_a_draft_is_thrown_away_by_its_owner_only(cast: Cast, at: At, ticket: Ticket) -> None:
    number = draft(cast.agent)
    assert at(cast.head).post(reverse("drop_file", args=[number])).status_code == 404
    assert at(cast.agent).post(reverse("drop_file", args=[number])).status_code == 204
    actions.attach(ticket, by=cast.agent, files=[draft(cast.agent)])
    sent = ticket.attachments.get()
    assert at(cast.agent).post(reverse("drop_file", args=[sent.pk])).status_code == 404


def test_files_cost_the_page_one_query(
    cast: Cast, at: At, ticket: Ticket, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        browser = at(cast.agent)
        browser.get(reverse("ticket", args=[ticket.pk]))
        with CaptureQueriesContext(
            connection,
        ) as found:
            browser.get(reverse("ticket", args=[ticket.pk]))
        return len(found)

    without = queries()
    for number in range(5):
        actions.attach(ticket, by=cast.agent, files=[draft(cast.agent, name=f"{number}.txt")])
    assert queries() == without + 1
