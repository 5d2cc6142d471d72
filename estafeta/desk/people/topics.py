"""Administration: the tree of topics."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from estafeta.accounts.errors import Invalid
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people import placing
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import saved
from estafeta.desk.people.tabs import tabs
from estafeta.desk.people.topic_form import TopicForm, departments, parents_for
from estafeta.lib.ids import bounded
from estafeta.tickets.models import Topic
from estafeta.tickets.models.topic import Evidence
from estafeta.tickets.topics.tree import delete_topic, in_tree_order, place_topic, save_topic

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@administrator
@require_safe
def tree(request: DeskRequest) -> HttpResponse:
    """All topics."""
    return render_page(
        request, "desk/people/topics.html", {"tabs": tabs("manage_topics"), **_lines()}
    )


def _lines() -> dict[str, Any]:
    rows = Topic.objects.select_related("department").prefetch_related("performers")
    labels = dict(Evidence.choices)
    lines = [
        {
            "topic": topic, "depth": min(depth, 4),
            "who": [
                *([topic.department.name] if topic.department else []),
                *(person.name for person in topic.performers.all()),
            ],
            "evidence": [labels[kind] for kind in topic.evidence if kind in labels],
        }
        for topic, depth in in_tree_order(rows)
    ]  # fmt: skip
    return {"lines": lines, "ways": placing.ways()}


@administrator
@require_POST
def place(request: DeskRequest, number: int) -> HttpResponse:
    """Put it elsewhere in the tree."""
    topic, refused = _topic(number), ""
    rows = [row for row, _depth in in_tree_order(Topic.objects.all())]
    wanted = placing.place_of(rows, topic, request.POST)
    if wanted is not None:
        parent = next((row for row in rows if row.pk == wanted.parent), None)
        try:
            place_topic(topic, by=request.user, parent=parent, before=wanted.before)
        except Invalid as wrong:
            refused = str(wrong)
    return placing.answer(request, "topics", _lines, refused)


@administrator
@_get_and_post
def new(request: DeskRequest) -> HttpResponse:
    """Add one."""
    return _form(request, None)


@administrator
@_get_and_post
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Change one."""
    return _form(request, _topic(number))


def _topic(number: int) -> Topic:
    topic = Topic.objects.filter(pk=bounded(number)).first()
    if topic is None:
        raise Http404
    return topic


def _form(request: DeskRequest, topic: Topic | None) -> HttpResponse:
    shown = _topic(topic.pk) if topic else Topic()
    initial = {} if topic else {"parent": request.GET.get("inside", "")}
    data = request.POST if request.method == "POST" else None
    form = TopicForm(data, instance=shown, initial=initial)
    if form.is_bound and saved(
        form, lambda values: save_topic(shown if topic else None, by=request.user, **values)
    ):
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return HttpResponseRedirect(reverse("manage_topics"))
    context = {
        "tabs": tabs("manage_topics"), "form": form, "topic": topic,
        "parents": parents_for(topic), "departments": departments(),
        "performers": form.chosen_performers(), "chosen_evidence": form["evidence"].value() or [],
    }  # fmt: skip
    return render_page(
        request, "desk/people/topic.html", context, status=422 if form.is_bound else 200
    )


@administrator
@require_POST
def delete(request: DeskRequest, number: int) -> HttpResponse:
    """Remove one without tickets."""
    topic = _topic(number)
    try:
        delete_topic(topic, by=request.user)
    except Invalid as wrong:
        messages.error(request, str(wrong))
        return HttpResponseRedirect(reverse("manage_topic", args=[number]))
    messages.success(request, _("%(name)s is deleted.") % {"name": topic.name})
    return HttpResponseRedirect(reverse("manage_topics"))
