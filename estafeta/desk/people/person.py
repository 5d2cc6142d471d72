"""Administration: one person."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.accounts import photos, reset_links, sessions
from estafeta.accounts.actions import passwords, people
from estafeta.accounts.actions.whole import save_person
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.accounts.permissions import may_change_absence
from estafeta.accounts.public_address import base_for
from estafeta.desk import once
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import saved
from estafeta.desk.people.lookups import person_or_404
from estafeta.desk.people.person_form import PersonForm, places_of, places_sent
from estafeta.desk.people.tabs import tabs

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


def _to(person: Person) -> HttpResponse:
    return HttpResponseRedirect(reverse("manage_person", args=[person.pk]))


@administrator
@_get_and_post
def new(request: DeskRequest) -> HttpResponse:
    """Add somebody."""
    return _form(request, None)


@administrator
@_get_and_post
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """One person's page."""
    return _form(request, person_or_404(number))


def _form(request: DeskRequest, person: Person | None) -> HttpResponse:
    sent = request.method == "POST"
    # The form fills a row of its own: what is refused must not show in the page around it.
    row = person_or_404(person.pk) if person else Person()
    form = PersonForm(request.POST if sent else None, instance=row)
    places = places_sent(request.POST) if sent else places_of(person) if person else {}
    made: list[Person] = []
    if sent and saved(
        form, lambda values: made.append(save_person(person, values, places, by=request.user))
    ):
        messages.success(request, _("%(name)s is saved.") % {"name": made[0].name})
        return _to(made[0])
    context = {
        "tabs": tabs("manage_people"), "form": form, "person": person,
        "link": once.told_to(request).get("link", ""),
        "member_of": [(d.pk, d.name) for d, is_head in places.items() if not is_head],
        "head_of": [(d.pk, d.name) for d, is_head in places.items() if is_head],
        "sessions": len(sessions.of(person)) if person else 0,
        "may_be_away": person is not None and may_change_absence(request.user, person),
        "sends_mail": bool(settings.CONFIGURATION.smtp_host),
    }  # fmt: skip
    page = render_page(
        request, "desk/people/person.html", context, status=422 if form.is_bound else 200
    )
    return once.and_forget(request, page)


@administrator
@require_POST
def photo(request: DeskRequest, number: int) -> HttpResponse:
    """Give the person a photo, or take it away."""
    person, sent = person_or_404(number), request.FILES.get("photo")
    try:
        name = photos.keep(sent, sent.size or 0) if sent is not None else ""
        photos.remove(people.set_photo(person, by=request.user, name=name))
    except Invalid as wrong:
        messages.error(request, str(wrong))
    return _to(person)


@administrator
@require_POST
def link(request: DeskRequest, number: int) -> HttpResponse:
    """A link with which the person sets a password: mailed, or shown to be handed over."""
    person, base = person_or_404(number), base_for(request)
    try:
        if "show" in request.POST:
            shown = f"{base}{reset_links.PATH}{passwords.show_link(person, by=request.user)}"
            return once.redirect_with(reverse("manage_person", args=[number]), {"link": shown})
        passwords.offer_link(person, by=request.user, base=base)
    except Invalid as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(
            request, _("The link is on its way to %(email)s.") % {"email": person.email}
        )
    return _to(person)


@administrator
@require_POST
def back(request: DeskRequest, number: int) -> HttpResponse:
    """Switch the person on again."""
    person = person_or_404(number)
    people.reactivate(person, by=request.user)
    messages.success(request, _("%(name)s can sign in again.") % {"name": person.name})
    return _to(person)


@administrator
@require_POST
def delete(request: DeskRequest, number: int) -> HttpResponse:
    """Remove somebody without history."""
    person = person_or_404(number)
    name = person.name
    try:
        people.delete(person, by=request.user)
    except Invalid as wrong:
        messages.error(request, str(wrong))
        return _to(person)
    messages.success(request, _("%(name)s is deleted.") % {"name": name})
    return HttpResponseRedirect(reverse("manage_people"))
