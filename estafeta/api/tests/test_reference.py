"""The page that describes the API."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from estafeta.api import reading
from estafeta.api.document import document
from tests.cast import Cast


def test_the_page_names_every_operation_and_loads_nothing_foreign(cast: Cast) -> None:
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    for path, methods in document()["paths"].items():
        assert path in page
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert not re.findall(r"<[^>]+ (?:style|on\w+)=", page)
    assert not re.findall(r"<script(?![^>]+src=)(?![^>]+application/json)", page)


@pytest.mark.slow
def test_the_document_keeps_the_rules_of_openapi(cast: Cast) -> None:
    sent = Client().get("/api/v1/openapi.json").json()
    assert sent["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(sent).iter_errors()] == []


def test_every_operation_says_in_words_what_it_does() -> None:
    seen: set[str] = set()
    for methods in document()["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert operation["description"]
            assert operation["operationId"] not in seen
            seen.add(operation["operationId"])


def test_every_example_of_a_body_is_acceptable_to_its_schema() -> None:
    wrong: list[Any] = []
    for name, schema in document()["components"]["schemas"].items():
        for field, shape in schema.get("properties", {}).items():
            for example in shape.get("examples", ()):
                whole = {**shape, "components": document()["components"]}
                errors = OAS31Validator(whole).iter_errors(example)
                wrong += [(name, field, error.message) for error in errors]
    assert wrong == []


def test_fields_of_inner_objects_are_shown(cast: Cast) -> None:
    groups = dict(reading.groups())
    [add] = [one for one in groups["Administration: people"] if one.id == "add_person"]
    assert {"name", "departments", "departments[].department"} <= {f.name for f in add.fields}
    assert '"name": "Anna Petrova"' in add.example
