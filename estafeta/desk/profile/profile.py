"""One's own card, photo and settings."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.accounts import photos
from estafeta.accounts.actions import people
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.accounts.models.person import Theme
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.profile.form import ProfileForm
from estafeta.desk.profile.tabs import tabs
from estafeta.lib import time_zones


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: DeskRequest) -> HttpResponse:
    """The page, and saving it."""
    row = Person.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        try:
            _save(request, form)
        except Invalid as wrong:
            wrong.put_into(form)
        else:
            return _saved(request)
    return _page(request, form, status=422 if form.is_bound else 200)


def _save(request: DeskRequest, form: ProfileForm) -> None:
    person, values = request.user, dict(form.cleaned_data)
    with transaction.atomic():
        if "name" in values:
            people.edit_card(person, by=person, name=values.pop("name"))
        people.edit_profile(person, by=person, **values)


def _saved(request: DeskRequest) -> HttpResponse:
    # In the language that was just chosen.
    with translation.override(request.user.language or translation.get_language()):
        messages.success(request, _("Your profile is saved."))
    return HttpResponseRedirect("/profile")


def _page(
    request: DeskRequest, form: ProfileForm, *, status: int = 200, photo_error: str = ""
) -> HttpResponse:
    context = {
        "form": form, "tabs": tabs("profile"), "photo_error": photo_error,
        "zones": time_zones.choices(translation.get_language()),
    }  # fmt: skip
    return render_page(request, "desk/profile/profile.html", context, status=status)


@signed_in
@require_POST
def photo(request: DeskRequest) -> HttpResponse:
    """Take another photo, or none when none is sent."""
    person, sent = request.user, request.FILES.get("photo")
    if sent is None and "remove" not in request.POST:
        return _photo_refused(request, _("Choose a picture first."))
    try:
        name = photos.keep(sent, sent.size or 0) if sent is not None else ""
    except Invalid as wrong:
        return _photo_refused(request, str(wrong))
    photos.remove(people.set_photo(person, by=person, name=name))
    messages.success(request, _("Your photo is changed.") if name else _("Your photo is removed."))
    return HttpResponseRedirect("/profile")


def _photo_refused(request: DeskRequest, told: str) -> HttpResponse:
    form = ProfileForm(instance=request.user)
    return _page(request, form, status=422, photo_error=told)


@signed_in
@require_POST
def theme(request: DeskRequest) -> HttpResponse:
    """Keep light or dark, chosen in the menu of any page."""
    if request.POST.get("theme") in Theme.values:
        people.edit_profile(request.user, by=request.user, theme=request.POST["theme"])
    return HttpResponse(status=204)
