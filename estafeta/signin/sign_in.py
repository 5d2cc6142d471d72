"""Signing in and out."""

from __future__ import annotations

from typing import Any

from allauth.account.internal import flows
from allauth.account.models import Login
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.accounts import security, sessions
from estafeta.accounts.models import Person, Site
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib.own_path import own_path
from estafeta.lib.text import one_line
from estafeta.signin import languages, throttle
from estafeta.signin.adapter import Adapter, account_key

LONGEST_PASSWORD = 500
"""Hashing takes time with the length; nobody types more."""


class SignInForm(forms.Form):
    """Login or e-mail, and the password."""

    login = forms.CharField(label=gettext_lazy("Login or e-mail"), max_length=254)
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=LONGEST_PASSWORD, strip=False,
        widget=forms.PasswordInput,
    )  # fmt: skip
    remember = forms.BooleanField(
        label=gettext_lazy("Keep me signed in on this device"), required=False, initial=True
    )

    def clean_login(self) -> str:
        """Text that both engines can compare."""
        return one_line(self.cleaned_data["login"])


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page, and signing in; to the page that was asked for if it is one of ours."""
    onward = own_path(request.POST.get("next", "") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward or "/")
    form = SignInForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            key = account_key(form.cleaned_data["login"])
            person, status = _checked(request, form, key)
            if person is not None:
                return _let_in(request, person, form, onward)
    context = {
        "form": form, "onward": onward, "site_name": Site.current().organisation_name,
        **languages.chooser(request),
    }  # fmt: skip
    response = render(request, "signin/sign_in.html", context, status=status)
    if status == 429:
        wait = throttle.seconds_to_wait(request, "login_failed", key=key)
        response.headers["Retry-After"] = str(wait)
    return response


def _checked(request: HttpRequest, form: SignInForm, key: str) -> tuple[Person | None, int]:
    """The person whose password this is, or the status to answer with and a message in the form."""
    login, password = form.cleaned_data["login"], form.cleaned_data["password"]
    credentials: dict[str, Any] = {"username": login, "password": password}
    try:
        person = Adapter(request).authenticate(request, **credentials)
    except forms.ValidationError:
        wait = throttle.seconds_to_wait(request, "login_failed", key=key)
        form.add_error(None, throttle.please_wait(wait))
        return None, 429
    if person is None:
        form.add_error(None, _("The login or the password is wrong."))
        return None, 422
    if not person.is_active:
        security.record(Kind.SIGN_IN_FAILED, by=None, about=person, reason="inactive")
        form.add_error(
            None, _("You can no longer sign in here. If this is a mistake, ask an administrator.")
        )
        return None, 403
    return person, 200


def let_in(request: HttpRequest, person: Person, *, login: str, onward: str) -> HttpResponse:
    """Begin the session of somebody who has just proved who he is, and lead him on."""
    return flows.login.perform_password_login(
        request, {"username": login}, Login(user=person, redirect_url=onward or "/")
    )


def _let_in(request: HttpRequest, person: Person, form: SignInForm, onward: str) -> HttpResponse:
    response = let_in(request, person, login=form.cleaned_data["login"], onward=onward)
    if not form.cleaned_data["remember"]:
        request.session.set_expiry(0)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    if request.user.is_authenticated:
        security.record(Kind.SIGNED_OUT, by=request.user, about=request.user)
        sessions.leave(request.session, request.user)
        flows.logout.logout(request, show_message=False)
        Site.rights_changed()
        messages.success(request, _("You are signed out."))
    return HttpResponseRedirect("/sign-in")
