"""People at their desks, for the tests of every room of the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from estafeta.accounts.models import Person, Site


@pytest.fixture
def is_set_up(db: None) -> None:
    """The first run is behind us."""
    Site.objects.update_or_create(pk=1, defaults={"is_set_up": True, "language": "en"})
    Site.forget()


@pytest.fixture
def at(is_set_up: None) -> Callable[[Person], Client]:
    """The browser of somebody who is signed in."""

    def browser(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return browser
