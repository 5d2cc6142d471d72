"""Whatever people do with files, each sees his drafts and what lies on his tickets."""

from __future__ import annotations

import io
import random
from contextlib import suppress

import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Refused
from estafeta.tickets.files.check import check_all
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.models import Attachment, Ticket
from estafeta.tickets.proof.verify import check_chain
from tests.cast import Cast
from tests.orders import order, taken

STEPS = 120


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_files_are_where_they_belong(
    cast: Cast, seed: int, django_capture_on_commit_callbacks: object
) -> None:
    dice = random.Random(seed)
    people = list(cast.everybody().values())
    tickets = [taken(cast, requester=cast.client), order(cast), order(cast, by=cast.client)]
    drafts: dict[int, set[int]] = {person.pk: set() for person in people}
    sent: dict[int, tuple[int, bool]] = {}

    def take_some(person: int) -> list[int]:
        own = sorted(drafts[person])
        others = sorted(number for who, rows in drafts.items() if who != person for number in rows)
        return dice.sample(own, min(len(own), 2)) + (others[:1] if dice.random() < 0.2 else [])

    def step() -> None:
        by, ticket = dice.choice(people), Ticket.objects.get(pk=dice.choice(tickets).pk)
        verb = dice.choice(["draft", "draft", "reply", "note", "attach", "remove_file"])
        if verb == "draft":
            drafts[by.pk].add(keep_draft(io.BytesIO(b"x"), "x.txt", by=by).pk)
            return
        if verb == "remove_file":
            number = dice.choice([*sent, 0])
            with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
                actions.remove_file(ticket, by=by, file=number)
            assert sent.pop(number)[0] == ticket.pk
            return
        files = take_some(by.pk)
        getattr(actions, verb)(ticket, by=by, files=files)
        assert set(files) <= drafts[by.pk], "somebody sent what is not his"
        drafts[by.pk] -= set(files)
        sent.update(dict.fromkeys(files, (ticket.pk, verb == "note")))

    for _step in range(STEPS):
        with suppress(Refused):
            step()
    assert sent
    assert any(is_note for _ticket, is_note in sent.values())
    for person in people:
        seen = set(Ticket.objects.visible_to(person).values_list("pk", flat=True))
        expected = drafts[person.pk] | {
            number for number, (ticket, is_note) in sent.items()
            if ticket in seen and (person.is_agent or not is_note)
        }  # fmt: skip
        assert set(Attachment.objects.open_to(person).values_list("pk", flat=True)) == expected
    for ticket in tickets:
        assert check_chain(Ticket.objects.get(pk=ticket.pk)) == []
    assert list(check_all()) == []
