"""Browsers of those who talk."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast


def browser_of(person: object) -> Client:
    made = Client()
    made.force_login(person)  # type: ignore[arg-type]
    return made


@pytest.fixture
def anna(cast: Cast) -> Client:
    return browser_of(cast.agent)


@pytest.fixture
def vera(cast: Cast) -> Client:
    return browser_of(cast.agent2)


@pytest.fixture
def clara(cast: Cast) -> Client:
    return browser_of(cast.client)
