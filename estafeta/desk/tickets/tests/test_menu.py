"""What stands outside as buttons, what behind the dots and under which heading."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from estafeta.accounts.models import Person
from estafeta.desk.tickets.offer import BESIDE, GROUPS, MOST_OUTSIDE, OWN, WRITTEN, offer
from estafeta.tickets import actions
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.verbs import BY_SYSTEM, Verb
from tests.cast import Cast
from tests.orders import done, order, taken

At = Callable[[Person], Client]
HTMX = {"HX-Request": "true"}
# They stand beside what they are about: a comment, a file, a link, a part, what waits for a word.
ELSEWHERE = {
    Verb.OPEN, Verb.EDIT_COMMENT, Verb.DELETE_COMMENT, Verb.REMOVE_FILE, Verb.UNLINK, Verb.SPLIT,
    Verb.DETACH_SUBTASK, Verb.ACCEPT_HAND_OVER, Verb.ANSWER_DEADLINE, Verb.RESTORE,
}  # fmt: skip


def test_every_verb_has_a_place_and_one_heading() -> None:
    grouped = [verb for verbs in GROUPS.values() for verb in verbs]
    assert len(grouped) == len(set(grouped))
    assert set(Verb) - BY_SYSTEM == {*grouped, *WRITTEN} | ELSEWHERE
    assert {*BESIDE, *OWN} <= {*grouped, Verb.ACCEPT_HAND_OVER}


@pytest.mark.parametrize("who", ["director", "head", "agent", "client", "admin"])
def test_nothing_that_is_allowed_is_missing_and_nothing_is_said_twice(cast: Cast, who: str) -> None:
    by = getattr(cast, who)
    tickets = [order(cast, by=cast.client), taken(cast), done(cast)]
    archived = done(cast)
    actions.archive(archived, by=cast.head)
    for ticket in [*tickets, archived]:
        relation = Relation.between(by, ticket)
        found = offer(relation)
        outside = [one.verb for one in (found.primary, *found.beside) if one]
        inside = [one.verb for actions_ in found.groups.values() for one in actions_]
        assert len(outside) <= MOST_OUTSIDE
        assert len([*outside, *inside]) == len({*outside, *inside})
        assert set(allowed_verbs(relation)) - ELSEWHERE - WRITTEN == {*outside, *inside}


def test_a_row_asks_for_its_menu_when_it_is_opened(cast: Cast, at: At) -> None:
    ticket = order(cast)
    client = at(cast.agent)
    assert f'data-row-menu="/tickets/{ticket.pk}/menu"' in client.get("/inbox").content.decode()
    menu = client.get(f"/tickets/{ticket.pk}/menu", headers=HTMX).content.decode()
    assert f'hx-target="#row-{ticket.pk}"' in menu
    for verb in ("take", "hand_over", "tag", "make_subtask"):
        assert f'data-verb="{verb}"' in menu
    titles = re.findall(r'class="menu-title"[^>]*>([^<]+)<', menu)
    assert titles == ["Work", "People", "Relations", "Files and print"]


def test_the_menu_of_a_row_is_the_page_without_javascript(cast: Cast, at: At) -> None:
    ticket = order(cast)
    answer = at(cast.agent).get(f"/tickets/{ticket.pk}/menu")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/tickets/{ticket.pk}")
    assert at(cast.stranger).get(f"/tickets/{ticket.pk}/menu").status_code == 404
