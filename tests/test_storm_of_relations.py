"""Merges, splits, parts, links, deletions and their ways back, in any order: nothing gets lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from estafeta.tickets.verbs import Verb
from tests import order_of_things
from tests.storm import STEPS_OF_RELATIONS, World, arguments

WAYS = (
    (Verb.MAKE_SUBTASK, Verb.DETACH_SUBTASK),
    (Verb.MERGE, Verb.UNMERGE), (Verb.MERGE, Verb.DELETE, Verb.RESTORE, Verb.UNMERGE),
    (Verb.LINK, Verb.UNLINK), (Verb.DELETE, Verb.RESTORE), (Verb.FOLLOW, Verb.UNFOLLOW),
    (Verb.TAG, Verb.ADD_SUBTASK, Verb.MERGE), (Verb.REPLY, Verb.SPLIT, Verb.MERGE),
    (Verb.TAKE, Verb.ADD_SUBTASK, Verb.COMPLETE), (Verb.ASSIGN, Verb.MERGE, Verb.UNMERGE),
    (Verb.WAIT, Verb.DELETE, Verb.RESTORE, Verb.RESUME), (Verb.ADD_SUBTASK, Verb.SPLIT),
    (Verb.MAKE_SUBTASK, Verb.MERGE, Verb.UNMERGE),
    (Verb.MAKE_SUBTASK, Verb.TAKE, Verb.COMPLETE),
)  # fmt: skip
GOOD: dict[str, Any] = {
    "reason": "Потому что", "text": "Диск", "title": "Часть", "comment": 0, "people": [2, 3],
    "kind": "blocks", "add": ["склад"], "remove": [], "person": -1, "deadline": 3, "answers": -1,
    "wait_for": "part", "until": None, "number": "7", "department": -1, "requester": -1,
}  # fmt: skip
# Which ticket, which other one, which way, who tries first, who moves in the organisation meanwhile.
steps = st.lists(
    st.tuples(
        st.integers(0, 5), st.integers(0, 5), st.sampled_from(WAYS), st.integers(0, 10),
        st.sampled_from(["", "", "leave", "deactivate", "activate", "join"]),
    ),
    min_size=5, max_size=8,
)  # fmt: skip
EACH_ONCE = [(n % 3, (n + 1) % 3, way, 0, "") for n, way in enumerate(WAYS)]


def _walk(walked: Any, more: dict[str, Any], done: set[Verb]) -> None:
    world = World()
    for title in ("Сервер", "Принтер", "Сеть"):
        world.open(0, {"title": title, "department": 0, "acceptance": "author"})
    for which, other, way, first, moved in walked:
        values = {**more, **GOOD, "other": other}
        if moved:
            world.change_rights(first, 0, moved)
        for verb in way:
            # At each step somebody is looked for who may: most see one of the two tickets only.
            tries = [first, *range(11)]
            if any(world.act(person, which, verb, values) for person in tries):
                done.add(verb)
            order_of_things.check(world.people)


@pytest.mark.slow
def test_ties_and_parts_come_and_go_in_order(db: None) -> None:
    done: set[Verb] = set()

    @example(walked=EACH_ONCE, more={"despite_subtasks": True})
    @given(walked=steps, more=arguments)
    @settings(
        derandomize=True, database=None, deadline=None, phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck), max_examples=12,
    )  # fmt: skip
    def in_order(walked: Any, more: dict[str, Any]) -> None:
        with transaction.atomic():
            _walk(walked, more, done)
            transaction.set_rollback(True)

    in_order()
    assert done >= STEPS_OF_RELATIONS, f"too gentle: {sorted(STEPS_OF_RELATIONS - done)} missing"
