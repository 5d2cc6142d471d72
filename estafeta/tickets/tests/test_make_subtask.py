"""A ticket that exists becomes a part of another, and is taken off again."""

from __future__ import annotations

from itertools import pairwise

import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed, NotNow
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.proof.verify import check_chain
from estafeta.tickets.relations import relating, subtasks
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import done, order, taken


def test_both_stories_tell_of_it(cast: Cast) -> None:
    whole, part = taken(cast), order(cast)
    entry = actions.make_subtask(part, by=cast.agent, other=whole)
    whole.refresh_from_db()
    told = whole.entries.latest("seq")
    assert (entry.verb, entry.facts) == ("make_subtask", {"other": whole.pk})
    assert (told.verb, told.facts) == ("make_subtask", {"other": part.pk, "takes_in": True})
    assert part.parent == whole
    found = relating.related(whole, cast.agent)
    assert (found.parts, found.all_parts, found.open_parts) == ([part], 1, 1)
    assert check_chain(part) == [] == check_chain(whole)


def test_taken_off_it_stands_for_itself(cast: Cast) -> None:
    whole, part = taken(cast), order(cast)
    actions.make_subtask(part, by=cast.agent, other=whole)
    entry = actions.detach_subtask(part, by=cast.agent, other=whole)
    whole.refresh_from_db()
    assert part.parent is None
    assert entry.facts == {"other": whole.pk}
    assert whole.entries.latest("seq").facts == {"other": part.pk, "takes_in": True}
    assert subtasks.open_parts(whole) == 0
    with pytest.raises(Invalid, match="not a part of that ticket"):
        actions.detach_subtask(part, by=cast.agent, other=whole)


def test_what_has_no_whole_and_no_links_is_not_offered_to_be_taken_off(cast: Cast) -> None:
    part, whole = taken(cast), taken(cast)
    idle = {Verb.DETACH_SUBTASK, Verb.UNLINK}
    assert not idle & set(allowed_verbs(Relation.between(cast.agent, part)))
    actions.make_subtask(part, by=cast.agent, other=whole)
    assert idle <= set(allowed_verbs(Relation.between(cast.agent, part)))


def test_a_whole_asks_about_a_part_that_was_put_under_it(cast: Cast) -> None:
    whole, part = taken(cast), order(cast)
    actions.make_subtask(part, by=cast.agent, other=whole)
    with pytest.raises(Invalid) as refused:
        actions.complete(whole, by=cast.agent)
    assert refused.value.field == "despite_subtasks"


def test_a_part_has_one_whole(cast: Cast) -> None:
    whole, second, part = taken(cast), taken(cast), order(cast)
    actions.make_subtask(part, by=cast.agent, other=whole)
    assert Verb.MAKE_SUBTASK not in allowed_verbs(Relation.between(cast.agent, part))
    with pytest.raises(Invalid, match="part of another ticket"):
        actions.make_subtask(part, by=cast.agent, other=second)
    with pytest.raises(Invalid, match="already"):
        actions.make_subtask(part, by=cast.agent, other=whole)
    with pytest.raises(Invalid, match="not a part of that ticket"):
        actions.detach_subtask(part, by=cast.agent, other=second)


def test_nothing_is_a_part_of_itself_however_far_round(cast: Cast) -> None:
    first, second, third = taken(cast), taken(cast), taken(cast)
    actions.make_subtask(second, by=cast.agent, other=first)
    actions.make_subtask(third, by=cast.agent, other=second)
    for other in (first, second, third):
        with pytest.raises(Invalid):
            actions.make_subtask(first, by=cast.agent, other=other)
    first.refresh_from_db()
    assert first.parent is None


def test_parts_lie_only_so_deep(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subtasks, "DEEPEST", 4)
    row = [taken(cast) for _n in range(4)]
    for whole, part in pairwise(row):
        actions.make_subtask(part, by=cast.agent, other=whole)
    with pytest.raises(Invalid, match="deep"):
        actions.add_subtask(row[-1], by=cast.agent, title="Ниже")
    with pytest.raises(Invalid, match="deep"):
        actions.make_subtask(row[0], by=cast.agent, other=taken(cast))


def test_only_so_many_parts_belong_to_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subtasks, "MOST_SUBTASKS", 1)
    whole = taken(cast)
    actions.make_subtask(order(cast), by=cast.agent, other=whole)
    with pytest.raises(Invalid, match="at most 1"):
        actions.make_subtask(order(cast), by=cast.agent, other=whole)


