"""Tags: free words, the same for everybody, refused when they are none."""

import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Tag, Ticket
from estafeta.tickets.models.tag import MOST_TAGS
from tests.cast import Cast
from tests.orders import order


def _tags(ticket: Ticket) -> list[str]:
    return list(ticket.taggings.values_list("tag__name", flat=True))


def test_tags_are_hung_on_and_taken_off(cast: Cast) -> None:
    ticket = order(cast)
    entry = actions.tag(ticket, by=cast.agent, add=["принтер", "срочно 2026"])
    assert (entry.facts["added"], entry.facts["removed"]) == (["принтер", "срочно 2026"], [])
    actions.tag(ticket, by=cast.agent_b, add=["склад"], remove=["Принтер"])
    assert _tags(ticket) == ["склад", "срочно 2026"]


def test_a_tag_is_one_however_it_is_written(cast: Cast) -> None:
    actions.tag(order(cast), by=cast.agent, add=["Учёт"])
    ticket = order(cast)
    actions.tag(ticket, by=cast.agent, add=["  #учет "])
    assert (_tags(ticket), Tag.objects.count()) == (["Учёт"], 1)


def test_a_tag_of_a_megabyte_is_refused_in_words(cast: Cast) -> None:
    with pytest.raises(Invalid, match="1000000 characters, at most 40"):
        actions.tag(order(cast), by=cast.agent, add=["ж" * 1_000_000])
    assert not Tag.objects.exists()


@pytest.mark.parametrize("word", ["", "   ", "#", "a,b", "ж" * 41])
def test_what_is_no_tag_is_refused(cast: Cast, word: str) -> None:
    with pytest.raises(Invalid):
        actions.tag(order(cast), by=cast.agent, add=[word])


def test_a_ticket_has_a_limited_number_of_tags(cast: Cast) -> None:
    ticket = order(cast)
    actions.tag(ticket, by=cast.agent, add=[f"т{n}" for n in range(MOST_TAGS)])
    with pytest.raises(Invalid, match="at most 20"):
        actions.tag(ticket, by=cast.agent, add=["ещё"])
    actions.tag(ticket, by=cast.agent, add=["ещё"], remove=["т0"])


def test_nothing_changed_is_said(cast: Cast) -> None:
    ticket = order(cast)
    actions.tag(ticket, by=cast.agent, add=["склад"])
    with pytest.raises(Invalid, match="Nothing was changed"):
        actions.tag(ticket, by=cast.agent, add=["СКЛАД"], remove=["нет такого"])


def test_clients_have_no_tags(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    with pytest.raises(NotAllowed):
        actions.tag(ticket, by=cast.client, add=["важно"])
    actions.tag(ticket, by=cast.agent, add=["трудный клиент"])
    assert not ticket.entries.without_notes().filter(verb="tag").exists()


def test_of_ten_thousand_tags_the_suggested_are_found_by_their_beginning(cast: Cast) -> None:
    Tag.objects.bulk_create(Tag(name=f"Метка {n}", key=f"метка {n}") for n in range(10_000))
    found = list(Tag.objects.beginning_with("МЕТКА 99")[:12])
    assert found[0].name == "Метка 99"
    assert all(tag.key.startswith("метка 99") for tag in found)
