"""Signing in and out, throttling, and where one comes out."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from estafeta.accounts.models import SecurityEntry
from estafeta.signin.throttle import please_wait
from tests.cast import PASSWORD


@pytest.fixture(autouse=True)
def _fresh_counters(db: None) -> None:
    cache.clear()


def _sign_in(client: Client, login: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/sign-in", {"login": login, "password": password, **more})


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "login", ["anna", "ANNA", " anna ", "anna@example.org", "Anna@Example.org"]
)
def test_login_or_email_in_any_case_opens(cast: Any, client: Client, login: str) -> None:
    response = _sign_in(client, login)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert _is_in(client)


def test_a_wrong_password_says_so_and_keeps_the_login(cast: Any, client: Client) -> None:
    response = _sign_in(client, "anna", "nonsense")
    assert response.status_code == 422
    assert "The login or the password is wrong." in response.content.decode()
    assert 'value="anna"' in response.content.decode()
    assert not _is_in(client)


def test_an_unknown_login_gets_the_same_words(cast: Any, client: Client) -> None:
    known = _sign_in(client, "anna", "nonsense").content.decode()
    unknown = _sign_in(client, "nobody", "nonsense").content.decode()
    assert "The login or the password is wrong." in known
    assert "The login or the password is wrong." in unknown


def test_people_without_login_or_password_cannot_sign_in(cast: Any, client: Client) -> None:
    cast.client.login = None
    cast.client.set_unusable_password()
    cast.client.save()
    for password in ("", "!", PASSWORD):
        _sign_in(client, "clara@example.org", password)
        assert not _is_in(client)


def test_the_system_cannot_sign_in(cast: Any, client: Client) -> None:
    for password in ("", "!", "system"):
        _sign_in(client, "system", password)
        assert not _is_in(client)


def test_inactive_people_are_told_plainly_but_only_with_their_password(
    cast: Any, client: Client
) -> None:
    cast.agent.is_active = False
    cast.agent.save()
    response = _sign_in(client, "anna")
    assert response.status_code == 403
    assert "You can no longer sign in here." in response.content.decode()
    assert "can no longer sign in" not in _sign_in(client, "anna", "nonsense").content.decode()
    assert not _is_in(client)


@pytest.mark.parametrize(
    ("onward", "expected"),
    [
        ("/tickets/12?a=1", "/tickets/12?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("tickets", "/"),
        ("http:///evil.example", "/"),
    ],
)
def test_only_own_paths_follow(cast: Any, client: Client, onward: str, expected: str) -> None:
    assert _sign_in(client, "anna", next=onward)["Location"] == expected


def test_whoever_is_in_already_goes_on(cast: Any, client: Client) -> None:
    client.force_login(cast.agent)
    assert client.get("/sign-in?next=/inbox")["Location"] == "/inbox"


def test_too_many_tries_at_one_account_wait_and_the_right_password_too(
    cast: Any, client: Client
) -> None:
    for number in range(6):
        # Neither another Host header nor the e-mail instead of the login gives more tries.
        response = client.post(
            "/sign-in",
            {"login": ["anna", "anna@example.org"][number % 2], "password": "nonsense"},
            headers={"host": f"host{number}.example"},
        )
        assert response.status_code == 422
    response = _sign_in(client, "anna")
    assert response.status_code == 429
    assert "Too many tries. Please wait 5 minutes." in response.content.decode()
    assert 290 <= int(response["Retry-After"]) <= 300
    assert _sign_in(client, "boris").status_code == 302


def test_tries_from_one_address_are_counted_whatever_the_login(
    cast: Any, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/ip,6/5m/key"}
    for number in range(3):
        assert _sign_in(client, f"nobody{number}", "nonsense").status_code == 422
    assert _sign_in(client, "nobody9", "nonsense").status_code == 429
    other = client.post("/sign-in", {"login": "anna", "password": PASSWORD}, REMOTE_ADDR="10.1.2.3")
    assert other.status_code == 302


def test_a_proxy_is_believed_only_when_it_is_configured(
    cast: Any, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/ip"}
    for number in range(3):
        response = client.post(
            "/sign-in",
            {"login": f"nobody{number}", "password": "x"},
            headers={"x-forwarded-for": f"10.0.0.{number}"},
        )
    assert response.status_code == 429


def test_signing_in_now_and_then_does_not_use_up_the_tries(cast: Any, client: Client) -> None:
    for _number in range(8):
        assert _sign_in(client, "anna").status_code == 302
        client.post("/sign-out")


def test_the_session_gets_a_new_key(cast: Any, client: Client) -> None:
    client.get("/sign-in")
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    _sign_in(client, "anna")
    assert client.session.session_key != before


def test_not_remembered_ends_with_the_browser(cast: Any, client: Client) -> None:
    assert _sign_in(client, "anna", remember="on").cookies["estafeta_session"]["max-age"] > 0
    client.post("/sign-out")
    assert _sign_in(client, "anna").cookies["estafeta_session"]["max-age"] == ""


def test_sign_out_ends_the_session_and_needs_a_post(cast: Any, client: Client) -> None:
    _sign_in(client, "anna")
    assert client.get("/sign-out").status_code == 405
    assert _is_in(client)
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert not _is_in(client)


def test_the_trail_tells_of_it_without_the_whole_login(cast: Any, client: Client) -> None:
    _sign_in(client, "MyPassword123", "nonsense")
    _sign_in(client, "anna", "nonsense")
    _sign_in(client, "anna")
    client.post("/sign-out")
    told = [
        (e.kind, e.about_id, e.facts.get("login")) for e in SecurityEntry.objects.order_by("seq")
    ]
    assert told == [
        ("sign_in.failed", None, "MyP…"),
        ("sign_in.failed", cast.agent.pk, "ann…"),
        ("sign_in.done", cast.agent.pk, None),
        ("sign_in.ended", cast.agent.pk, None),
    ]
    assert SecurityEntry.objects.order_by("seq")[0].address == "127.0.0.1"


@pytest.mark.parametrize(
    "login", ["\x00", "a\x00b", "'; DROP TABLE accounts_person; --", "й" * 254, "\u202eanna", "😀"]
)
def test_naughty_logins_are_just_wrong(cast: Any, client: Client, login: str) -> None:
    assert _sign_in(client, login, "\x00nonsense").status_code == 422


def test_a_huge_password_costs_nothing(cast: Any, client: Client) -> None:
    assert _sign_in(client, "anna", "x" * 1_000_000).status_code == 422


def test_a_form_without_its_token_gets_the_page_for_old_forms(cast: Any) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    response = _sign_in(client, "anna")
    assert response.status_code == 403
    assert "This page has been open for too long" in response.content.decode()


def test_waiting_times_are_words() -> None:
    assert please_wait(1) == "Too many tries. Please wait 1 second."
    assert please_wait(61) == "Too many tries. Please wait 2 minutes."


def test_no_address_tables_are_filled(cast: Any, client: Client) -> None:
    from allauth.account.models import EmailAddress

    _sign_in(client, "anna@example.org")
    assert not EmailAddress.objects.exists()
