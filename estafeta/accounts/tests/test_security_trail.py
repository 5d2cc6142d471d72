"""The trail is append-only, and what is done to it all the same is named."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from estafeta.accounts import security
from estafeta.accounts.models import SecurityEntry
from estafeta.accounts.models.security_entry import Kind


@pytest.fixture
def trail(cast: Any) -> list[SecurityEntry]:
    return [
        security.record(Kind.PERSON_CHANGED, by=cast.admin, about=cast.agent, changes={"n": n})
        for n in range(5)
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_securityentry SET kind = 'x'",
        "DELETE FROM accounts_securityentry",
        "REPLACE INTO accounts_securityentry SELECT * FROM accounts_securityentry",
    ],
)
def test_the_database_refuses_to_change_or_delete(trail: Any, statement: str) -> None:
    if statement.startswith("REPLACE") and connection.vendor != "sqlite":
        return
    with (
        pytest.raises(DatabaseError, match="never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_model_refuses_to_change_or_delete(trail: list[SecurityEntry]) -> None:
    for attempt in (
        trail[0].save,
        trail[0].delete,
        SecurityEntry.objects.all().delete,
        lambda: SecurityEntry.objects.update(kind="x"),
    ):
        with pytest.raises(TypeError, match="never"):
            attempt()


def test_an_untouched_trail_has_no_faults(trail: Any) -> None:
    assert list(security.faults()) == []


def test_a_changed_entry_is_named(trail: Any, behind_the_back: Any) -> None:
    behind_the_back("UPDATE accounts_securityentry SET address = '10.0.0.9' WHERE seq = 2")
    assert list(security.faults()) == ["security entry 2 has been changed"]


def test_a_missing_entry_is_named(trail: Any, behind_the_back: Any) -> None:
    behind_the_back("DELETE FROM accounts_securityentry WHERE seq = 3")
    assert list(security.faults()) == ["security entry 3 is missing"]


def test_missing_last_entries_are_named(trail: Any, behind_the_back: Any) -> None:
    behind_the_back("DELETE FROM accounts_securityentry WHERE seq > 3")
    assert list(security.faults()) == [
        "security entry 4 is missing",
        "security entry 5 is missing",
    ]


def test_an_entry_that_was_put_at_the_end_is_named(trail: Any) -> None:
    last = SecurityEntry.objects.get(seq=5)
    forged = SecurityEntry(
        seq=6, kind=Kind.SIGNED_IN, at=last.at, facts={}, address="", previous_hash=last.hash
    )
    forged.hash = security.hash_of(forged)
    forged.save()
    assert list(security.faults()) == ["security entry 6 and later ones were added"]


def test_two_entries_that_changed_places_are_named(trail: Any, behind_the_back: Any) -> None:
    behind_the_back("UPDATE accounts_securityentry SET seq = 99 WHERE seq = 2")
    behind_the_back("UPDATE accounts_securityentry SET seq = 2 WHERE seq = 3")
    behind_the_back("UPDATE accounts_securityentry SET seq = 3 WHERE seq = 99")
    named = " ".join(security.faults())
    assert "security entry 2" in named
    assert "security entry 3" in named
