"""The first run: nobody gets past it, nobody without the code does it, nobody does it twice."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.db import connection
from django.test import Client

from estafeta.accounts.actions import set_up as actions
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Membership, Person, Site
from estafeta.signin.setup_code import setup_code

PASSWORD = "first things first"


@pytest.fixture(autouse=True)
def _new_installation(db: None) -> Any:
    cache.clear()
    Site.objects.update_or_create(pk=1, defaults={"is_set_up": False})
    Person.objects.get_or_create(login="system", defaults={"name": "Estafeta", "is_active": False})
    Site.forget()
    yield
    (Path(settings.DATA) / "setup_code").unlink(missing_ok=True)


def _form(**changed: Any) -> dict[str, Any]:
    return {
        "code": setup_code(), "language": "en", "organisation_name": "Рассвет",
        "time_zone": "Europe/Moscow", "public_url": "https://desk.example.org/",
        "name": "Ada Admin", "login": "ada", "email": "ada@example.org",
        "password": PASSWORD, "again": PASSWORD, "departments": "IT\n\n  Workshop \nIT",
        "is_head": "on", **changed,
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/sign-in", "/inbox", "/nowhere", "/password/forgotten"])
def test_every_page_leads_there_until_it_is_done(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == "/first-run"


def test_whoever_watches_over_it_is_answered(client: Client) -> None:
    assert client.get("/healthz").status_code != 302


def test_without_the_code_nothing_happens(client: Client) -> None:
    asked = client.get("/first-run")
    assert "organisation_name" not in asked.content.decode()
    for code in ("", "guess", "\x00", "й"):
        response = client.post("/first-run", _form(code=code))
        assert "organisation_name" not in response.content.decode()
    assert not Person.objects.exclude(login="system").exists()


def test_guessing_the_code_is_throttled(client: Client) -> None:
    for number in range(30):
        assert client.get(f"/first-run?code={number}").status_code == 403
        client.post("/first-run", {"code": str(number)})
    assert client.post("/first-run", {"code": "31"}).status_code == 429


def test_the_code_is_readable_by_the_owner_only() -> None:
    setup_code()
    assert (Path(settings.DATA) / "setup_code").stat().st_mode & 0o077 == 0


def test_it_makes_administrator_settings_and_departments(client: Client) -> None:
    assert client.post("/first-run", _form())["Location"] == "/"
    assert "Everything is ready" in client.get("/").content.decode()
    site, ada = Site.objects.get(), Person.objects.get(login="ada")
    assert (site.organisation_name, site.language, site.time_zone, site.public_url) == (
        "Рассвет", "en", "Europe/Moscow", "https://desk.example.org",
    )  # fmt: skip
    assert site.is_set_up
    assert ada.is_administrator
    assert authenticate(None, username="ada", password=PASSWORD) == ada
    assert list(Department.objects.values_list("name", flat=True)) == ["IT", "Workshop"]
    assert [(m.department.name, m.is_head) for m in Membership.objects.filter(person=ada)] == [
        ("IT", True)
    ]
    assert not (Path(settings.DATA) / "setup_code").exists()


def test_the_second_is_told_that_it_is_done(client: Client) -> None:
    client.post("/first-run", _form())
    second = Client()
    assert second.post("/first-run", _form(login="mallory"))["Location"] == "/"
    assert "set up already" in second.get("/sign-in").content.decode()
    assert not Person.objects.filter(login="mallory").exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"organisation_name": " "}, "This field is required."),
        ({"time_zone": "Mars/Olympus"}, "There is no such time zone."),
        ({"public_url": "desk"}, "Write the address like this"),
        ({"public_url": "javascript:alert(1)"}, "Write the address like this"),
        ({"public_url": "https://user:pw@desk.example"}, "Write the address like this"),
        ({"public_url": "https://desk.example:99999999"}, "Write the address like this"),
        ({"login": "a b"}, "no blanks"),
        ({"login": "system"}, "This login is taken."),
        ({"email": "nobody"}, "valid email"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "adminada123", "again": "adminada124"}, "The two are not the same."),
        ({"departments": ""}, "Name the department you head."),
        ({"departments": "x" * 200}, "at most 120"),
        ({"departments": "\n".join(map(str, range(101)))}, "At most 100 at once."),
        ({"name": "x" * 300}, "at most 200"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_made(
    client: Client, changed: dict[str, str], told: str
) -> None:
    response = client.post("/first-run", _form(**changed))
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert "Workshop" in page or "departments" in changed
    assert not Person.objects.exclude(login="system").exists()
    assert not Department.objects.exists()
    assert not Site.objects.get().is_set_up


def test_switching_the_language_keeps_what_was_typed(client: Client) -> None:
    response = client.post(
        "/first-run", _form(switch="ru", organisation_name="Заря & Co", email="x")
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="ru"' in page
    assert "Заря &amp; Co" in page
    assert PASSWORD not in page
    assert response.cookies["estafeta_language"].value == "ru"


def test_a_city_from_the_list_is_a_time_zone(client: Client) -> None:
    from estafeta.lib import time_zones

    label = dict(time_zones.choices("uk"))["Asia/Tokyo"]
    client.post("/first-run", _form(time_zone=label))
    assert Site.objects.get().time_zone == "Asia/Tokyo"


@pytest.mark.parametrize("text", ["\x00", "<script>alert(1)</script>", "{{7*7}}", "=1+1", "\u202e"])
def test_naughty_text_is_kept_as_text_or_refused(client: Client, text: str) -> None:
    response = client.post("/first-run", _form(organisation_name=f"A {text}", departments=text))
    assert response.status_code in (302, 422)
    assert "<script>alert" not in response.content.decode()
    assert "A 49" not in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lives in memory, where two cannot write at once")
    results: list[str] = []
    start = threading.Barrier(2)

    def run(login: str) -> None:
        try:
            start.wait(10)
            actions.set_up(
                settings={"organisation_name": login, "language": "en", "time_zone": "UTC"},
                administrator={"name": login, "login": login, "email": "", "password": PASSWORD},
                department_names=["IT"],
                is_head=True,
            )
            results.append("done")
        except actions.AlreadySetUp:
            results.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(name,)) for name in ("ada", "bea")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == ["done", "told"]
    assert Person.objects.filter(is_administrator=True).count() == 1


def test_an_administrator_from_the_command_line_counts(client: Client) -> None:
    person = actions.create_administrator(name="Ada", login="ada", password=PASSWORD)
    assert person.is_administrator
    assert client.get("/first-run", follow=False)["Location"] == "/"
    assert client.get("/sign-in").status_code == 200


def test_from_the_command_line_a_weak_password_is_refused_too() -> None:
    with pytest.raises(Invalid, match="too short"):
        actions.create_administrator(name="Ada", login="ada", password="ada")
