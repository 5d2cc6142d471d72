"""The API as one object: who may enter, what it speaks, which resources it has."""

from __future__ import annotations

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from estafeta.api import problems
from estafeta.api.administration.addresses import ROUTERS
from estafeta.api.bearer import Bearer
from estafeta.api.endpoints import (
    absences,
    addresses,
    announcements,
    answer_templates,
    bell,
    bulk,
    chat_messages,
    chat_operators,
    chat_rooms,
    comments,
    deliveries,
    devices,
    export,
    feed,
    files,
    me,
    people,
    performing,
    photo,
    proof,
    quick_line,
    relations,
    story,
    sync,
    tickets,
    topics,
    verbs,
    views,
    wishes,
)
from estafeta.api.rendering import Utf8Renderer

DESCRIPTION = """\
Everything that the desk does, for programs. A program acts as a person: make a token on your profile \
page and send it as `Authorization: Bearer est_…`. It sees what the person sees, and a ticket that \
the person may not see is a 404. Times are RFC 3339 in UTC. Faults are problem details (RFC 9457), \
their words in the language of the person.

A token reads, or reads and changes, or administers too; under `/administration` only the last is let \
in, and only an administrator's. What is added with an `Idempotency-Key` is added once. What has an \
`ETag` is changed with `If-Match` only as it was read.
"""

api = NinjaAPI(
    title="Estafeta",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="",
    auth=Bearer(),
    renderer=Utf8Renderer(),
    urls_namespace="api",
)
for _fault in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(_fault, problems.answer)

api.add_router("/me", me.router)
api.add_router("/me", wishes.router)
api.add_router("/me/photo", photo.router)
api.add_router("/me/deliveries", deliveries.own_router)
api.add_router("/me/devices", devices.router)
api.add_router("/sync", sync.router)
api.add_router("/addresses", addresses.router)
api.add_router("/tickets", export.router)
api.add_router("/tickets", tickets.router)
api.add_router("/tickets", story.router)
api.add_router("/tickets", relations.router)
api.add_router("/tags", relations.tags_router)
api.add_router("/tickets", comments.router)
api.add_router("/tickets", answer_templates.filled_router)
api.add_router("/tickets", performing.router)
api.add_router("/tickets", proof.router)
api.add_router("/tickets", deliveries.router)
api.add_router("/tickets", wishes.of_tickets)
api.add_router("/tickets", verbs.router)
api.add_router("/tickets", files.of_tickets)
api.add_router("/files", files.router)
api.add_router("/answer-templates", answer_templates.router)
api.add_router("/bulk", bulk.router)
api.add_router("/chat", chat_messages.router)
api.add_router("/chat", chat_operators.router)
api.add_router("/chat/rooms", chat_rooms.router)
api.add_router("/chat/rooms", chat_messages.of_rooms)
api.add_router("/chat/rooms", chat_operators.of_rooms)
api.add_router("/departments", people.departments_router)
api.add_router("/people", people.router)
api.add_router("/people", absences.router)
api.add_router("/quick-line", quick_line.router)
api.add_router("/topics", topics.router)
api.add_router("/views", views.router)
api.add_router("/notifications", bell.router)
api.add_router("/announcements", announcements.router)
api.add_router("/feed", feed.router)
api.add_router("/seals", proof.seals_router)
for _place, _router in ROUTERS:
    api.add_router(f"/administration{_place}", _router)
