"""Files come with words or by themselves, and are seen by whoever may see them."""

from __future__ import annotations

import io

import pytest
import time_machine
from django.conf import settings as django_settings

from estafeta.accounts.models import Person, Site
from estafeta.lib import clock
from estafeta.lib.blobs import blobs
from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotNow
from estafeta.tickets.files import attachments
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.lists.search import matching
from estafeta.tickets.models import Attachment, Entry, Ticket
from estafeta.tickets.phrases import phrase
from estafeta.tickets.proof.verify import check_chain
from tests.cast import Cast
from tests.orders import order, taken


def draft(by: Person, name: str = "акт.txt", content: bytes = b"text") -> int:
    return keep_draft(io.BytesIO(content), name, by=by).pk


def seen_by(person: Person) -> set[str]:
    return set(Attachment.objects.open_to(person).values_list("name", flat=True))


def test_files_come_with_a_reply_and_the_journal_keeps_what_they_were(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    files = [draft(cast.agent, "второй.txt"), draft(cast.agent, "первый.txt")]
    entry = actions.reply(ticket, by=cast.agent, text="Вот", files=files)
    rows = list(ticket.attachments.all())
    assert [row.comment_id for row in rows] == [entry.comment_id] * 2
    assert [file["name"] for file in entry.facts["files"]] == ["второй.txt", "первый.txt"]
    assert entry.facts["files"][0]["sha256"] == rows[0].digest
    assert seen_by(cast.client) == {"второй.txt", "первый.txt"}
    assert check_chain(ticket) == []


def test_a_file_needs_no_words(cast: Cast) -> None:
    ticket = taken(cast)
    entry = actions.reply(ticket, by=cast.agent, files=[draft(cast.agent)])
    assert entry.comment.text == ""
    with pytest.raises(Invalid):
        actions.reply(ticket, by=cast.agent, text="", files=[])


def test_a_new_ticket_brings_files(cast: Cast) -> None:
    entry = actions.open_ticket(
        by=cast.client, title="Принтер", department=cast.it, files=[draft(cast.client)]
    )
    assert entry.facts["files"][0]["name"] == "акт.txt"
    assert seen_by(cast.agent) == {"акт.txt"}
    assert seen_by(cast.stranger) == seen_by(cast.agent2) == seen_by(cast.admin) == set()


def test_a_file_of_a_note_is_for_staff_only(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    actions.note(ticket, by=cast.agent, text="Тайна", files=[draft(cast.agent, "пароли.txt")])
    assert seen_by(cast.agent_b) == {"пароли.txt"}
    assert seen_by(cast.client) == seen_by(cast.lead) == set()
    mine = Ticket.objects.visible_to(cast.client)
    assert not matching(mine, "пароли", reader=cast.client)
    assert matching(Ticket.objects.visible_to(cast.agent), "пароли", reader=cast.agent)


def test_a_draft_is_its_owners_alone(cast: Cast) -> None:
    number = draft(cast.agent)
    assert seen_by(cast.agent) == {"акт.txt"}
    assert seen_by(cast.director) == seen_by(cast.head) == set()
    with pytest.raises(Invalid) as caught:
        actions.reply(taken(cast), by=cast.head, text="Моё", files=[number])
    assert caught.value.field == "files"


def test_a_draft_is_sent_once(cast: Cast) -> None:
    ticket, number = taken(cast), draft(cast.agent)
    actions.attach(ticket, by=cast.agent, files=[number])
    for files in ([number], [2**63 - 1], [0]):
        with pytest.raises(Invalid):
            actions.attach(ticket, by=cast.agent, files=files)


def test_a_refused_reply_leaves_the_draft_a_draft(cast: Cast) -> None:
    number = draft(cast.agent)
    with pytest.raises(Invalid):
        actions.reply(taken(cast), by=cast.agent, text="я" * 300_000, files=[number])
    assert Attachment.objects.drafts_of(cast.agent).filter(pk=number).exists()


def test_files_are_attached_later_and_found_by_parts_of_their_names(cast: Cast) -> None:
    ticket = taken(cast)
    entry = actions.attach(
        ticket, by=cast.agent, files=[draft(cast.agent, "Смета_ремонта-2026.xlsx")], reason="Новая"
    )
    assert phrase(entry) == "attaches files: Смета_ремонта-2026.xlsx"
    assert entry.facts["reason"] == "Новая"
    found = matching(Ticket.objects.visible_to(cast.agent), "смета 2026", reader=cast.agent)
    assert list(found) == [ticket]


def test_attaching_nothing_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        actions.attach(taken(cast), by=cast.agent, files=[])
    assert caught.value.field == "files"


def test_nothing_is_attached_in_the_archive(cast: Cast) -> None:
    ticket = taken(cast)
    actions.complete(ticket, by=cast.agent)
    actions.archive(ticket, by=cast.head)
    with pytest.raises(NotNow):
        actions.attach(ticket, by=cast.agent, files=[draft(cast.agent)])


def test_no_more_files_at_once_than_the_installation_says(cast: Cast) -> None:
    Site.objects.update(files_at_once=2)
    Site.forget()
    files = [draft(cast.agent, f"{number}.txt") for number in range(3)]
    with pytest.raises(Invalid) as caught:
        actions.attach(taken(cast), by=cast.agent, files=files)
    assert "2" in str(caught.value)


def test_a_ticket_may_have_a_thousand_files(cast: Cast) -> None:
    ticket = taken(cast)
    now = clock.now()
    Attachment.objects.bulk_create(
        Attachment(owner=cast.agent, name=f"scan_{n}.pdf", kind="document", type="application/pdf",
                   size=1, digest="0" * 64, blob=f"no/{n}", uploaded_at=now)
        for n in range(1000)
    )  # fmt: skip
    Site.objects.update(files_at_once=1000)
    Site.forget()
    files = list(Attachment.objects.values_list("pk", flat=True))
    entry = actions.attach(ticket, by=cast.agent, files=files)
    assert len(entry.facts["files"]) == 1000
    assert phrase(entry).endswith("scan_4.pdf, and 995 more")
    assert check_chain(ticket) == []
    found = matching(Ticket.objects.visible_to(cast.agent), "scan 777", reader=cast.agent)
    assert list(found) == [ticket]


def test_drafts_that_nobody_sends_are_forgotten(cast: Cast) -> None:
    with time_machine.travel("2026-01-01T12:00:00Z"):
        old, sent = draft(cast.agent), draft(cast.agent)
        actions.attach(taken(cast), by=cast.agent, files=[sent])
    fresh = draft(cast.agent)
    blob = Attachment.objects.get(pk=old).blob
    assert attachments.forget_due() == 1
    assert set(Attachment.objects.values_list("pk", flat=True)) == {sent, fresh}
    assert not blobs().exists(blob)


def test_who_hears_of_files_are_those_who_hear_of_replies(cast: Cast) -> None:
    from estafeta.notifications.audience import AUDIENCE
    from estafeta.tickets.verbs import Verb

    assert AUDIENCE[Verb.ATTACH] == AUDIENCE[Verb.REPLY]


def test_files_lie_outside_of_what_is_sent_by_address(cast: Cast) -> None:
    """The sender of photos serves what lies under its folder; a file of a ticket is no photo."""
    row = Attachment.objects.get(pk=draft(cast.agent))
    assert "." not in row.blob
    assert str(django_settings.MEDIA_ROOT) in blobs().path(row.blob)  # type: ignore[attr-defined]


def test_the_ticket_is_found_again_after_its_words_are_written_anew(cast: Cast) -> None:
    ticket = order(cast, by=cast.agent)
    actions.attach(ticket, by=cast.agent, files=[draft(cast.agent, "гарантия.txt")])
    actions.edit(ticket, by=cast.agent, title="Совсем другое", text="слово")
    found = matching(Ticket.objects.visible_to(cast.agent), "гарантия", reader=cast.agent)
    assert list(found) == [ticket]
    assert Entry.objects.filter(ticket=ticket).count() == 3
