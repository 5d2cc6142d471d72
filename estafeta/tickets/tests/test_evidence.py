"""What completion must carry is asked by the verb itself."""

import io
from typing import Any

import pytest

from estafeta.lib import clock
from estafeta.lib.sniff import Kind
from estafeta.tickets import actions, phrases
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files import uploading
from estafeta.tickets.models import Attachment, Ticket, Topic
from estafeta.tickets.statuses import Status
from tests.cast import Cast
from tests.files import photo
from tests.orders import order, taken


def draft(cast: Cast, kind: str, name: str = "f") -> int:
    return Attachment.objects.create(
        owner=cast.agent, name=name, kind=kind, type="application/octet-stream", size=3,
        digest="0" * 64, blob=f"{kind}-{name}", uploaded_at=clock.now(),
    ).pk  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "lacking", "field"),
    [
        (["text"], {"number": "7"}, "reason"),
        (["number"], {"reason": "Готово"}, "number"),
        (["number"], {"number": "без цифр"}, "number"),
        (["photo"], {"reason": "Готово"}, "files"),
        (["file"], {"number": "7"}, "files"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    cast: Cast, asked: list[str], lacking: dict[str, str], field: str
) -> None:
    ticket = taken(cast, evidence=asked)
    with pytest.raises(Invalid) as refused:
        actions.complete(ticket, by=cast.agent, **lacking)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert Ticket.objects.get(pk=ticket.pk).status == Status.IN_PROGRESS


def test_heads_and_directors_carry_it_too(cast: Cast) -> None:
    for person in (cast.head, cast.director):
        with pytest.raises(Invalid):
            actions.complete(taken(cast, evidence=["text"]), by=person)


def test_with_everything_it_is_done_and_the_journal_knows(cast: Cast) -> None:
    ticket = taken(cast, evidence=["text", "number", "photo", "file"])
    files = [draft(cast, Kind.PICTURE), draft(cast, Kind.DOCUMENT)]
    entry = actions.complete(
        ticket, by=cast.agent, reason="Заменил", number="№ 114-А", files=files
    )  # fmt: skip
    assert ticket.status == Status.DONE
    assert entry.facts["number"] == "№ 114-А"
    assert [one["id"] for one in entry.facts["files"]] == files


def test_a_photo_is_not_the_file_that_is_asked_besides(cast: Cast) -> None:
    ticket = taken(cast, evidence=["photo", "file"])
    with pytest.raises(Invalid):
        actions.complete(ticket, by=cast.agent, files=[draft(cast, Kind.PICTURE)])


def test_a_document_is_no_photo_whatever_its_name(cast: Cast) -> None:
    ticket = taken(cast, evidence=["photo"])
    files = [draft(cast, Kind.DOCUMENT, "photo.jpg")]
    with pytest.raises(Invalid):
        actions.complete(ticket, by=cast.agent, files=files)
    assert Attachment.objects.get(pk=files[0]).ticket is None


def test_what_only_begins_like_a_picture_is_no_photo(cast: Cast) -> None:
    ticket = taken(cast, evidence=["photo"])
    file = uploading.keep_draft(io.BytesIO(b"\xff\xd8\xff and no picture"), "a.jpg", by=cast.agent)
    with pytest.raises(Invalid) as refused:
        actions.complete(ticket, by=cast.agent, files=[file.pk])
    assert refused.value.field == "files"
    real = uploading.keep_draft(io.BytesIO(photo(64, 48)), "b.jpg", by=cast.agent)
    actions.complete(ticket, by=cast.agent, files=[real.pk])


def test_somebody_elses_draft_proves_nothing(cast: Cast) -> None:
    ticket = taken(cast, evidence=["photo"], by=cast.agent_b)
    with pytest.raises(Invalid):
        actions.complete(ticket, by=cast.agent_b, files=[draft(cast, Kind.PICTURE)])


def test_each_part_carries_its_own(cast: Cast) -> None:
    people = [cast.agent, cast.agent_b]
    ticket = order(cast, people=people, separate=True, evidence=["number"], department=cast.it)
    for person in people:
        actions.take(ticket, by=person)
    actions.complete(ticket, by=cast.agent, number="1")
    with pytest.raises(Invalid):
        actions.complete(ticket, by=cast.agent_b)
    actions.complete(ticket, by=cast.agent_b, number="2")
    assert ticket.status == Status.DONE


def test_only_a_head_asks_less_than_the_topic(cast: Cast) -> None:
    topic = Topic.objects.create(name="Счётчики", department=cast.it, evidence=["number"])
    ticket = order(cast, by=cast.agent, topic=topic, evidence=["text"])
    assert ticket.evidence == ["number", "text"]
    given: dict[str, Any] = {"title": ticket.title, "text": ticket.text, "topic": topic}
    with pytest.raises(Invalid) as refused:
        actions.edit(ticket, by=cast.agent, evidence=["text"], **given)
    assert refused.value.field == "evidence"
    with pytest.raises(Invalid):
        actions.edit(ticket, by=cast.agent, evidence=[], **given | {"topic": None})
    actions.edit(ticket, by=cast.agent, evidence=["number"], **given)
    actions.edit(ticket, by=cast.head, evidence=[], **given)
    assert ticket.evidence == []


def test_the_topic_says_what_is_asked_unless_the_ticket_does(cast: Cast) -> None:
    topic = Topic.objects.create(name="Счётчики", department=cast.it, evidence=["number"])
    assert order(cast, topic=topic).evidence == ["number"]
    ticket = order(cast, topic=topic, evidence=[])
    assert ticket.evidence == []
    with pytest.raises(Invalid):
        order(cast, evidence=["oath"])
    given: dict[str, Any] = {"title": ticket.title, "text": ticket.text, "topic": topic}
    entry = actions.edit(ticket, by=cast.director, evidence=["text", "photo"], **given)
    assert ticket.evidence == ["photo", "text"]
    assert entry.facts["old"] == {"evidence": []}


def test_another_topic_does_not_ask_less(cast: Cast) -> None:
    topic = Topic.objects.create(name="Счётчики", department=cast.it, evidence=["number"])
    ticket = order(cast, by=cast.agent, topic=topic)
    given: dict[str, Any] = {"title": ticket.title, "text": ticket.text}
    actions.edit(ticket, by=cast.agent, **given)
    with pytest.raises(Invalid) as refused:
        actions.edit(ticket, by=cast.agent, evidence=[], **given)
    assert refused.value.field == "evidence"
    actions.edit(ticket, by=cast.head, evidence=[], **given)


def test_merging_into_a_ticket_of_ones_own_does_not_ask_less(cast: Cast) -> None:
    one, mine = taken(cast, evidence=["photo"]), order(cast, by=cast.agent)
    actions.take(mine, by=cast.agent)
    actions.merge(one, by=cast.agent, other=mine)
    mine.refresh_from_db()
    given: dict[str, Any] = {"title": mine.title, "text": mine.text}
    with pytest.raises(Invalid) as refused:
        actions.edit(mine, by=cast.agent, evidence=[], **given)
    assert refused.value.field == "evidence"
    actions.edit(mine, by=cast.head, evidence=[], **given)
    assert mine.evidence == []


def test_nothing_is_merged_into_work_that_is_completed_without_its_evidence(cast: Cast) -> None:
    one, finished = taken(cast, evidence=["photo"]), taken(cast, acceptance="author")
    actions.complete(finished, by=cast.agent)
    with pytest.raises(Invalid) as refused:
        actions.merge(one, by=cast.agent, other=finished)
    assert refused.value.field == "other"
    actions.merge(taken(cast), by=cast.agent, other=finished)


def test_what_was_asked_for_before_an_edit_reads_as_words(cast: Cast) -> None:
    ticket = taken(cast, evidence=["photo", "number"])
    entry = actions.edit(
        ticket, by=cast.head, title=ticket.title, text=ticket.text, topic=None,
        acceptance=ticket.acceptance, evidence=[],
    )  # fmt: skip
    assert phrases.replaced(entry) == [("evidence of completion", "A photo, A number")]
