"""Data of before: who wanted no mail at all wants none for any kind of event."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from estafeta.notifications.kinds import Kind

BEFORE = [
    ("accounts", "0014_addresses_in_the_security_trail"),
    ("notifications", "0007_talk_in_chats"),
]
MOVED = [("notifications", "0008_wishes_that_follow_and_summaries")]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_wish_for_mail_moves_into_the_matrix() -> None:
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    try:
        old: Any = executor.loader.project_state(BEFORE).apps
        people = old.get_model("accounts", "Person").objects
        for login, wanted in (("with", True), ("without", False)):
            people.create(login=login, name=login, password="!", mail_wanted=wanted)
        decided = people.create(login="decided", name="d", password="!", mail_wanted=False)
        matrix = {"done": {"mail": True, "popup": False}}
        old.get_model("notifications", "Wishes").objects.create(person=decided, matrix=matrix)
        executor = MigrationExecutor(connection)
        executor.migrate(MOVED)
        new: Any = executor.loader.project_state(MOVED).apps
        rows = new.get_model("notifications", "Wishes").objects.select_related("person")
        found = {row.person.login: row.matrix for row in rows}
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(newest)
    assert set(found) == {"without", "decided"}
    assert all(row == {"mail": False} for row in found["without"].values())
    assert found["decided"]["done"] == {"mail": True, "popup": False}
    assert found["decided"]["taken"] == {"mail": False}


def test_every_kind_of_that_time_is_still_there() -> None:
    migration = import_module(f"estafeta.notifications.migrations.{MOVED[0][1]}")
    assert set(migration.KINDS) <= set(Kind)
