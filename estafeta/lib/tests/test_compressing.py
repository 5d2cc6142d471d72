"""Pages are compressed where no proxy does it."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from estafeta.lib.compressing import LEAST, CompressingMiddleware, compressed

PAGE = "<p>слово</p>" * LEAST


def _asked(response: HttpResponse, accepts: str = "gzip, br") -> HttpResponse:
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return CompressingMiddleware(lambda _request: response)(request)


def test_a_page_is_compressed_for_whoever_takes_it() -> None:
    answer = _asked(HttpResponse(PAGE))
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.content).decode() == PAGE
    assert int(answer.headers["Content-Length"]) == len(answer.content) < len(PAGE) / 10


@pytest.mark.parametrize(
    ("response", "accepts"),
    [
        (HttpResponse(PAGE), "br"),
        (HttpResponse("<p>"), "gzip"),
        (HttpResponse(PAGE, content_type="application/json"), "gzip"),
    ],
)
def test_other_answers_stay_as_they_are(response: HttpResponse, accepts: str) -> None:
    before = response.content
    answer = _asked(response, accepts)
    assert answer.content == before
    assert "Content-Encoding" not in answer.headers


def test_behind_a_proxy_it_is_the_proxys_work(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert "Content-Encoding" not in _asked(HttpResponse(PAGE)).headers


def test_the_length_tells_nothing_exact() -> None:
    assert len({len(compressed(PAGE.encode())) for _ in range(40)}) > 5
