"""Error pages: clear words in the reader's language, also when nothing else works."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from estafeta.signin import errors


@pytest.mark.parametrize("status", sorted(errors.TEXTS))
def test_every_page_says_what_happened_without_database_or_request(status: int) -> None:
    page = errors.error_page(status)
    assert page.status_code == status
    assert str(errors.TEXTS[status].title) in page.content.decode()


def test_a_foreign_page_is_the_404_page(cast: Any, client: Client) -> None:
    client.force_login(cast.agent)
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert "Nothing here" in response.content.decode()


def test_a_wrong_method_gets_a_page_and_keeps_its_header(cast: Any, client: Client) -> None:
    response = client.get("/sign-out")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "This does not work from here" in response.content.decode()


def test_a_broken_view_gets_the_500_page(
    cast: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from estafeta.signin import sign_in

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(sign_in, "render", broken)
    client.raise_request_exception = False
    response = client.get("/sign-in")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Something broke on our side" in page
    assert "secret detail" not in page


def test_without_a_person_the_cookie_or_the_browser_choose_the_language() -> None:
    asked = RequestFactory().get("/", headers={"accept-language": "uk,ru;q=0.5"})
    assert '<html lang="uk"' in errors.server_error(asked).content.decode()
    asked.COOKIES["estafeta_language"] = "ru"
    assert '<html lang="ru"' in errors.server_error(asked).content.decode()


def test_programs_get_no_page(cast: Any, client: Client) -> None:
    assert b"<html" not in client.post("/healthz").content


def test_the_language_is_chosen_by_cookie_and_goes_back_to_own_pages_only(
    cast: Any, client: Client
) -> None:
    response = client.post("/language", {"language": "uk", "next": "/sign-in"})
    assert response["Location"] == "/sign-in"
    assert '<html lang="uk"' in client.get("/sign-in").content.decode()
    response = client.post("/language", {"language": "xx", "next": "//evil.example"})
    assert response["Location"] == "/"
    assert '<html lang="uk"' in client.get("/sign-in").content.decode()
