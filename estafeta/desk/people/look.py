"""Administration: name, logo and colour of the installation."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.accounts import logos
from estafeta.accounts.actions import branding
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Site
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import saved
from estafeta.desk.people.tabs import tabs
from estafeta.lib import colours

OURS = "#2f5bea"
OFFERED = ("#2f5bea", "#0f7f86", "#2f7d3b", "#7a4fd6", "#c2417c", "#a15c07", "#c2452f", "#586e91")


class LookForm(forms.Form):
    """The name above the menu, and the colour of buttons and links."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"), required=False,
        help_text=gettext_lazy("Above the menu and in the title of every page. "
                               "Empty: the name of the organisation."),
    )  # fmt: skip
    accent = forms.CharField(
        label=gettext_lazy("Accent colour"), required=False, max_length=30,
        help_text=gettext_lazy("Of buttons and links, like #2457c5. Empty: our own blue."),
    )  # fmt: skip


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: DeskRequest) -> HttpResponse:
    """Show and save; a colour that cannot be read is shown with the shades we use instead."""
    site = Site.objects.get_or_create(pk=1)[0]
    form = LookForm(
        request.POST if request.method == "POST" else None,
        initial={"name": site.brand_name, "accent": site.accent},
    )
    if form.is_bound and saved(
        form, lambda values: branding.change_brand(by=request.user, **values)
    ):
        messages.success(request, _("The look is saved."))
        return HttpResponseRedirect(reverse("manage_look"))
    accent = site.accent or OURS
    light, dark = colours.light(accent), colours.dark(accent)
    context = {
        "tabs": tabs("manage_look"), "form": form, "site": site, "accent": accent,
        "offered": OFFERED, "ours": OURS, "is_changed": light.accent != accent,
        "shades": [
            (_("Light"), light.accent, round(colours.contrast(light.accent, light.on_accent), 1)),
            (_("Dark"), dark.accent, round(colours.contrast(dark.accent, dark.on_accent), 1)),
        ],
    }  # fmt: skip
    return render_page(
        request, "desk/people/look.html", context, status=422 if form.is_bound else 200
    )


@administrator
@require_POST
def logo(request: DeskRequest) -> HttpResponse:
    """Another logo, or none."""
    sent = request.FILES.get("logo")
    try:
        if sent is None and "remove" not in request.POST:
            raise Invalid.at("logo", _("Choose a picture first."))
        name = logos.keep(sent, sent.size or 0) if sent is not None else ""
        logos.remove(branding.set_logo(by=request.user, name=name))
    except Invalid as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, _("The logo is changed.") if name else _("The logo is removed."))
    return HttpResponseRedirect(reverse("manage_look"))
