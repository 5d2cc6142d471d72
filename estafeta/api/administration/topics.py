"""The tree of topics."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from estafeta.api.administration import room
from estafeta.api.administration.lookups import active_people, any_topic
from estafeta.api.administration.room import IfMatch, as_it_was, created, tagged
from estafeta.api.lookups import department_named, the_person
from estafeta.api.paging import Number
from estafeta.api.schemas.administration.base import Done, PlaceBody
from estafeta.api.schemas.administration.topics import (
    ManagedTopic,
    ManagedTopics,
    TopicBody,
    TopicChange,
)
from estafeta.api.submitting import IdempotencyKey
from estafeta.tickets.models import Topic
from estafeta.tickets.topics.tree import delete_topic, in_tree_order, place_topic, save_topic

router = room.router("Administration: topics")


@router.get(
    "", response=ManagedTopics, operation_id="manage_topics",
    summary="All topics with what follows from each",
)  # fmt: skip
def topics(request: HttpRequest) -> ManagedTopics:
    """Those that are switched off too."""
    return ManagedTopics(topics=[ManagedTopic.of(row, depth) for row, depth in _tree()])


@router.post("", response={201: ManagedTopic}, operation_id="add_topic", summary="Add a topic")
def add(
    request: HttpRequest,
    response: HttpResponse,
    body: TopicBody,
    idempotency_key: IdempotencyKey = None,
) -> ManagedTopic:
    """At the top, or inside another."""
    by = the_person(request)
    return created(
        request, response, idempotency_key, lambda: save_topic(None, by=by, **_values(body)), _shown
    )


@router.get(
    "/{int:number}", response=ManagedTopic, operation_id="managed_topic", summary="One topic"
)
def one(request: HttpRequest, response: HttpResponse, number: Number) -> ManagedTopic:
    """Its `ETag` can be sent as `If-Match` with a change."""
    return tagged(response, _shown(number))


@router.post(
    "/{int:number}", response=ManagedTopic, operation_id="change_topic", summary="Change a topic"
)
def change(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    body: TopicChange,
    if_match: IfMatch = None,
) -> ManagedTopic:
    """What is left out stays; tickets that have it keep what they were given."""
    by = the_person(request)
    with as_it_was(if_match, lambda: _shown(number)):
        save_topic(_topic(number), by=by, **_values(body))
    return tagged(response, _shown(number))


@router.post(
    "/{int:number}/place", response=ManagedTopic, operation_id="place_topic",
    summary="Put a topic elsewhere",
)  # fmt: skip
def place(
    request: HttpRequest, response: HttpResponse, number: Number, body: PlaceBody
) -> ManagedTopic:
    """Inside another one, before one of those that stand there."""
    parent, by = any_topic(body.parent, "parent"), the_person(request)
    place_topic(_topic(number), by=by, parent=parent, before=body.before)
    return tagged(response, _shown(number))


@router.post(
    "/{int:number}/delete",
    response=Done,
    operation_id="delete_topic",
    summary="Delete a topic",
)
def delete(request: HttpRequest, number: Number) -> Done:
    """Only one that no ticket has and nothing stands in; others are switched off."""
    delete_topic(_topic(number), by=the_person(request))
    return Done()


def _values(body: TopicChange) -> dict[str, Any]:
    values = body.given()
    if "parent" in values:
        values["parent"] = any_topic(values["parent"], "parent")
    if "department" in values:
        values["department"] = department_named(values["department"])
    if "performers" in values:
        values["performers"] = active_people(values["performers"], "performers")
    if "priority" in values:
        values["priority"] = values["priority"].number
    if "assignment_mode" in values:
        values["assignment_mode"] = values["assignment_mode"] or ""
    return values


def _topic(number: int) -> Topic:
    found = Topic.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _shown(number: int) -> ManagedTopic:
    for row, depth in _tree():
        if row.pk == number:
            return ManagedTopic.of(row, depth)
    raise Http404


def _tree() -> list[tuple[Topic, int]]:
    rows = Topic.objects.select_related("department").prefetch_related("performers")
    return in_tree_order(rows)
