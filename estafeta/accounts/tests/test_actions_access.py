"""Whoever calls an action without the right changes nothing, whatever the face let through."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from estafeta.accounts import sessions
from estafeta.accounts.actions import (
    departments,
    organisations,
    passwords,
    people,
    rights,
    site,
    tokens,
)  # fmt: skip
from estafeta.accounts.errors import Invalid, NotAllowed, Refused
from estafeta.accounts.models import Department, Person, SecurityEntry
from tests.cast import make_cast, person

ACTIONS: dict[str, Callable[[Any, Person], object]] = {
    "create_person": lambda _c, by: people.create_person(by=by, name="X", login="x"),
    "edit_card of staff": lambda c, by: people.edit_card(c.head, by=by, phone="1"),
    "edit_card: where links to the password of a client go": lambda c, by: people.edit_card(
        c.client, by=by, email="mine@example.org"
    ),
    "set_photo": lambda c, by: people.set_photo(c.admin, by=by, name="x.webp"),
    "deactivate": lambda c, by: people.deactivate(c.agent_b, by=by),
    "reactivate": lambda c, by: people.reactivate(c.agent_b, by=by),
    "delete": lambda c, by: people.delete(c.agent_b, by=by),
    "edit_profile of another": lambda c, by: people.edit_profile(c.stranger, by=by, phone="1"),
    "set_rights": lambda _c, by: rights.set_rights(by, by=by, is_administrator=True),
    "set_memberships": lambda c, by: rights.set_memberships(by, by=by, places=[(c.it, True)]),
    "create_department": lambda _c, by: departments.create_department(by=by, name="X"),
    "change_department": lambda c, by: departments.change_department(c.it, by=by, name="X"),
    "place_department": lambda c, by: departments.place_department(
        c.it, by=by, parent=None, before=None
    ),
    "move_department": lambda c, by: departments.move_department(c.it, by=by, parent=c.accounting),
    "close_department": lambda c, by: departments.close_department(c.accounting, by=by),
    "reopen_department": lambda c, by: departments.reopen_department(c.accounting, by=by),
    "delete_department": lambda c, by: departments.delete_department(c.accounting, by=by),
    "save_organisation": lambda _c, by: organisations.save_organisation(by=by, name="X"),
    "delete_organisation": lambda c, by: organisations.delete_organisation(c.beta, by=by),
    "change_site": lambda _c, by: site.change_site(by=by, organisation_name="X"),
    "change_password": lambda c, by: passwords.change_password(c.admin, "a good long one", by=by),
    "offer_link": lambda c, by: passwords.offer_link(c.admin, by=by, base="http://x"),
    "show_link": lambda c, by: passwords.show_link(c.admin, by=by),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_only_administrators_may(cast: Any, name: str) -> None:
    for who in (cast.director, cast.head, cast.agent, cast.client, cast.lead):
        with pytest.raises(NotAllowed):
            ACTIONS[name](cast, who)
    assert not SecurityEntry.objects.exists()


@pytest.mark.parametrize("name", ACTIONS)
def test_an_administrator_who_was_switched_off_may_not(cast: Any, name: str) -> None:
    gone = person("bea", "Bea", is_administrator=True, is_active=False)
    with pytest.raises(NotAllowed):
        ACTIONS[name](cast, gone)


def test_clients_add_nobody_and_agents_only_with_the_right(cast: Any) -> None:
    for who in (cast.client, cast.lead):
        with pytest.raises(NotAllowed):
            people.create_client(by=who, name="X")
    cast.agent.may_edit_clients = False
    with pytest.raises(NotAllowed):
        people.create_client(by=cast.agent, name="X")
    assert people.create_client(by=cast.agent_b, name="X").login is None
    with pytest.raises(TypeError):
        people.create_client(by=cast.agent_b, name="X", login="x")


def test_tokens_of_others_are_revoked_by_administrators_only(cast: Any) -> None:
    token, _secret = tokens.make_token(
        by=cast.agent, name="x", scope="read", expires_at=timezone.now() + timedelta(days=1)
    )
    with pytest.raises(NotAllowed):
        tokens.revoke_token(token, by=cast.head)
    tokens.revoke_token(token, by=cast.admin)
    assert not token.is_valid


def test_fifty_living_tokens_are_enough(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_ALIVE", 1)
    more: dict[str, Any] = {
        "name": "x",
        "scope": "read",
        "expires_at": timezone.now() + timedelta(days=1),
    }
    tokens.make_token(by=cast.agent, **more)
    with pytest.raises(Invalid, match="too many"):
        tokens.make_token(by=cast.agent, **more)


def test_a_failed_action_leaves_nothing_behind(cast: Any) -> None:
    with pytest.raises(Invalid):
        departments.create_department(by=cast.admin, name="IT")
    with pytest.raises(Invalid):
        people.create_person(by=cast.admin, name="", login="empty")
    assert not Person.objects.filter(login="empty").exists()
    assert Department.objects.count() == 3
    assert not SecurityEntry.objects.exists()


def test_rows_of_dead_sessions_are_forgotten(cast: Any) -> None:
    from allauth.usersessions.models import UserSession
    from django.test import Client

    from tests.cast import PASSWORD

    living, dead = Client(), Client()
    for client in (living, dead):
        client.post("/sign-in", {"login": "anna", "password": PASSWORD})
    dead.session.delete(dead.session.session_key)
    assert sessions.forget_dead() == 1
    assert [row.session_key for row in UserSession.objects.all()] == [living.session.session_key]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_remove_each_other_at_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lives in memory, where two cannot write at once")
    cast = make_cast()
    other = person("bea", "Bea", is_administrator=True)
    start, refused = threading.Barrier(2), []

    def leave(who: Person, by: Person) -> None:
        try:
            start.wait(10)
            people.deactivate(who, by=by)
        except Refused as told:
            refused.append(str(told))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=leave, args=pair)
        for pair in ((cast.admin, other), (other, cast.admin))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 1
    assert Person.objects.filter(is_administrator=True, is_active=True).count() == 1
