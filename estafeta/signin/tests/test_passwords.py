"""Links to set a password, and changing it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from estafeta.accounts import reset_links
from estafeta.accounts.models import Person, SecurityEntry, Site
from estafeta.lib.jobs.models import Job
from estafeta.lib.jobs.runner import run_one
from tests.cast import PASSWORD

NEW = "another relay race"


@pytest.fixture(autouse=True)
def _fresh_counters(db: None) -> None:
    cache.clear()
    _known_as("https://desk.example.org")


def _known_as(address: str) -> None:
    Site.objects.update_or_create(pk=1, defaults={"public_url": address})
    Site.forget()


def _work() -> None:
    while run_one():
        pass


def _ask(client: Client, address: str, **headers: str) -> Any:
    return client.post("/password/forgotten", {"address": address}, headers=headers)


def _link(address: str = "anna@example.org") -> str:
    """The path in the last mail to this address."""
    body = str([m for m in mail.outbox if address in m.to[0]][-1].body)
    found = re.search(r"https?://[^/\s]+(/password/reset/\S+)", body)
    assert found, body
    return found[1]


def _follow(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def _set(client: Client, path: str, password: str = NEW, again: str | None = None) -> Any:
    return client.post(path, {"password": password, "again": again or password})


def _can_sign_in(password: str) -> bool:
    response = Client().post("/sign-in", {"login": "anna", "password": password})
    return bool(response.status_code == 302)


def test_the_request_only_enqueues_and_the_worker_mails(cast: Any, client: Client) -> None:
    response = _ask(client, "anna@example.org")
    assert response.status_code == 200
    assert mail.outbox == []
    assert Job.objects.count() == 1
    _work()
    assert [m.to for m in mail.outbox] == [["Anna Agent <anna@example.org>"]]


def test_the_link_sets_a_password_and_works_once(cast: Any, client: Client) -> None:
    _ask(client, "ANNA")
    _work()
    link = _link()
    place = _follow(client, link)
    assert "-" not in place  # the key does not stay in the address
    response = _set(client, place)
    assert response["Location"] == "/sign-in"
    assert _can_sign_in(NEW)
    assert not _can_sign_in(PASSWORD)
    assert client.get(link).status_code == 410
    assert _set(client, place, "yet another relay").status_code == 410
    assert _can_sign_in(NEW)


def test_a_second_link_is_dead_after_the_first_was_used(cast: Any, client: Client) -> None:
    _ask(client, "anna")
    _ask(client, "anna")
    _work()
    first, second = Client(), Client()
    keys = [reset_links.key_for(Person.objects.get(login="anna")) for _ in range(2)]
    places = [
        _follow(c, f"/password/reset/{k}") for c, k in zip((first, second), keys, strict=True)
    ]
    assert _set(first, places[0]).status_code == 302
    assert _set(second, places[1], "yet another relay").status_code == 410
    assert _can_sign_in(NEW)


def test_the_link_expires_after_four_hours(cast: Any, client: Client) -> None:
    key = reset_links.key_for(cast.agent)
    with time_machine.travel(timezone.now() + timedelta(hours=3, minutes=59)):
        assert reset_links.read(key) is not None
    with time_machine.travel(timezone.now() + timedelta(hours=4, minutes=1)):
        assert client.get(f"/password/reset/{key}").status_code == 410


def test_the_link_is_dead_after_a_sign_in(cast: Any, client: Client) -> None:
    key = reset_links.key_for(cast.agent)
    assert _can_sign_in(PASSWORD)
    assert client.get(f"/password/reset/{key}").status_code == 410


@pytest.mark.parametrize(
    "key", ["x", "set", "1-", "-", "zzzzzzzzzzzzzzzzzzz-abc-def", "й-я", "1-abc-0" * 40, "%00-1"]
)
def test_forged_keys_are_dead_links(cast: Any, client: Client, key: str) -> None:
    assert client.get(f"/password/reset/{key}").status_code == 410


def test_another_persons_token_is_worth_nothing(cast: Any, client: Client) -> None:
    from django.utils.http import int_to_base36

    token = reset_links.key_for(cast.agent).partition("-")[2]
    forged = f"{int_to_base36(cast.admin.pk)}-{token}"
    assert client.get(f"/password/reset/{forged}").status_code == 410


def test_all_sessions_of_the_person_end(cast: Any, client: Client) -> None:
    elsewhere = Client()
    elsewhere.post("/sign-in", {"login": "anna", "password": PASSWORD})
    assert elsewhere.get("/password/change").status_code == 200
    place = _follow(client, f"/password/reset/{reset_links.key_for(_fresh(cast.agent))}")
    _set(client, place)
    assert elsewhere.get("/password/change").status_code == 302


def _fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_known_and_unknown_addresses_get_the_same_answer(cast: Any) -> None:
    pages = []
    for address in ("anna@example.org", "none@example.org"):
        page = _ask(Client(), address).content.decode().replace(address, "…")
        pages.append(re.sub(r'(token"|middlewaretoken")[^>]*', "", page))
    assert pages[0] == pages[1]
    _work()
    assert len(mail.outbox) == 1


def test_nobody_without_login_or_switched_off_gets_a_link(cast: Any, client: Client) -> None:
    Person.objects.filter(pk=cast.client.pk).update(login=None)
    Person.objects.filter(pk=cast.agent.pk).update(is_active=False)
    for address in ("clara@example.org", "anna@example.org", "system", "", " "):
        _ask(client, address)
    _work()
    assert mail.outbox == []


def test_the_link_never_follows_the_host_header_once_an_address_is_known(
    cast: Any, client: Client, settings: Any
) -> None:
    _ask(client, "anna", host="evil.example")
    _work()
    assert "https://desk.example.org/password/reset/" in mail.outbox[-1].body
    settings.PUBLIC_URL = "https://set.example.org"
    _ask(client, "anna", host="evil.example")
    _work()
    assert "https://set.example.org/password/reset/" in mail.outbox[-1].body
    assert not any("evil" in str(m.message()) for m in mail.outbox)


def test_while_no_address_is_known_no_link_is_sent_to_whatever_host_was_asked(
    cast: Any, client: Client, settings: Any
) -> None:
    _known_as("")
    assert _ask(client, "anna", host="evil.example").status_code == 200
    _work()
    assert mail.outbox == []
    settings.ALLOWED_HOSTS = ["desk.example"]
    _ask(client, "anna", host="desk.example")
    _work()
    assert "http://desk.example/password/reset/" in mail.outbox[-1].body


def test_the_mail_speaks_the_persons_language_and_escapes_html_only(
    cast: Any, client: Client
) -> None:
    Person.objects.filter(pk=cast.agent.pk).update(name="O'Brien <b>\nBcc: x@evil.example")
    _ask(client, "anna")
    _work()
    message = mail.outbox[-1]
    assert "O'Brien <b>" in message.body
    assert "O&#39;Brien &lt;b&gt;" in message.alternatives[0][0]
    assert message.recipients() == [message.to[0]]
    assert message.message()["Bcc"] is None
    assert message.message()["Auto-Submitted"] == "auto-generated"


def test_asking_again_and_again_waits(cast: Any, client: Client) -> None:
    for _number in range(4):
        assert _ask(client, "anna").status_code == 200
    response = _ask(client, "anna@example.org")
    assert response.status_code == 429
    assert "Too many tries. Please wait 60 minutes." in response.content.decode()
    assert int(response["Retry-After"]) > 3500
    assert _ask(client, "boris").status_code == 200


def test_a_weak_or_mistyped_password_is_refused_beside_its_field(cast: Any, client: Client) -> None:
    place = _follow(client, f"/password/reset/{reset_links.key_for(cast.agent)}")
    for password, again, told in [
        ("short", "short", "too short"),
        (NEW, NEW + "x", "The two are not the same."),
        ("password123", "password123", "too common"),
        ("1" * 600, "1" * 600, "500"),
    ]:
        response = _set(client, place, password, again)
        assert response.status_code == 422
        assert told in response.content.decode()
    assert _can_sign_in(PASSWORD)


def test_changing_keeps_this_session_and_ends_the_others(cast: Any, client: Client) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/sign-in", {"login": "anna", "password": PASSWORD})
    answer = here.post("/password/change", {"current": PASSWORD, "password": NEW, "again": NEW})
    assert answer["Location"] == "/profile"
    assert here.get("/password/change").status_code == 200
    assert there.get("/password/change").status_code == 302
    assert _can_sign_in(NEW)
    assert SecurityEntry.objects.filter(kind="password.changed", actor=cast.agent).count() == 1


def test_changing_needs_the_current_password_and_is_throttled(cast: Any, client: Client) -> None:
    client.force_login(cast.agent)
    for _number in range(6):
        response = client.post(
            "/password/change", {"current": "guess", "password": NEW, "again": NEW}
        )
        assert response.status_code == 422
        assert "This is not your current password." in response.content.decode()
    response = client.post("/password/change", {"current": PASSWORD, "password": NEW, "again": NEW})
    assert response.status_code == 429
    assert _can_sign_in(PASSWORD)


def test_strangers_cannot_open_the_change_page(client: Client, cast: Any) -> None:
    assert client.get("/password/change")["Location"].startswith("/sign-in?next=")
