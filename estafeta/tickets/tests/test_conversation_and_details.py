from datetime import timedelta

import pytest

from estafeta.lib import clock
from estafeta.tickets import actions, journal
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.lists.search import matching
from estafeta.tickets.models import Comment, Entry, Priority, ReadMark, Ticket, Topic
from estafeta.tickets.phrases import phrase
from estafeta.tickets.submissions import Key
from tests.cast import Cast
from tests.orders import order, taken


def test_a_client_reads_replies_and_never_notes(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    actions.reply(ticket, by=cast.agent, text="Сделаем **сегодня**")
    actions.note(ticket, by=cast.agent, text="Он всегда так")
    assert [c.text for c in ticket.comments.readable_by(cast.client)] == ["Сделаем **сегодня**"]
    assert ticket.comments.readable_by(cast.agent).count() == 2
    assert "note" not in ticket.entries.readable_by(cast.client).values_list("verb", flat=True)
    with pytest.raises(NotAllowed):
        actions.note(ticket, by=cast.client, text="Я тоже")


def test_what_is_written_is_sanitised(cast: Cast) -> None:
    ticket = order(cast)
    text = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](http://evil/x.png) **ok**"
    html = actions.reply(ticket, by=cast.director, text=text).comment.text_html
    assert "<script" not in html
    assert "javascript:" not in html.replace("[x](javascript:alert(1))", "")
    assert "<img" not in html
    assert "<strong>ok</strong>" in html


def test_an_empty_comment_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        actions.reply(order(cast), by=cast.director, text=" \n ")
    assert caught.value.field == "text"


def test_a_comment_sent_twice_is_written_once(cast: Cast) -> None:
    ticket = order(cast)
    for _attempt in range(2):
        actions.reply(ticket.sent_as(Key("k", "d")), by=cast.director, text="Один раз")
    assert Comment.objects.count() == 1


def test_editing_keeps_the_old_values_and_finds_the_new_words(cast: Cast) -> None:
    topic = Topic.objects.create(name="Серверы")
    ticket = order(cast, text="Старое")
    entry = actions.edit(
        ticket, by=cast.director, title="Принтер", text="Новое", topic=topic, acceptance="author"
    )
    assert entry.facts["old"] == {
        "title": "Сервер 1С не отвечает", "text": "Старое", "topic": None, "acceptance": "nobody",
    }  # fmt: skip
    assert phrase(entry) == "edits the ticket: title, text, topic, acceptance"
    mine = Ticket.objects.visible_to(cast.agent)
    assert matching(mine, "принтеры", reader=cast.agent).exists()
    assert not matching(mine, "сервер", reader=cast.agent).exists()
    with pytest.raises(Invalid):
        actions.edit(
            ticket, by=cast.director, title="Принтер", text="Новое", topic=topic,
            acceptance="author",
        )  # fmt: skip


def test_clients_choose_no_topic_that_is_for_staff(cast: Cast) -> None:
    topic = Topic.objects.create(name="Проверка людей", is_hidden=True)
    ticket = order(cast, by=cast.client)
    with pytest.raises(Invalid) as refused:
        actions.edit(ticket, by=cast.client, title=ticket.title, text="", topic=topic)
    assert refused.value.field == "topic"
    actions.edit(ticket, by=cast.head, title=ticket.title, text="", topic=topic)
    actions.edit(ticket, by=cast.client, title="Другой заголовок", text="", topic=topic)


def test_priority_and_deadline_keep_old_and_new(cast: Cast) -> None:
    ticket = taken(cast)
    entry = actions.set_priority(ticket, by=cast.agent, priority=Priority.URGENT)
    assert phrase(entry) == "changes the priority: Normal → Urgent"
    tomorrow = clock.now() + timedelta(days=1)
    actions.set_deadline(ticket, by=cast.head, deadline=tomorrow)
    assert ticket.deadline == tomorrow
    entry = actions.set_deadline(ticket, by=cast.head, deadline=None)
    assert entry.facts["old"] == tomorrow.isoformat()
    assert ticket.deadline is None
    with pytest.raises(NotAllowed):
        actions.set_deadline(ticket, by=cast.agent_b, deadline=tomorrow)


def test_who_was_up_to_date_stays_so_after_acting(cast: Cast) -> None:
    ticket = order(cast)
    actions.reply(ticket, by=cast.director, text="Ещё")
    assert ReadMark.objects.get(ticket=ticket, person=cast.director).seq == 2
    actions.take(ticket, by=cast.agent)
    assert ReadMark.objects.get(ticket=ticket, person=cast.director).seq == 2


def test_taking_from_the_list_reads_it_unless_something_was_written(cast: Cast) -> None:
    plain, written = order(cast), order(cast)
    actions.reply(written, by=cast.director, text="Прочтите это")
    for ticket in (plain, written):
        actions.take(ticket, by=cast.agent)
    marks = ReadMark.objects.filter(person=cast.agent)
    assert [(mark.ticket, mark.seq) for mark in marks] == [(plain, 2)]


def test_every_entry_hangs_on_the_one_before(cast: Cast) -> None:
    ticket = taken(cast)
    actions.note(ticket, by=cast.agent, text="Проверил")
    entries = list(Entry.objects.filter(ticket=ticket))
    assert [entry.seq for entry in entries] == [1, 2, 3]
    previous = ""
    for entry in entries:
        assert entry.previous_hash == previous
        assert entry.hash == journal.hash_of(entry)
        previous = entry.hash
    assert ticket.journal_head == previous
