"""Browsers of these tests speak English: before sign-in a page asks the browser."""

import pytest
from django.test import Client

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def client() -> Client:
    return Client(headers=ENGLISH)
