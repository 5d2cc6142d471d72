"""The page that describes the API."""

from __future__ import annotations

import re

from django.test import Client

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