def test_both_tickets_have_to_be_ones_own_business(cast: Cast) -> None:
    whole, foreign = taken(cast), order(cast, department=cast.accounting)
    with pytest.raises(Invalid, match="no ticket"):
        actions.make_subtask(whole, by=cast.agent, other=foreign)
    actions.follow(foreign, by=cast.director, people=[cast.agent])
    with pytest.raises(Invalid, match="not yours"):
        actions.make_subtask(whole, by=cast.agent, other=foreign)
    with pytest.raises(NotAllowed):
        actions.make_subtask(foreign, by=cast.agent, other=whole)


def test_whoever_wrote_it_puts_it_under_his_work(cast: Cast) -> None:
    whole = taken(cast)
    asked = order(cast, by=cast.agent, department=cast.accounting)
    actions.make_subtask(asked, by=cast.agent, other=whole)
    assert asked.parent == whole


def test_a_part_is_taken_off_by_who_works_on_either(cast: Cast) -> None:
    whole, asked = taken(cast), order(cast, by=cast.agent, department=cast.accounting)
    actions.make_subtask(asked, by=cast.agent, other=whole)
    with pytest.raises(Invalid, match="no ticket"):
        actions.detach_subtask(asked, by=cast.agent2, other=whole)
    actions.follow(whole, by=cast.agent, people=[cast.agent2])
    actions.detach_subtask(asked, by=cast.agent2, other=whole)
    assert asked.parent is None


def test_nobody_who_merely_watches_takes_a_part_off(cast: Cast) -> None:
    whole, part = taken(cast), order(cast)
    actions.make_subtask(part, by=cast.agent, other=whole)
    for ticket in (whole, part):
        actions.follow(ticket, by=cast.director, people=[cast.agent2])
    with pytest.raises(NotAllowed):
        actions.detach_subtask(part, by=cast.agent2, other=whole)


def test_a_finished_ticket_takes_no_parts_and_becomes_none(cast: Cast) -> None:
    whole, closed = taken(cast), done(cast)
    with pytest.raises(Invalid, match="finished"):
        actions.make_subtask(whole, by=cast.agent, other=closed)
    with pytest.raises(NotNow):
        actions.make_subtask(closed, by=cast.agent, other=whole)


def test_a_finished_part_is_still_taken_off(cast: Cast) -> None:
    whole, part = taken(cast), taken(cast)
    actions.make_subtask(part, by=cast.agent, other=whole)
    actions.complete(part, by=cast.agent)
    actions.detach_subtask(part, by=cast.agent, other=whole)
    assert part.parent is None


def test_a_client_reads_nothing_of_it(cast: Cast) -> None:
    whole, part = taken(cast), order(cast, by=cast.client)
    actions.make_subtask(part, by=cast.agent, other=whole)
    verbs = [entry.verb for entry in part.entries.readable_by(cast.client)]
    assert verbs == ["open"]
    assert relating.related(part, cast.client).whole is None


def test_who_does_not_see_the_other_end_reads_nothing_of_it(cast: Cast) -> None:
    whole = taken(cast)
    part = order(cast, by=cast.agent, department=cast.accounting)
    actions.make_subtask(part, by=cast.agent, other=whole)
    lines = relating.without_unseen(part.entries.all(), cast.agent2)
    assert "make_subtask" not in [line.verb for line in lines]
    assert relating.related(part, cast.agent2).whole is None


def test_a_part_whose_whole_was_deleted_becomes_a_part_of_another(cast: Cast) -> None:
    part, whole, other = taken(cast), taken(cast), taken(cast)
    actions.make_subtask(part, by=cast.agent, other=whole)
    actions.delete(whole, by=cast.admin, reason="by mistake")
    actions.make_subtask(part, by=cast.agent, other=other)
    part.refresh_from_db()
    assert part.parent_id == other.pk


def test_a_merge_gives_no_ticket_more_parts_than_it_may_have(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subtasks, "MOST_SUBTASKS", 2)
    one, two = taken(cast), taken(cast)
    for whole in (one, one, two):
        actions.make_subtask(taken(cast), by=cast.agent, other=whole)
    with pytest.raises(Invalid, match="at most 2"):
        actions.merge(one, by=cast.agent, other=two)
