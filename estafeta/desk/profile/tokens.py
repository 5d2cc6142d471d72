"""One's own API tokens."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.accounts.actions import tokens
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import ApiToken, Person
from estafeta.accounts.models.api_token import Scope
from estafeta.accounts.permissions import administers
from estafeta.desk import once
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.profile.tabs import tabs
from estafeta.lib.ids import bounded

USUAL_LIFE = timedelta(days=90)


class TokenForm(forms.Form):
    """What a new token is for."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"), max_length=80,
        help_text=gettext_lazy("What uses it, so that you know later: accounting export, script."),
    )  # fmt: skip
    scope = forms.ChoiceField(
        label=gettext_lazy("The program may"), choices=Scope.choices,
        help_text=gettext_lazy("What you may not do yourself, no program may do for you."),
    )  # fmt: skip
    expires_at = forms.DateField(
        label=gettext_lazy("Valid until"), help_text=gettext_lazy("To the end of that day.")
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not administers(person):
            scope: Any = self.fields["scope"]
            scope.choices = [one for one in Scope.choices if one[0] != Scope.ADMIN]

    def clean_expires_at(self) -> datetime:
        """The end of the day in the person's time zone."""
        try:
            return timezone.make_aware(datetime.combine(self.cleaned_data["expires_at"], time.max))
        except (OverflowError, ValueError):
            raise forms.ValidationError(_("Choose another date.")) from None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: DeskRequest) -> HttpResponse:
    """The list, and making a token, whose secret is shown this once."""
    usual = (timezone.localtime() + USUAL_LIFE).date().isoformat()
    blank = TokenForm(request.user, initial={"scope": Scope.READ, "expires_at": usual})
    form = TokenForm(request.user, request.POST) if request.method == "POST" else blank
    if form.is_valid():
        try:
            made, secret = tokens.make_token(by=request.user, **form.cleaned_data)
        except Invalid as wrong:
            wrong.put_into(form)
        else:
            return once.redirect_with(request.path, {"made": made.name, "secret": secret})
    context = {
        "tabs": tabs("tokens"), "form": form, "told": once.told_to(request),
        "tokens": ApiToken.objects.filter(person=request.user, revoked_at=None),
    }  # fmt: skip
    page = render_page(
        request, "desk/profile/tokens.html", context, status=422 if form.is_bound else 200
    )
    return once.and_forget(request, page)


@signed_in
@require_POST
def revoke(request: DeskRequest, number: int) -> HttpResponse:
    """End one of one's own."""
    token = ApiToken.objects.filter(person=request.user, pk=bounded(number)).first()
    if token is None:
        raise Http404
    tokens.revoke_token(token, by=request.user)
    messages.success(request, _("The token no longer works."))
    return HttpResponseRedirect("/profile/tokens")
