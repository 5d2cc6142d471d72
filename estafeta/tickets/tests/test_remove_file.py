"""One's own file can be taken away for a while; its name stays."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import time_machine

from estafeta.accounts.models import Site
from estafeta.lib import clock
from estafeta.lib.blobs import blobs
from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files.attachments import forget_due
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.lists.search import matching
from estafeta.tickets.models import Attachment, Ticket
from estafeta.tickets.phrases import phrase
from estafeta.tickets.proof.verify import check_chain
from tests.cast import Cast
from tests.orders import taken


def attached(cast: Cast, verb: str = "attach") -> tuple[Ticket, Attachment]:
    ticket = taken(cast, requester=cast.client)
    row = keep_draft(io.BytesIO(b"x"), "паспорт.txt", by=cast.agent)
    getattr(actions, verb)(ticket, by=cast.agent, files=[row.pk])
    row.refresh_from_db()
    return ticket, row


def test_the_bytes_go_and_the_name_stays_in_the_journal(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    ticket, row = attached(cast)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        entry = actions.remove_file(ticket, by=cast.agent, file=row.pk)
    assert phrase(entry) == "removes a file: паспорт.txt"
    assert not blobs().exists(row.blob)
    row.refresh_from_db()
    assert (row.blob, row.name) == ("", "паспорт.txt")
    assert not Attachment.objects.open_to(cast.agent).exists()
    assert not matching(Ticket.objects.visible_to(cast.agent), "паспорт", reader=cast.agent)
    assert check_chain(ticket) == []


def test_bytes_that_a_crash_left_behind_are_swept_away(cast: Cast) -> None:
    ticket, row = attached(cast)
    actions.remove_file(ticket, by=cast.agent, file=row.pk)
    assert blobs().exists(row.blob)
    forget_due()
    assert not blobs().exists(row.blob)


@pytest.mark.parametrize("who", ["head", "director", "client", "agent_b"])
def test_nobody_removes_what_another_brought(cast: Cast, who: str) -> None:
    ticket, row = attached(cast)
    with pytest.raises(Invalid) as caught:
        actions.remove_file(ticket, by=getattr(cast, who), file=row.pk)
    assert caught.value.field == "file"


def test_after_a_while_it_stays(cast: Cast) -> None:
    ticket, row = attached(cast)
    late = clock.now() + timedelta(minutes=Site.current().file_removable_minutes, seconds=1)
    with time_machine.travel(late), pytest.raises(Invalid):
        actions.remove_file(ticket, by=cast.agent, file=row.pk)


def test_it_is_removed_once_and_only_from_its_ticket(cast: Cast) -> None:
    ticket, row = attached(cast)
    with pytest.raises(Invalid):
        actions.remove_file(taken(cast), by=cast.agent, file=row.pk)
    actions.remove_file(ticket, by=cast.agent, file=row.pk)
    with pytest.raises(Invalid):
        actions.remove_file(ticket, by=cast.agent, file=row.pk)


def test_a_client_does_not_hear_that_a_note_lost_its_file(cast: Cast) -> None:
    ticket, row = attached(cast, "note")
    actions.remove_file(ticket, by=cast.agent, file=row.pk)
    for_client = ticket.entries.readable_by(cast.client).values_list("verb", flat=True)
    assert not {"note", "remove_file"} & set(for_client)
    assert "remove_file" in ticket.entries.readable_by(cast.agent_b).values_list("verb", flat=True)
    assert check_chain(ticket) == []


def test_what_proves_the_work_stays(cast: Cast) -> None:
    ticket = taken(cast)
    row = keep_draft(io.BytesIO(b"x"), "акт.txt", by=cast.agent)
    actions.complete(ticket, by=cast.agent, files=[row.pk])
    with pytest.raises(Invalid, match="proves"):
        actions.remove_file(ticket, by=cast.agent, file=row.pk)
