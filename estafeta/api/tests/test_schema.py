"""The OpenAPI document is true: each operation is tried with what it says it takes, and with worse."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from estafeta.accounts.models import Position, Site
from estafeta.api.document import ADMINISTRATION, document
from estafeta.lib import rate
from estafeta.tickets import actions
from estafeta.tickets.models import Topic
from tests.cast import Cast
from tests.orders import done, order, taken
from tests.program import Program

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip
OPERATIONS = sorted(
    (operation["operationId"], method.upper(), path)
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
)
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@cache
def _schema() -> Any:
    """One for all operations: it reads our source for constants worth trying, which takes long."""
    schema: Any = schemathesis.openapi.from_dict(document())
    schema.app = get_wsgi_application()
    return schema


def _world(cast: Cast) -> list[int]:
    """Tickets in every state, so that each verb finds one that it fits."""
    waiting, archived, cancelled = taken(cast), done(cast), order(cast)
    actions.wait(waiting, by=cast.agent, wait_for="part", reason="картридж")
    actions.archive(archived, by=cast.director)
    actions.cancel(cancelled, by=cast.director, reason="передумали")
    reviewed = taken(cast, acceptance="author")
    actions.complete(reviewed, by=cast.agent)
    actions.note(reviewed, by=cast.agent, text="Записка")
    rows = [order(cast), taken(cast), waiting, reviewed, done(cast), archived, cancelled]
    return [row.number for row in rows]


def _managed(cast: Cast, path: str) -> list[int]:
    """Ids of what the address is about, and one that is nobody's."""
    topic = Topic.objects.create(name="1С", department=cast.it)
    position = Position.objects.create(name="Бухгалтер")
    removed = order(cast)
    actions.delete(removed, by=cast.admin, reason="Потому что")
    Site.objects.update(organisation_name="Завод")
    known = {
        "people": cast.agent_b.pk, "departments": cast.accounting.pk, "topics": topic.pk,
        "organisations": cast.beta.pk, "positions": position.pk, "deleted-tickets": removed.pk,
    }  # fmt: skip
    return [known.get(path.removeprefix(ADMINISTRATION).split("/")[0], 1), 999_999]


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES, ids=("right", "wrong"))
@pytest.mark.parametrize(("name", "method", "path"), OPERATIONS, ids=[o[0] for o in OPERATIONS])
def test_an_operation_does_what_its_schema_says(
    cast: Cast, settings_of_the_api: None, name: str, method: str, path: str, mode: Any
) -> None:
    operation = _schema()[path][method]
    numbers, program = _world(cast), Program.of(cast.director)
    if path.startswith(ADMINISTRATION):
        numbers, program = _managed(cast, path), Program.of(cast.admin, "admin")
    real_ids = {
        "department": cast.network.pk, "people": [cast.network_agent.pk],
        "requester": cast.client.pk, "topic": None,
    }  # fmt: skip

    @given(
        case=operation.as_strategy(generation_mode=mode),
        number=st.sampled_from(numbers),
        real=st.booleans(),
    )
    @settings(
        max_examples=12, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def try_it(case: Any, number: int, real: bool) -> None:
        if "number" in (case.path_parameters or {}):
            case.path_parameters["number"] = number
        if real and isinstance(case.body, dict):
            case.body.update({k: v for k, v in real_ids.items() if k in case.body})
        case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {program.token}"})

    try_it()


@pytest.fixture
def settings_of_the_api(settings: Any) -> Iterator[None]:
    """No limit of requests: this test makes more than any program.

    Asked over WSGI and not through Django's test client, a request would end the test's connection.
    """
    settings.API_REQUESTS_PER_MINUTE = 0
    rate.forget()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
