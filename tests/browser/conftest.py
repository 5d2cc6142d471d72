"""For each file of journeys an installation with the cast, and pages opened as somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.opening import CHROMIUM, PATIENCE, QUIET, Open
from tests.services.insider import Insider
from tests.services.installation import Installation, installation


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Insider]]:
    """An installation that serves, and somebody inside who knows the cast."""
    with installation(tmp_path_factory.mktemp("journeys")) as made:
        made.serve()
        with Insider(made) as insider:
            insider.do("cast = make_cast(); site = Site.current(); site.is_set_up = True")
            insider.do("site.save()")
            yield made, insider


@pytest.fixture
def open_at(made: tuple[Installation, Insider]) -> Iterator[Open]:
    """Open an address as somebody; the test fails if a script of the page does."""
    from playwright.sync_api import sync_playwright

    installation, insider = made
    errors: list[str] = []
    with sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        def go(login: str, address: str, **more: Any) -> Any:
            base = f"http://127.0.0.1:{installation.port}"
            context = engine.new_context(base_url=base, locale="en-GB", **more)
            session = insider.ask(f"sign_in('{login}')")
            context.add_cookies([{"name": "estafeta_session", "value": session, "url": base}])
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(address)
            return page

        try:
            yield go
        finally:
            engine.close()
    assert errors == []
