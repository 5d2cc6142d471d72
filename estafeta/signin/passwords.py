"""Forgotten, set by a link, changed."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.signals import password_changed
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from estafeta.accounts import reset_links
from estafeta.accounts.actions import passwords
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Site
from estafeta.accounts.public_address import base_for_anybody
from estafeta.lib.text import one_line
from estafeta.signin import languages, throttle
from estafeta.signin.adapter import account_key
from estafeta.signin.errors import error_page

log = logging.getLogger(__name__)

SESSION_KEY = "password_reset_key"
IN_SESSION = "set"
"""What stands in the address instead of the key, which would end up in logs and history."""

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


def _password_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=passwords.LONGEST, strip=False)


class AddressForm(forms.Form):
    """Whose password was forgotten."""

    address = forms.CharField(label=gettext_lazy("E-mail or login"), max_length=254)


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = _password_field(gettext_lazy("New password"))
    again = _password_field(gettext_lazy("The same once more"))

    def clean_again(self) -> str:
        """Both must be the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two are not the same."))
        return again


class ChangePasswordForm(NewPasswordForm):
    """The same, and the current one."""

    current = _password_field(gettext_lazy("Current password"))


@never_cache
@_get_and_post
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether anybody is known by that address or not."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "forgotten", form, status=422 if form.is_bound else 200)
    address = one_line(form.cleaned_data["address"])
    key = account_key(address)
    if told := throttle.wait_or_go(request, "reset_password", key=key):
        form.add_error(None, told)
        wait = throttle.seconds_to_wait(request, "reset_password", key=key)
        return _page(request, "forgotten", form, status=429, wait=wait)
    if base := base_for_anybody(request):
        reset_links.send_links_for.enqueue(address, base)
    else:
        log.warning("No link to set a password is sent: nobody has said the address people open.")
    return _page(request, "link_sent", form, address=address)


@never_cache
@sensitive_post_parameters("password", "again")
@_get_and_post
def set_by_link(request: HttpRequest, key: str) -> HttpResponse:
    """Set a password with the key of a link."""
    if told := throttle.wait_or_go(request, "reset_password_from_key"):
        return error_page(429, detail=told)
    if key != IN_SESSION and reset_links.read(key) is not None:
        request.session[SESSION_KEY] = key
        return HttpResponseRedirect(f"{reset_links.PATH}{IN_SESSION}")
    found = reset_links.read(request.session.get(SESSION_KEY, "") if key == IN_SESSION else key)
    if found is None:
        return _page(request, "dead_link", AddressForm(), status=410)
    person, token = found
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            passwords.reset_password(person, form.cleaned_data["password"], token=token)
        except Invalid as wrong:
            wrong.put_into(form)
        else:
            request.session.pop(SESSION_KEY, None)
            messages.success(request, _("The password is set. Sign in with it."))
            return HttpResponseRedirect("/sign-in")
    return _page(request, "set_by_link", form, status=422 if form.is_bound else 200, whose=person)


@never_cache
@sensitive_post_parameters("current", "password", "again")
@login_required
@_get_and_post
def change(request: HttpRequest) -> HttpResponse:
    """Change one's own password; every other session ends."""
    form = ChangePasswordForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if told := throttle.wait_or_go(request, "change_password"):
            form.add_error(None, told)
            wait = throttle.seconds_to_wait(request, "change_password")
            return _page(request, "change", form, status=429, wait=wait)
        if _changed(request, form):
            messages.success(request, _("The password is changed. Other devices are signed out."))
            return HttpResponseRedirect("/profile")
    return _page(request, "change", form, status=status)


def _changed(request: HttpRequest, form: forms.Form) -> bool:
    person: Any = request.user
    if not person.check_password(form.cleaned_data["current"]):
        form.add_error("current", _("This is not your current password."))
        return False
    try:
        passwords.change_password(
            person, form.cleaned_data["password"], by=person, keep=request.session.session_key
        )
    except Invalid as wrong:
        wrong.put_into(form)
        return False
    update_session_auth_hash(request, person)
    # Keeps the list of sessions true: this one has a new key now.
    password_changed.send(sender=type(person), request=request, user=person)
    return True


def _page(
    request: HttpRequest, name: str, form: forms.Form, *, status: int = 200, wait: int = 0,
    **more: object,
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form, "site_name": Site.current().organisation_name,
        **languages.chooser(request), **more,
    }  # fmt: skip
    response = render(request, f"signin/{name}.html", context, status=status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
