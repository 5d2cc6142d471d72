"""The OpenAPI document: what the library makes of the schemas, and the problems each address gives."""

from __future__ import annotations

from functools import cache
from typing import Any

from estafeta.api.face import api
from estafeta.api.problems import MEDIA_TYPE
from estafeta.api.schemas.problem import Problem

PREFIX = "/api/v1/"
ADMINISTRATION = f"{PREFIX}administration/"
ALWAYS = {
    401: "The token is missing, wrong, expired or revoked.",
    404: "Nothing is here, or nothing that you may see.",
    405: "The address does not take this method.",
    422: "A value is not acceptable; `errors` says which.",
    429: "More requests than a token has; wait as long as `Retry-After` says.",
    500: "A fault on our side; it was written down.",
}
WHEN_CHANGING = {
    400: "The body is not JSON.",
    403: "The token only reads, or you may not do this.",
    409: "The ticket's status does not allow it, or somebody acted since `seen`.",
    411: "The length of the body is not said.",
    413: "The body is larger than 4 MB.",
    415: "The body is not application/json.",
}
WHEN_ADMINISTERING = {403: "You do not administer, or the token was not made for it."}
WITH_A_VERSION = {412: "It is not as your `If-Match` says any more; nothing was changed."}
OF_ONE = {"upload": {503: "Files are checked for viruses, and the check does not answer."}}
READ_WITH_VERSION = ("ticket",)
HEADERS = {
    401: ("WWW-Authenticate", "Bearer"),
    405: ("Allow", "The methods that it takes"),
    429: ("Retry-After", "Seconds to wait"),
}


@cache
def document() -> dict[str, Any]:
    """Made once a process."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    made["servers"] = [{"url": "/", "description": "This installation"}]
    schemas = made["components"]["schemas"]
    definition = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(definition.pop("$defs"))
    schemas["Problem"] = definition
    for path, address in made["paths"].items():
        for method, operation in address.items():
            _document_problems(
                operation, changing=method == "post", administering=path.startswith(ADMINISTRATION)
            )
            _document_headers(operation, is_versioned=_is_versioned(address))
    return made


def _document_problems(operation: dict[str, Any], *, changing: bool, administering: bool) -> None:
    meanings = {
        **ALWAYS,
        **(WHEN_CHANGING if changing else {}),
        **(WHEN_ADMINISTERING if administering else {}),
        **(WITH_A_VERSION if _has_parameter(operation, "If-Match") else {}),
        **OF_ONE.get(operation["operationId"], {}),
    }
    for status, meaning in sorted(meanings.items()):
        answer: dict[str, Any] = {
            "description": meaning,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if header := HEADERS.get(status):
            name, description = header
            answer["headers"] = {name: _header(description)}
        operation["responses"][str(status)] = answer


def _is_versioned(address: dict[str, Any]) -> bool:
    """What is changed below its address (a ticket by its verbs) is named."""
    if any(operation["operationId"] in READ_WITH_VERSION for operation in address.values()):
        return True
    return any(_has_parameter(operation, "If-Match") for operation in address.values())


def _document_headers(operation: dict[str, Any], *, is_versioned: bool) -> None:
    responses, right = operation["responses"], {}
    for status in [key for key in responses if str(key).startswith("2")]:
        good, headers = responses.pop(status), {}
        if _has_parameter(operation, "Idempotency-Key"):
            headers["Idempotent-Replayed"] = _header("true: nothing was done again")
        if _has_parameter(operation, "after"):
            headers["Link"] = _header('The next page, rel="next"')
        if is_versioned:
            headers["ETag"] = _header("Its version, for `If-Match` of a change")
        if headers:
            good["headers"] = headers
        right[str(status)] = good
    operation["responses"] = {**right, **responses}


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


def _has_parameter(operation: dict[str, Any], name: str) -> bool:
    return any(parameter["name"] == name for parameter in operation["parameters"])
