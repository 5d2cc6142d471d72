"""Administration: somebody leaves; what he works on has to go somewhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from estafeta.accounts import sessions
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import numbers
from estafeta.desk.people.lookups import person_or_404
from estafeta.desk.people.tabs import tabs
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.upkeep import leaving
from estafeta.tickets.upkeep.leaving import Heirs

FREE, COLLEAGUE, EACH = "free", "colleague", "each"
MOST_ONE_BY_ONE = 200


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: DeskRequest, number: int) -> HttpResponse:
    """What follows from switching the person off, in words; where the tickets go; doing it."""
    person, refused = person_or_404(number), ""
    if request.method == "POST":
        try:
            count = leaving.person_leaves(
                person, by=request.user, heirs=_heirs(request.POST, person)
            )
        except (Invalid, Refused) as wrong:
            refused = str(wrong)
        else:
            messages.success(request, _left(person, count))
            return HttpResponseRedirect(reverse("manage_person", args=[person.pk]))
    left = leaving.left_by(person).order_by("pk")
    shown = list(left.select_related("department")[:MOST_ONE_BY_ONE])
    mine = Ticket.objects.visible_to(request.user).filter(pk__in=[row.pk for row in shown])
    names = _names(request.POST)
    context = {
        "tabs": tabs("manage_people"), "person": person, "held": shown, "count": left.count(),
        "mine": set(mine.values_list("pk", flat=True)), "refused": refused,
        "sessions": len(sessions.of(person)), "to_accept": leaving.to_be_accepted_by(person),
        "way": request.POST.get("way", FREE), "colleague": names.get("colleague", []),
        "each": {row.pk: names.get(f"to_{row.pk}", []) for row in shown},
    }  # fmt: skip
    return render_page(request, "desk/people/leave.html", context, status=422 if refused else 200)


def _heirs(data: QueryDict, person: Person) -> Heirs:
    way = data.get("way", FREE)
    if way == COLLEAGUE:
        chosen = _people(numbers(data, "colleague"))
        if not chosen:
            raise Invalid.at("colleague", _("Choose who goes on with the tickets."))
        return Heirs(everything=next(iter(chosen.values())))
    if way != EACH:
        return Heirs()
    wanted = {
        row.pk: number
        for row in leaving.left_by(person)
        for number in numbers(data, f"to_{row.pk}")[:1]
    }
    people = _people(list(wanted.values()))
    return Heirs(each={pk: people[number] for pk, number in wanted.items() if number in people})


def _people(wanted: list[int]) -> dict[int, Person]:
    return Person.objects.active().in_bulk(wanted)


def _names(data: QueryDict) -> dict[str, list[tuple[int, str]]]:
    """The chips as they were sent: a form that is refused comes back as it was."""
    fields = {key: numbers(data, key) for key in data if key == COLLEAGUE or key[:3] == "to_"}
    people = _people([number for sent in fields.values() for number in sent])
    return {
        key: [(number, people[number].name) for number in sent if number in people]
        for key, sent in fields.items()
    }


def _left(person: Person, count: int) -> str:
    told = _("%(name)s is switched off.") % {"name": person.name}
    if not count:
        return told
    moved = ngettext("%(count)s ticket has gone on.", "%(count)s tickets have gone on.", count)
    return f"{told} {moved % {'count': count}}"
