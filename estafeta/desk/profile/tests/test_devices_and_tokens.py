"""Where one is signed in, and API tokens."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from estafeta.accounts.models import ApiToken, SecurityEntry, Site
from estafeta.accounts.models.api_token import digest
from estafeta.lib import browsers
from tests.cast import PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
YANDEX = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 "
    "YaBrowser/25.8.0 Mobile Safari/537.36"
)


def _signed_in(login: str = "anna", browser: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": browser})
    client.post("/sign-in", {"login": login, "password": PASSWORD})
    return client


def _numbers(page: str) -> list[str]:
    return re.findall(r'name="number" value="(\d+)"', page)


def test_sessions_are_listed_with_browser_and_address(cast: Any) -> None:
    here, _there = _signed_in(), _signed_in(browser=YANDEX)
    page = here.get("/profile/devices").content.decode()
    assert "Firefox, Windows" in page
    assert "Yandex Browser, Android" in page
    assert page.count("This device") == 1
    assert "127.0.0.1" in page


def test_one_session_is_ended(cast: Any) -> None:
    here, there, third = _signed_in(), _signed_in(browser=YANDEX), _signed_in()
    number = _numbers(here.get("/profile/devices").content.decode())[1]
    version = Site.objects.get().rights_version
    here.post("/profile/devices/end", {"number": number})
    assert sorted(c.get("/profile").status_code for c in (here, there, third)) == [200, 200, 302]
    assert here.get("/profile").status_code == 200
    assert Site.objects.get().rights_version > version
    assert SecurityEntry.objects.filter(kind="sign_in.revoked").count() == 1


def test_all_others_are_ended(cast: Any) -> None:
    here, *others = (_signed_in() for _ in range(4))
    here.post("/profile/devices/end")
    assert here.get("/profile").status_code == 200
    assert all(client.get("/profile").status_code == 302 for client in others)


def test_sessions_of_others_cannot_be_ended(cast: Any) -> None:
    mine, _mine_too, theirs = _signed_in(), _signed_in(), _signed_in("boris")
    _theirs_too = _signed_in("boris")
    number = _numbers(theirs.get("/profile/devices").content.decode())[0]
    for forged in (number, "999999", "9" * 40, "9" * 5000, "x"):
        assert mine.post("/profile/devices/end", {"number": forged}).status_code == 404
    assert _theirs_too.get("/profile").status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.0 Safari/605.1.15", "Safari, macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140 Safari/604.1", "Chrome, iPhone"),
        ("curl/8.0", "curl"),
        ("", ""),
    ],
)  # fmt: skip
def test_browsers_are_told_apart(agent: str, name: str) -> None:
    assert browsers.name_of(agent) == name


def test_being_used_is_written_down_now_and_then(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allauth.usersessions.models import UserSession

    from estafeta.signin import last_seen

    client = _signed_in()
    long_ago = timezone.now() - timedelta(hours=3)
    UserSession.objects.update(last_seen_at=long_ago)
    client.get("/profile")
    client.get("/profile")
    assert UserSession.objects.get().last_seen_at == long_ago
    monkeypatch.setattr(last_seen, "EVERY_SECONDS", 0)
    client.get("/profile")
    assert UserSession.objects.get().last_seen_at > long_ago


@pytest.fixture
def anna(cast: Any) -> Client:
    client = Client()
    client.force_login(cast.agent)
    return client


def _make(client: Client, **changed: str) -> Any:
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    return client.post(
        "/profile/tokens", {"name": "Export", "scope": "read", "expires_at": day, **changed}
    )


def test_a_token_is_shown_once_and_kept_as_a_digest(cast: Any, anna: Client) -> None:
    made = _make(anna)
    assert (made.status_code, made["Location"]) == (303, "/profile/tokens")
    assert "est_" not in made.content.decode()
    response = anna.get("/profile/tokens")
    secret = re.search(r"est_[\w-]{40,}", response.content.decode())
    assert secret
    token = ApiToken.objects.get()
    assert token.digest == digest(secret[0])
    assert (token.person, token.scope, token.name) == (cast.agent, "read", "Export")
    assert "no-store" in response["Cache-Control"]
    assert secret[0] not in anna.get("/profile/tokens").content.decode()
    assert "Export" in anna.get("/profile/tokens").content.decode()
    assert SecurityEntry.objects.get(kind="tokens.made").actor == cast.agent
    assert secret[0] not in str(SecurityEntry.objects.get(kind="tokens.made").facts)


def test_loading_the_page_again_makes_no_second_token(cast: Any, anna: Client) -> None:
    _make(anna)
    for _time in range(3):
        anna.get("/profile/tokens")
    assert ApiToken.objects.count() == 1


def test_a_forged_word_is_not_shown(cast: Any, anna: Client) -> None:
    anna.cookies["shown_once"] = "eyJzZWNyZXQiOiAiZm9yZ2VkIn0:1:x"
    page = anna.get("/profile/tokens")
    assert page.status_code == 200
    assert "it is shown this once" not in page.content.decode()


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""}, {"name": "x" * 81}, {"scope": "root"}, {"expires_at": "2001-01-01"},
        {"expires_at": "9999-12-31"}, {"expires_at": "soon"}, {"expires_at": ""},
        {"name": "\x00"},
    ],
)  # fmt: skip
def test_wrong_values_make_no_token(cast: Any, anna: Client, changed: dict[str, str]) -> None:
    assert _make(anna, **changed).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked_by_its_person_only(cast: Any, anna: Client, client: Client) -> None:
    _make(anna)
    token = ApiToken.objects.get()
    client.force_login(cast.agent_b)
    assert client.post(f"/profile/tokens/{token.pk}/revoke").status_code == 404
    client.force_login(cast.admin)
    assert client.post(f"/profile/tokens/{token.pk}/revoke").status_code == 404
    assert anna.get(f"/profile/tokens/{token.pk}/revoke").status_code == 405
    anna.get("/profile/tokens")
    anna.post(f"/profile/tokens/{token.pk}/revoke")
    token.refresh_from_db()
    assert not token.is_valid
    assert "Export" not in anna.get("/profile/tokens").content.decode()


def test_pages_that_fetch_themselves_anew_do_not_count_as_acts(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from estafeta.presence import states
    from estafeta.signin import last_seen

    acted: list[int] = []
    monkeypatch.setattr(states, "act", acted.append)
    monkeypatch.setattr(last_seen, "ACTED_SECONDS", 0)
    client = Client()
    client.force_login(cast.agent)
    client.get("/inbox", headers={"X-By-Itself": "1"})
    assert not acted
    client.get("/inbox")
    assert acted == [cast.agent.pk]
