"""The OpenAPI document as a page shows it: groups of operations, their fields in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from estafeta.api.document import document
from estafeta.lib import markdown

ORDER = (
    "You",
    "Tickets",
    "Verbs",
    "Many tickets",
    "Answer templates",
    "Files",
    "Chat",
    "Journal",
    "People",
    "Administration: people",
    "Administration: departments",
    "Administration: topics",
    "Administration: organisations",
    "Administration: settings",
    "Administration: records",
    "Administration: messages",
)
EXAMPLES: dict[str, Any] = {
    "title": "Paper jam in room 214",
    "text": "Since this morning.",
    "reason": "It belongs to you",
    "deadline": "2030-01-31T18:00:00+03:00",
    "wait_for": "part",
    "priority": "high",
}


@dataclass(frozen=True)
class Line:
    """A parameter or a field of the body."""

    name: str
    place: str
    kind: str
    required: bool
    text: str
    example: Any = None


@dataclass(frozen=True)
class Operation:
    """One thing a program can do."""

    id: str
    method: str
    path: str
    summary: str
    html: str
    parameters: list[Line]
    fields: list[Line]
    example: str
    answers: list[tuple[str, str, list[Line]]]


def intro() -> str:
    """The description of the whole, as HTML."""
    return markdown.render(document()["info"]["description"])


def groups() -> list[tuple[str, list[Operation]]]:
    """Groups in a fixed order, operations in that of the document."""
    found: dict[str, list[Operation]] = {name: [] for name in ORDER}
    for path, methods in document()["paths"].items():
        for method, raw in methods.items():
            found[raw["tags"][0]].append(_operation(path, method.upper(), raw))
    return list(found.items())


def _operation(path: str, method: str, raw: dict[str, Any]) -> Operation:
    content = raw.get("requestBody", {}).get("content", {})
    as_json = content.get("application/json", {})
    # Files come as a form.
    body = _resolved(next(iter(content.values()))["schema"]) if content else {}
    fields = _fields(body)
    within = [line for name, field in _inner(body) for line in _fields(field, f"{name}.")]
    return Operation(
        id=raw["operationId"],
        method=method,
        path=path,
        summary=raw["summary"],
        html=markdown.render(raw.get("description", "")),
        parameters=[_parameter(one) for one in raw["parameters"]],
        fields=[*fields, *within],
        example=_example(fields) if as_json else "",
        answers=list(_answers(raw["responses"])),
    )


def _answers(responses: dict[str, Any]) -> Iterator[tuple[str, str, list[Line]]]:
    for status, answer in responses.items():
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        yield status, answer["description"], _fields(_resolved(schema))


def _parameter(raw: dict[str, Any]) -> Line:
    return Line(
        raw["name"], raw["in"], _kind(raw["schema"]), raw["required"], raw.get("description", "")
    )


def _inner(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects among the fields, and those in their lists."""
    for name, field in schema.get("properties", {}).items():
        is_list = field.get("type") == "array"
        found = _resolved(field["items"] if is_list else field)
        if "properties" in found:
            yield f"{name}[]" if is_list else name, found


def _fields(schema: dict[str, Any], before: str = "") -> list[Line]:
    required = schema.get("required", ())
    return [
        Line(
            f"{before}{name}", "", _kind(field), name in required, field.get("description", ""),
            next(iter(field.get("examples", ())), None),
        )
        for name, field in schema.get("properties", {}).items()
    ]  # fmt: skip


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The definition a reference points to; of alternatives the first that says something."""
    for one in (schema, *schema.get("anyOf", ()), *schema.get("allOf", ())):
        if "$ref" in one:
            found: dict[str, Any] = document()["components"]["schemas"][one["$ref"].split("/")[-1]]
            return found
    return schema


def _kind(schema: dict[str, Any]) -> str:
    if variants := schema.get("anyOf") or schema.get("allOf"):
        return " | ".join(dict.fromkeys(_kind(one) for one in variants))
    if "$ref" in schema:
        found = _resolved(schema)
        return _kind(found) if "enum" in found else str(found["title"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'])}]"
    return str(schema.get("format") or schema.get("type", "any"))


def _example(fields: list[Line]) -> str:
    given = {
        line.name: EXAMPLES.get(line.name, line.example or _empty(line))
        for line in fields
        if line.required or line.example is not None
    }
    return json.dumps(given, ensure_ascii=False, indent=2)


def _empty(line: Line) -> Any:
    return [1] if line.kind.startswith("[") else 1 if line.kind == "integer" else line.kind
