"""The headers of every page."""

import pytest
from django.http import HttpRequest, HttpResponse
from pytest_django.fixtures import Settings

from estafeta.lib.security import SecurityHeadersMiddleware


def answer(**headers: str) -> HttpResponse:
    return SecurityHeadersMiddleware(lambda _: HttpResponse(headers=headers))(HttpRequest())


def test_a_page_may_load_and_run_only_what_this_server_gives() -> None:
    policy = answer().headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_view_may_be_stricter() -> None:
    made = answer(**{"Content-Security-Policy": "default-src 'none'"})
    assert made.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("is_https", [True, False])
def test_https_is_kept_only_where_it_is_used(settings: Settings, is_https: bool) -> None:
    settings.SESSION_COOKIE_SECURE = is_https
    assert ("Strict-Transport-Security" in answer().headers) is is_https
