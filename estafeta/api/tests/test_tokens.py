"""Who may enter."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from estafeta.accounts.models import ApiToken
from tests.cast import Cast
from tests.program import Program


def test_a_token_is_its_person(cast: Cast) -> None:
    answer = Program.of(cast.agent, "read").get("/me")
    assert answer.status_code == 200
    assert answer.json()["login"] == "anna"
    assert answer.json()["departments"] == [{"id": cast.it.pk, "name": "IT", "is_head": False}]
    assert answer.json()["token"]["scope"] == "read"


@pytest.mark.parametrize("token", ["", "est_wrong", "est_", "x" * 5000, "ё", "a b c"])
def test_a_wrong_token_is_nobody(cast: Cast, token: str) -> None:
    answer = Program(Client(), token).get("/me")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401


def test_a_revoked_an_expired_and_a_leavers_token_open_nothing(cast: Cast) -> None:
    revoked, expired, left = (Program.of(p) for p in (cast.agent, cast.agent_b, cast.agent2))
    ApiToken.objects.filter(person=cast.agent).update(revoked_at=timezone.now())
    ApiToken.objects.filter(person=cast.agent_b).update(expires_at=timezone.now())
    cast.agent2.is_active = False
    cast.agent2.save()
    assert [p.get("/me").status_code for p in (revoked, expired, left)] == [401, 401, 401]


def test_a_session_opens_nothing(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.director)
    assert browser.get("/api/v1/me").status_code == 401
    assert browser.get("/api/v1/tickets/1").status_code == 401


def test_a_token_that_reads_changes_nothing(cast: Cast) -> None:
    answer = Program.of(cast.agent, "read").post("/tickets", title="x", department=cast.it.pk)
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_the_last_use_is_written_at_most_once_a_minute(cast: Cast) -> None:
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False) as clock:
        program = Program.of(cast.agent)
        seen = []
        for seconds in (0, 30, 29, 1, 59):
            clock.shift(timedelta(seconds=seconds))
            assert program.get("/me").status_code == 200
            used = ApiToken.objects.get().last_used_at
            assert used is not None
            seen.append(used.strftime("%M:%S"))
    assert seen == ["00:00", "00:00", "00:00", "01:00", "01:00"]


def test_too_many_requests_are_told_when_to_come_back(cast: Cast, settings: object) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3  # type: ignore[attr-defined]
    program, other = Program.of(cast.agent), Program.of(cast.agent_b)
    codes = [program.get("/me").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    refused = program.get("/me")
    assert 1 <= int(refused["Retry-After"]) <= 20
    assert refused.json()["status"] == 429
    assert other.get("/me").status_code == 200


def test_words_are_in_the_language_of_the_person(cast: Cast) -> None:
    cast.agent.language = "ru"
    cast.agent.save()
    program = Program.of(cast.agent)
    answer = program.get("/tickets/1")
    assert answer["Content-Language"] == "ru"
    assert Program.of(cast.agent_b).get("/tickets/1")["Content-Language"] == "en"
