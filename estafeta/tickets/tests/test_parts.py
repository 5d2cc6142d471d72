"""Splitting a comment off, sub-tickets, and the question before a whole is closed over its parts."""

import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Attachment, Link, Ticket
from estafeta.tickets.proof.verify import check_chain
from estafeta.tickets.relations import subtasks
from tests.cast import Cast
from tests.orders import order, taken


def _child(entry: object) -> Ticket:
    return Ticket.objects.get(pk=entry.facts["other"])  # type: ignore[attr-defined]


def test_a_comment_becomes_a_ticket_asked_for_by_who_wrote_it(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    said = actions.reply(ticket, by=cast.client, text="И ещё **мышь** сломалась").comment
    assert said is not None
    made = _child(actions.split(ticket, by=cast.agent, comment=said.pk, title="Мышь"))
    assert (made.text, made.requester, made.author) == (said.text, cast.client, cast.agent)
    assert made.department == ticket.department
    assert Link.objects.filter(ticket=ticket, other=made, kind="relates").exists()
    assert ticket.comments.count() == 1
    assert check_chain(ticket) == [] == check_chain(made)


def test_the_files_of_a_comment_lie_under_both_tickets(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    said = actions.reply(ticket, by=cast.client, text="Снимок").comment
    Attachment.objects.create(
        owner=cast.client, ticket=ticket, comment=said, name="снимок.png", kind="picture",
        type="image/png", size=3, digest="d", blob="aa/bb", uploaded_at=ticket.opened_at,
        attached_at=ticket.opened_at,
    )  # fmt: skip
    assert said is not None
    made = _child(actions.split(ticket, by=cast.agent, comment=said.pk, title="Снимок"))
    assert [row.name for row in made.attachments.all()] == ["снимок.png"]
    assert ticket.attachments.count() == 1


def test_a_note_is_split_off_for_staff_only(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    said = actions.note(ticket, by=cast.agent, text="Клиент опять…").comment
    assert said is not None
    with pytest.raises(Invalid) as refused:
        actions.split(ticket, by=cast.agent, comment=said.pk, title="О", requester=cast.client)
    assert refused.value.field == "requester"
    made = _child(actions.split(ticket, by=cast.agent, comment=said.pk, title="О"))
    assert made.requester == cast.agent
    assert not Ticket.objects.visible_to(cast.client).filter(pk=made.pk).exists()


def test_a_comment_of_another_ticket_is_not_split_off_here(cast: Cast) -> None:
    said = actions.reply(order(cast), by=cast.director, text="Там").comment
    assert said is not None
    with pytest.raises(Invalid, match="no such comment"):
        actions.split(order(cast), by=cast.agent, comment=said.pk, title="Тут")
    with pytest.raises(NotAllowed):
        actions.split(order(cast, by=cast.client), by=cast.client, comment=said.pk, title="Тут")


def test_a_part_is_a_ticket_of_its_own_under_its_whole(cast: Cast) -> None:
    whole = taken(cast)
    made = _child(
        actions.add_subtask(whole, by=cast.agent, title="Счёт", department=cast.accounting)
    )
    assert (made.parent_id, made.department, made.requester) == (
        whole.pk, cast.accounting, cast.agent,
    )  # fmt: skip
    assert subtasks.open_parts(whole) == 1


@pytest.mark.parametrize("end", ["complete", "cancel"])
def test_a_whole_asks_before_it_ends_over_open_parts(cast: Cast, end: str) -> None:
    whole = taken(cast)
    made = _child(actions.add_subtask(whole, by=cast.agent, title="Часть"))
    act, by = getattr(actions, end), cast.director
    with pytest.raises(Invalid, match="1 sub-ticket is still open") as refused:
        act(whole, by=by, reason="Всё")
    assert refused.value.field == "despite_subtasks"
    act(whole, by=by, reason="Всё", despite_subtasks=True)
    assert Ticket.objects.get(pk=made.pk).is_open


def test_a_whole_whose_parts_are_done_ends_without_a_question(cast: Cast) -> None:
    whole = taken(cast)
    made = _child(actions.add_subtask(whole, by=cast.agent, title="Часть"))
    actions.take(made, by=cast.agent)
    actions.complete(made, by=cast.agent)
    actions.complete(whole, by=cast.agent)
    assert whole.status == "done"


def test_a_refused_part_leaves_nothing_behind(cast: Cast) -> None:
    whole = taken(cast)
    before = (Ticket.objects.count(), whole.journal_length)
    with pytest.raises(Invalid):
        actions.add_subtask(whole, by=cast.agent, title="  ")
    whole.refresh_from_db()
    assert (Ticket.objects.count(), whole.journal_length) == before
