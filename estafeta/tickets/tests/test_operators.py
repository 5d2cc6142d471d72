from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from estafeta.accounts.models import Person
from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.lists import listing, operators, search
from estafeta.tickets.lists.filters import Filters
from estafeta.tickets.lists.orders import Order
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Attachment, Tag, Tagging, Topic
from tests.cast import Cast

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def found(person: Person, text: str) -> set[str]:
    question = Question(listing.everything(person), person, Filters(text=text), Order("number"))
    titles = {ticket.title for ticket in question.page(50).tickets}
    assert titles == set(question.all().values_list("title", flat=True)), "page = all"
    return titles


@pytest.fixture
def office(cast: Cast) -> Cast:
    topic = Topic.objects.create(name="Техника")
    inner = Topic.objects.create(name="Принтеры", parent=topic)
    with clock.standing_at(NOW - timedelta(days=10)):
        old = actions.open_ticket(
            by=cast.client, department=cast.it, title="Old printer", topic=inner
        ).ticket
    with clock.standing_at(NOW):
        new = actions.open_ticket(by=cast.agent, department=cast.accounting, title="New disk")
        actions.take(old, by=cast.agent)
    tag = Tag.objects.create(name="Срочно", key="срочно")
    Tagging.objects.create(ticket=new.ticket, tag=tag)
    for name, is_note in (("Акт.pdf", False), ("Secret.txt", True)):
        Attachment.objects.create(
            owner=cast.agent, ticket=old, name=name, is_note=is_note, kind="other", type="x/x",
            size=1, digest="", blob="b", uploaded_at=NOW,
        )  # fmt: skip
    search.index(old)
    return cast


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("from:clara", {"Old printer"}), ('от:"Clara Client"', {"Old printer"}),
        ("від:anna", {"New disk"}), ("from:me", {"New disk"}), ("от:я", {"New disk"}),
        ("to:anna", {"Old printer"}), ("to:accounting", {"New disk"}), ("кому:me", {"Old printer"}),
        ("status:new", {"New disk"}), ("статус:новая", {"New disk"}), ("статус:нова", {"New disk"}),
        ("status:in_progress", {"Old printer"}), ("status:open", {"Old printer", "New disk"}),
        ("before:2026-11-20", {"Old printer"}), ("до:20.11.2026", {"Old printer"}),
        ("after:2026-11-20", {"New disk"}), ("після:20.11.2026", {"New disk"}),
        ("after:today", {"New disk"}), ("до:сегодня", {"Old printer"}),
        ("tag:срочно", {"New disk"}), ("мітка:Сро", {"New disk"}),
        ("file:АКТ", {"Old printer"}), ("файл:pdf", {"Old printer"}), ("file:secret", {"Old printer"}),
        ("topic:техника", {"Old printer"}), ("тема:принтеры", {"Old printer"}),
        ("is:mine", {"Old printer"}), ("is:free", {"New disk"}), ("is:вільні", {"New disk"}),
        ("is:unread", set()), ("printer from:clara", {"Old printer"}), ("disk from:clara", set()),
        ("from:clara before:2026-11-20 status:open", {"Old printer"}),
        ("http://printer", set()), ("10:30", set()),
    ],
)  # fmt: skip
def test_operators_narrow_in_three_languages(office: Cast, text: str, titles: set[str]) -> None:
    with clock.standing_at(NOW):
        assert found(office.agent, text) == titles


def test_a_client_finds_no_more_than_he_may_see(office: Cast) -> None:
    with clock.standing_at(NOW):
        assert found(office.client, "from:clara") == {"Old printer"}
        assert found(office.client, "to:anna") == {"Old printer"}
        assert found(office.client, "file:secret") == set(), "the file belongs to a note"
        assert found(office.client, "file:акт") == {"Old printer"}
        assert found(office.client, "to:anna@example.org") == set(), "nobody's mail is told"
        assert found(office.stranger, "from:clara") == set()


@pytest.mark.parametrize(
    "text", ["status:nonsense", "before:soon", "is:happy", "after:2026-13-45", 'from:""']
)
def test_a_value_that_means_nothing_is_told(text: str) -> None:
    assert operators.read(f"disk {text}") == operators.Asked("disk", (), (text,))


@pytest.mark.parametrize(
    "text",
    ["from:", ":", "::", 'from:"', "from:%", "tag:'; DROP TABLE x", "file:_", "is:\x00", "to:" + "x" * 190,
     " ".join(f"tag:{n}" for n in range(40))],
)  # fmt: skip
def test_odd_operators_break_nothing(office: Cast, text: str) -> None:
    # Without a letter or digit there is nothing to narrow by; everything else fits no ticket.
    narrows = text not in ("file:_", "is:\x00")
    for person in (office.agent, office.client, office.director):
        assert found(person, text) == (set() if narrows else found(person, ""))


def test_words_of_an_operator_stay_words_where_it_is_none() -> None:
    asked = operators.read("see http://host:80/x at 10:30 from:anna")
    assert asked.words == "see http://host:80/x at 10:30"
    assert [str(term) for term in asked.terms] == ["from:anna"]
