"""Administration: the tree of topics."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import LARGEST, administrator
from estafeta.desk.people.forms import saved
from estafeta.desk.people.tabs import tabs
from estafeta.tickets.models import Topic
from estafeta.tickets.topic_tree import delete_topic, in_tree_order, save_topic

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]
    """A topic and what it fills into a new ticket."""

    class Meta:
        model = Topic
        fields = ("name", "parent", "department", "acceptance", "position", "is_active")
        labels = {
            "position": gettext_lazy("Place among its neighbours"),
            "is_active": gettext_lazy("In use"),
        }
        help_texts = {
            "department": gettext_lazy("Filled into a new ticket; the person may change it."),
            "position": gettext_lazy("Smaller numbers stand first."),
            "is_active": gettext_lazy("Otherwise it is no longer offered for new tickets."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].max_value = 9999  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The action checks the whole."""
        if (self.cleaned_data.get("position") or 0) > 9999:
            self.add_error("position", _("Choose from 0 to 9999."))
        return self.cleaned_data


@administrator
@require_safe
def tree(request: DeskRequest) -> HttpResponse:
    """All topics."""
    rows = in_tree_order(Topic.objects.select_related("department"))
    lines = [{"topic": topic, "depth": min(depth, 4)} for topic, depth in rows]
    context = {"tabs": tabs("manage_topics"), "lines": lines}
    return render_page(request, "desk/people/topics.html", context)


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
    topic = Topic.objects.filter(pk=min(number, LARGEST)).first()
    if topic is None:
        raise Http404
    return topic


def _form(request: DeskRequest, topic: Topic | None) -> HttpResponse:
    shown = _topic(topic.pk) if topic else Topic()
    initial = {} if topic else {"parent": request.GET.get("inside", "")}
    data = request.POST if request.method == "POST" else None
    form = TopicForm(data, instance=shown, initial=initial)
    if form.is_bound and saved(form, lambda values: save_topic(topic, by=request.user, **values)):
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return HttpResponseRedirect(reverse("manage_topics"))
    context = {
        "tabs": tabs("manage_topics"), "form": form, "topic": topic,
        "parents": [("", _("Nothing: at the top")), *_indented(topic)],
        "departments": [
            ("", _("The person chooses")),
            *((d.pk, "\u2003" * d.depth + d.name) for d in Department.objects.active().in_tree_order()),
        ],
    }  # fmt: skip
    return render_page(
        request, "desk/people/topic.html", context, status=422 if form.is_bound else 200
    )


def _indented(topic: Topic | None) -> list[tuple[int, str]]:
    rows = in_tree_order(Topic.objects.all())
    return [
        (t.pk, "\u2003" * depth + t.name) for t, depth in rows if topic is None or t.pk != topic.pk
    ]


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
