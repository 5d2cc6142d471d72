"""Answers for the fields of filters that complete what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from estafeta.accounts import tree
from estafeta.accounts.models import Organisation, Person
from estafeta.desk.lists import filter_values
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.lib.text import fold, one_line
from estafeta.tickets.lists.conditions import ME, NO_TOPIC
from estafeta.tickets.models import Tag
from estafeta.tickets.relations.acquaintance import known_to

MOST = 12
LONGEST_QUESTION = 100
Found = dict[str, Any]


@require_safe
@signed_in
def suggest(request: DeskRequest, what: str) -> JsonResponse:
    """`{"results": [{"value", "label", "hint"}]}` for `?q=`; a client is offered what he may know."""
    if what not in _KINDS:
        raise Http404
    text = one_line(request.GET.get("q", ""))[:LONGEST_QUESTION]
    results = list(_KINDS[what](text, request.user))
    return JsonResponse({"results": results}, json_dumps_params={"ensure_ascii": False})


def _fits(text: str, label: str) -> bool:
    return all(word in fold(label) for word in fold(text).split())


def _found(value: Any, label: str, hint: str = "") -> Found:
    return {"value": value, "label": label, "hint": hint}


def _special(text: str, *values: str) -> list[Found]:
    words = dict(filter_values.performers())
    return [_found(value, words[value]) for value in values if _fits(text, words[value])]


def _performers(text: str, reader: Person) -> Iterable[Found]:
    if not reader.is_agent:
        return []
    rows = Person.objects.active().agents().find(text)[:MOST]
    return [*_special(text, ME, "nobody", "others"), *map(_person, rows)]


def _people(text: str, reader: Person) -> Iterable[Found]:
    known = known_to(reader).filter(is_active=True)
    rows = list(known.find(text).select_related("organisation")[:MOST])
    if not reader.is_agent:  # and not by what their cards say besides their names
        rows = [row for row in known.select_related("organisation") if _fits(text, row.name)][:MOST]
    return [*_special(text, ME), *(_person(row) for row in rows if row.pk != reader.pk)]


def _person(person: Person) -> Found:
    place = person.organisation.name if person.organisation_id and person.organisation else ""
    words = _found(person.pk, person.name, place or person.position)
    return {**words, "initials": person.initials, "hue": person.hue}


def _departments(text: str, reader: Person) -> Iterable[Found]:
    if not reader.is_agent:
        return []
    known = {row.pk: row.name for row in tree.departments()}
    return [
        _found(
            row.pk, row.name, " › ".join(known[pk] for pk in row.path_numbers()[:-1] if pk in known)
        )
        for row in tree.departments()
        if _fits(text, row.name)
    ][: MOST * 2]  # fmt: skip


def _organisations(text: str, reader: Person) -> Iterable[Found]:
    if not reader.is_agent:
        return []
    rows = Organisation.objects.values_list("pk", "name")
    return [_found(pk, name) for pk, name in rows if _fits(text, name)][:MOST]


def _topics(text: str, reader: Person) -> Iterable[Found]:
    none = _("Without a topic")
    found = [_found(NO_TOPIC, none)] if _fits(text, none) else []
    for pk, topic in filter_values.topics_known_to(reader).items():
        if _fits(text, topic.name):
            found.append(_found(pk, topic.name, filter_values.topic_path(pk, reader)))
    return found[: MOST * 2]


def _tags(text: str, reader: Person) -> Iterable[Found]:
    if not reader.is_agent:
        return []
    return [_found(tag.name, tag.name) for tag in Tag.objects.beginning_with(text)[:MOST]]


_KINDS: dict[str, Callable[[str, Person], Iterable[Found]]] = {
    "performers": _performers, "people": _people, "departments": _departments,
    "organisations": _organisations, "topics": _topics, "tags": _tags,
}  # fmt: skip
