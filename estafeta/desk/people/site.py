"""Administration: what the installation calls itself and how it behaves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from estafeta.accounts.actions.site import FIELDS, change_site
from estafeta.accounts.models import Site
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import saved
from estafeta.desk.people.tabs import tabs
from estafeta.lib import mail_server, time_zones
from estafeta.lib.sniff import Kind

SECTIONS = (
    (
        gettext_lazy("The organisation"),
        ("organisation_name", "language", "time_zone", "public_url"),
    ),
    (
        gettext_lazy("Tickets"),
        ("archive_after_days", "passes_before_notice", "silence_days", "comment_change_minutes"),
    ),
    (
        gettext_lazy("Files"),
        ("file_megabytes", "files_at_once", "file_removable_minutes", "refused_file_kinds"),
    ),
    (gettext_lazy("Journal"), ("seal_address",)),
)
"""Every field of the form, in the order of the page."""


class SiteForm(forms.ModelForm):  # type: ignore[type-arg]
    """The settings; the action checks them."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES,
        help_text=gettext_lazy("Of people who have chosen none, and of the sign-in page."),
    )  # fmt: skip
    refused_file_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of files that are not accepted"), choices=Kind.choices,
        required=False, help_text=gettext_lazy("By what is in the file, whatever its name says."),
    )  # fmt: skip

    class Meta:
        model = Site
        fields = FIELDS
        help_texts = {
            "time_zone": gettext_lazy("Type a city. Everybody may choose another one."),
            "public_url": gettext_lazy(
                "Links in mails begin with it, like https://desk.example.org"
            ),
            "archive_after_days": gettext_lazy("Counted from the end of the work."),
            "passes_before_notice": gettext_lazy("A ticket that is only passed on needs a head."),
            "silence_days": gettext_lazy("0: silence never accepts."),
            "comment_change_minutes": gettext_lazy("0: nothing that was sent can be changed."),
            "file_megabytes": gettext_lazy("Of each file."),
            "seal_address": gettext_lazy(
                "A mail a day with the sum of the whole journal, to be kept elsewhere. Empty: none."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["refused_file_kinds"] = self.instance.refused_file_kinds.split()

    def clean_refused_file_kinds(self) -> str:
        """As the row keeps it."""
        return " ".join(self.cleaned_data["refused_file_kinds"])

    def clean(self) -> dict[str, Any]:
        """The action checks the whole."""
        return self.cleaned_data

    def _post_clean(self) -> None:
        """The action fills and checks the row."""


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest) -> HttpResponse:
    """Show and save."""
    row = Site.objects.get_or_create(pk=1)[0]
    form = SiteForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_bound and saved(form, lambda values: change_site(by=request.user, **values)):
        messages.success(request, _("The settings are saved."))
        return HttpResponseRedirect(reverse("manage_site"))
    context = {
        "tabs": tabs("manage_site"), "form": form, "sections": SECTIONS,
        "refused_kinds": form["refused_file_kinds"].value() or [],
        "zones": time_zones.choices(translation.get_language()),
        "fixed_address": settings.PUBLIC_URL, "sends_mail": bool(mail_server.current().host),
        "most_megabytes": settings.UPLOAD_MEGABYTES,
    }  # fmt: skip
    return render_page(
        request, "desk/people/site.html", context, status=422 if form.is_bound else 200
    )
