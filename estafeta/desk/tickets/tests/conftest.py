"""People at their desks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from estafeta.accounts.models import Person

At = Callable[[Person], Client]


@pytest.fixture
def at() -> At:
    """The browser of somebody who is signed in."""

    def browser(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return browser
