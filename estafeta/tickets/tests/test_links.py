"""Links: two tickets say what they are to each other, in both journals."""

import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Link, LinkWord
from estafeta.tickets.proof.verify import check_chain
from estafeta.tickets.submissions import Key
from tests.cast import Cast
from tests.orders import order


@pytest.mark.parametrize("word", list(LinkWord))
def test_both_journals_tell_of_a_link_each_from_its_end(cast: Cast, word: LinkWord) -> None:
    one, other = order(cast), order(cast)
    entry = actions.link(one, by=cast.agent, other=other, kind=word)
    assert entry.facts == {"other": other.pk, "link": word}
    there = other.entries.get(verb="link")
    assert there.facts == {"other": one.pk, "link": word.inverse}
    row = Link.objects.get()
    assert (row.word_at(one.pk), row.word_at(other.pk)) == (word, word.inverse)
    other.refresh_from_db()
    assert check_chain(one) == [] == check_chain(other)


def test_a_link_is_taken_back_from_either_end(cast: Cast) -> None:
    one, other = order(cast), order(cast)
    actions.link(one, by=cast.agent, other=other, kind="blocks")
    actions.unlink(other, by=cast.agent, other=one, kind="blocked_by")
    assert not Link.objects.exists()
    with pytest.raises(Invalid, match="not linked"):
        actions.unlink(one, by=cast.agent, other=other, kind="blocks")


def test_the_same_link_twice_or_both_ways_round_is_refused(cast: Cast) -> None:
    one, other = order(cast), order(cast)
    actions.link(one, by=cast.agent, other=other, kind="relates")
    with pytest.raises(Invalid, match="already"):
        actions.link(other, by=cast.agent, other=one, kind="relates")
    actions.link(one, by=cast.agent, other=other, kind="blocks")
    with pytest.raises(Invalid, match="other way round"):
        actions.link(other, by=cast.agent, other=one, kind="blocks")
    with pytest.raises(Invalid, match="itself"):
        actions.link(one, by=cast.agent, other=one, kind="relates")
    with pytest.raises(Invalid):
        actions.link(one, by=cast.agent, other=other, kind="hates")


def test_a_ticket_that_one_does_not_see_is_as_if_it_were_not_there(cast: Cast) -> None:
    own, foreign = order(cast), order(cast, department=cast.accounting)
    with pytest.raises(Invalid, match=f"no ticket {foreign.pk}"):
        actions.link(own, by=cast.agent, other=foreign, kind="relates")
    assert not Link.objects.exists()


def test_clients_link_nothing(cast: Cast) -> None:
    one, other = order(cast, by=cast.client), order(cast, by=cast.client)
    with pytest.raises(NotAllowed):
        actions.link(one, by=cast.client, other=other, kind="relates")


def test_a_verb_about_two_tickets_that_is_sent_twice_acts_once(cast: Cast) -> None:
    one, other = order(cast), order(cast)
    key = Key("once", "digest")
    first = actions.merge(one.sent_as(key), by=cast.agent, other=other)
    again = actions.merge(one.sent_as(key), by=cast.agent, other=other)
    assert (again.pk, again.is_repeated) == (first.pk, True)
    other.refresh_from_db()
    assert other.entries.filter(verb="merge").count() == 1
