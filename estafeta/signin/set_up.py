"""The first-run page: makes the administrator, the site's settings and the first departments."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from estafeta.accounts.actions.set_up import AlreadySetUp, set_up
from estafeta.accounts.errors import Invalid
from estafeta.accounts.middleware import KNOWN
from estafeta.accounts.public_address import base_for
from estafeta.lib import time_zones
from estafeta.signin import languages, throttle
from estafeta.signin.errors import error_page
from estafeta.signin.first_run import is_set_up
from estafeta.signin.set_up_form import SetUpForm
from estafeta.signin.setup_code import forget_code, is_right
from estafeta.signin.sign_in import let_in

SETTINGS = ("organisation_name", "time_zone", "public_url")
ADMINISTRATOR = ("name", "login", "email", "password")


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Show the form to whoever has the code; make everything from it; or only change language."""
    if is_set_up():
        return _done_already(request)
    code = request.POST.get("code", "") or request.GET.get("code", "")
    if not is_right(code):
        if code and (told := throttle.wait_or_go(request, "set_up")):
            return error_page(429, detail=told)
        return render(
            request, "signin/ask_code.html", {"code": code, **languages.chooser(request)},
            status=403 if code else 200,
        )  # fmt: skip
    language = request.POST.get("switch") or request.POST.get("language")
    with translation.override(language if language in KNOWN else translation.get_language()):
        response = _answer(request, code)
    if language in KNOWN:
        languages.remember(response, language)
    return response


def _answer(request: HttpRequest, code: str) -> HttpResponse:
    if request.method != "POST":
        initial = {"time_zone": "UTC", "public_url": base_for(request)}
        return _page(request, SetUpForm(initial=initial), code)
    if "switch" in request.POST:
        return _page(request, SetUpForm(initial=request.POST.dict()), code)
    form = SetUpForm(request.POST)
    if form.is_valid():
        try:
            return _set_up(request, form)
        except AlreadySetUp:
            return _done_already(request)
        except Invalid as wrong:
            wrong.put_into(form)
    return _page(request, form, code, status=422)


def _set_up(request: HttpRequest, form: SetUpForm) -> HttpResponse:
    given = form.cleaned_data
    settings = {name: given[name] for name in SETTINGS}
    administrator = set_up(
        settings={**settings, "language": translation.get_language()},
        administrator={name: given[name] for name in ADMINISTRATOR},
        department_names=given["departments"],
        is_head=given["is_head"],
    )
    forget_code()
    response = let_in(request, administrator, login=given["login"], onward="/")
    messages.success(
        request, _("Everything is ready. Add your people next, then write the first ticket.")
    )
    return response


def _done_already(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("This installation is set up already."))
    return HttpResponseRedirect("/")


def _page(request: HttpRequest, form: SetUpForm, code: str, *, status: int = 200) -> HttpResponse:
    language = translation.get_language()
    context = {
        "form": form, "code": code, "zones": time_zones.choices(language),
        **languages.chooser(request),
    }  # fmt: skip
    return render(request, "signin/first_run.html", context, status=status)
