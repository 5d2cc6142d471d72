"""What came of a run: how far it is, which tickets were left and why, and taking it back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.tickets.bulk import refusals, runs
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import BulkRun, Ticket
from estafeta.tickets.verbs import Verb

MOST_LISTED = 500
MOST_RUNS = 50
REFRESHED = {"live:list": "", "live:ticket": "", "live:counters": ""}


@dataclass(frozen=True)
class Left:
    """A ticket that was left as it was; the title only for whoever still sees it."""

    number: int
    title: str
    words: str


@dataclass(frozen=True)
class Report:
    """As the template shows it."""

    run: BulkRun
    label: str
    sentence: str
    left: list[Left]
    more: int
    may_be_undone: bool

    @classmethod
    def of(cls, run: BulkRun, request: DeskRequest) -> Report:
        """One query for the titles."""
        listed = run.refused[:MOST_LISTED]
        numbers = [row["number"] for row in listed]
        seen = Ticket.objects.visible_to(request.user).filter(pk__in=numbers).order_by()
        titles = dict(seen.values_list("pk", "title"))
        return cls(
            run=run,
            label=label_of(run),
            sentence=sentence_of(run),
            left=[
                Left(row["number"], titles.get(row["number"], ""), refusals.words(row))
                for row in listed
            ],
            more=len(run.refused) - len(listed),
            may_be_undone=runs.may_be_undone(run),
        )


def label_of(run: BulkRun) -> str:
    """What it was."""
    if run.undoes is not None:
        return _("Taken back: %(verb)s") % {"verb": Verb(run.undoes.verb).label}
    return str(Verb(run.verb).label)


def sentence_of(run: BulkRun) -> str:
    """How many, in words."""
    done, left = len(run.done), len(run.refused)
    words = ngettext("%(count)s ticket: done.", "%(count)s tickets: done.", done)
    found = [words % {"count": done}]
    if left:
        words = ngettext(
            "%(count)s ticket was left as it is.", "%(count)s tickets were left as they are.", left
        )
        found.append(words % {"count": left})
    return " ".join(found)


def after(request: DeskRequest, run: BulkRun) -> HttpResponse:
    """The answer to whoever began it: a word if all went well, the report if not or not yet."""
    address = reverse("bulk_run", args=[run.pk])
    if not is_fragment(request):
        return HttpResponseRedirect(address, status=303)
    if run.refused or not run.is_finished:
        return _fragment(request, run, **REFRESHED)
    toast: dict[str, Any] = {"text": f"{label_of(run)}. {sentence_of(run)}", "tone": "success"}
    if runs.may_be_undone(run):
        toast |= {"post": reverse("undo_bulk_run", args=[run.pk]), "link": _("Take it back")}
    else:
        toast |= {"url": address, "link": _("Report")}
    news = {"toast": toast, "close-dialog": "", "bulk:done": "", **REFRESHED}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})


@require_safe
@signed_in
def report(request: DeskRequest, pk: int) -> HttpResponse:
    """One run of the person's own; 404 for anybody else's."""
    run = _own(request, pk)
    if is_fragment(request):
        news = REFRESHED if run.is_finished else {}
        return _fragment(request, run, **news)
    return render_page(request, "desk/bulk/report_page.html", {"report": Report.of(run, request)})


@require_safe
@signed_in
def my_runs(request: DeskRequest) -> HttpResponse:
    """What the person has done to many tickets lately, the newest first."""
    rows = BulkRun.objects.filter(person=request.user).select_related("undoes").order_by("-pk")
    found = [(run, label_of(run), sentence_of(run)) for run in rows[:MOST_RUNS]]
    return render_page(request, "desk/bulk/runs.html", {"runs": found})


@require_POST
@signed_in
def undo(request: DeskRequest, pk: int) -> HttpResponse:
    """Take it back, as far as nobody has acted on the tickets since."""
    run = _own(request, pk)
    try:
        back = runs.undo(run, by=request.user)
    except Refused as refused:
        if not is_fragment(request):
            return HttpResponseRedirect(reverse("bulk_run", args=[run.pk]), status=303)
        news = {"toast": {"text": str(refused), "tone": "warning"}}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})
    return after(request, back)


def _own(request: DeskRequest, pk: int) -> BulkRun:
    rows = BulkRun.objects.filter(person=request.user).select_related("undoes")
    run = rows.filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def _fragment(request: DeskRequest, run: BulkRun, **news: Any) -> HttpResponse:
    context = {"report": Report.of(run, request)}
    response = render(request, "desk/bulk/report.html", context)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#dialog", "innerHTML"
    if news:
        response.headers["HX-Trigger"] = json.dumps({**news, "bulk:done": ""})
    return response
