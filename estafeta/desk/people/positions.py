"""Administration: the dictionary of positions."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.accounts.actions import positions as actions
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person, Position
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.lib.ids import bounded


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: DeskRequest) -> HttpResponse:
    """All of them with how many cards have each; POST adds one."""
    name, errors = request.POST.get("name", ""), []
    if request.method == "POST":
        try:
            actions.add_position(by=request.user, name=name)
        except Invalid as wrong:
            errors = [str(wrong)]
        else:
            messages.success(request, _("%(name)s is added.") % {"name": name})
            return HttpResponseRedirect(reverse("manage_positions"))
    cards = Person.objects.filter(position=OuterRef("name"), is_active=True).order_by()
    count = cards.values("position").annotate(n=Count("pk")).values("n")
    rows = Position.objects.annotate(people=Coalesce(Subquery(count), 0))
    context = {
        "tabs": tabs("manage_positions"), "rows": rows, "name": name, "errors": errors,
    }  # fmt: skip
    return render_page(
        request, "desk/people/positions.html", context, status=422 if errors else 200
    )


@administrator
@require_POST
def change(request: DeskRequest, number: int) -> HttpResponse:
    """Rename it, or delete it with `delete`."""
    position = Position.objects.filter(pk=bounded(number)).first()
    if position is None:
        raise Http404
    before = position.name
    try:
        if "delete" in request.POST:
            actions.delete_position(position, by=request.user)
            messages.success(request, _("%(name)s is deleted.") % {"name": before})
        else:
            count = actions.rename_position(
                position, by=request.user, name=request.POST.get("name", "")
            )
            words = ngettext(
                "The name is changed, on %(count)s card too.",
                "The name is changed, on %(count)s cards too.",
                count,
            )
            messages.success(request, words % {"count": count})
    except Invalid as wrong:
        messages.error(request, str(wrong))
    return HttpResponseRedirect(reverse("manage_positions"))
