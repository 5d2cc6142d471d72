"""Who administers with a program: an administrator, by a token made for it, and nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from estafeta.accounts.models import ApiToken, SecurityEntry
from estafeta.api import door
from estafeta.api.document import document
from estafeta.tickets import actions
from tests.cast import Cast
from tests.orders import order
from tests.program import Program

PREFIX = "/api/v1"
OPERATIONS = [
    (method, path.removeprefix(PREFIX).replace("{number}", "1"))
    for path, methods in document()["paths"].items()
    if path.startswith(f"{PREFIX}/administration/")
    for method in methods
]


def _ask(program: Program, method: str, path: str) -> int:
    # Bodies are wrong on purpose: who may not do it is not told what else would be wrong.
    if method == "get":
        answer = program.get(path)
    elif PREFIX + path in door.PICTURES:
        headers = {"Authorization": f"Bearer {program.token}"} if program.token else {}
        answer = program.client.post(PREFIX + path, {"nonsense": 1}, headers=headers)
    else:
        answer = program.post(path, {"nonsense": 1})
    return int(answer.status_code)


def test_there_is_something_to_ask() -> None:
    assert len(OPERATIONS) > 40


@pytest.mark.parametrize("who", ["director", "head", "agent", "client", "lead", "stranger"])
def test_others_are_refused_everywhere_whatever_their_token_says(cast: Cast, who: str) -> None:
    program = Program.of(getattr(cast, who), "admin")
    assert {_ask(program, *one) for one in OPERATIONS} == {403}
    assert SecurityEntry.objects.count() == 0


@pytest.mark.parametrize("scope", ["read", "write"])
def test_an_administrators_ordinary_token_does_not_administer(cast: Cast, scope: str) -> None:
    program = Program.of(cast.admin, scope)
    assert {_ask(program, *one) for one in OPERATIONS} == {403}
    detail = program.get("/administration/people").json()["detail"]
    assert "does not administer" in detail


def test_without_a_token_nothing_is_told(cast: Cast) -> None:
    program = Program(Client(raise_request_exception=False), "")
    assert {_ask(program, *one) for one in OPERATIONS} == {401}


def test_who_no_longer_administers_is_refused_at_once(cast: Cast, ada: Program) -> None:
    assert ada.get("/administration/settings").status_code == 200
    cast.admin.is_administrator = False
    cast.admin.save()
    assert ada.get("/administration/settings").status_code == 403


@pytest.mark.parametrize("verb", ["delete", "restore"])
def test_tickets_are_deleted_and_restored_only_by_a_token_made_for_it(
    cast: Cast, ada: Program, verb: str
) -> None:
    ticket = order(cast)
    if verb == "restore":
        actions.delete(ticket, by=cast.admin, reason="Потому что")
    path = f"/tickets/{ticket.pk}/{verb}"
    body = {"reason": "Потому что"} if verb == "delete" else {}
    assert Program.of(cast.admin, "write").post(path, body).status_code == 403
    assert ada.post(path, body).status_code == 200


def test_only_administrators_are_offered_such_a_token(cast: Cast) -> None:
    for who, offered in ((cast.agent, False), (cast.admin, True)):
        browser = Client()
        browser.force_login(who)
        page = browser.get("/profile/tokens").content.decode()
        assert ('value="admin"' in page) is offered
        sent = {"name": "x", "scope": "admin", "expires_at": "2030-01-01"}
        assert (browser.post("/profile/tokens", sent).status_code == 303) is offered
    assert list(ApiToken.objects.values_list("person", "scope")) == [(cast.admin.pk, "admin")]
