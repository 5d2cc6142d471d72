"""`/healthz`, as a load balancer asks it."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client


@pytest.mark.django_db
def test_it_is_well_when_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


@pytest.mark.django_db
def test_it_says_so_when_the_database_is_away(client: Client) -> None:
    with patch("estafeta.ops.health.connection") as connection:
        connection.cursor.side_effect = OperationalError
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "no database"}
