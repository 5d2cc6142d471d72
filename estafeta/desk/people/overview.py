"""Administration: everything that can be set, on one page that can be searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Department, Organisation, Person, Position, Site
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.site import SECTIONS, SiteForm
from estafeta.desk.people.tabs import tabs
from estafeta.lib.sniff import Kind
from estafeta.lib.text import fold
from estafeta.notifications.administering import health
from estafeta.notifications.models import MailSender, MessageTemplate
from estafeta.tickets.models import Priority, Topic

SECRET = ("_key", "password", "database_url")
"""Ends of names of settings whose value is never shown."""
LONGEST = 80


@dataclass(frozen=True)
class Item:
    """One thing that can be set: what it is, how it is now, and where it is changed."""

    label: str
    value: str
    href: str = ""
    hint: str = ""

    def fits(self, words: list[str], section: str) -> bool:
        """Whether it contains every word."""
        text = fold(f"{section} {self.label} {self.value} {self.hint}")
        return all(word in text for word in words)


@administrator
@require_safe
def overview(request: DeskRequest) -> HttpResponse:
    """Sections of settings; `?q=` leaves those with these words."""
    text = request.GET.get("q", "")[:200]
    words = fold(text).split()
    sections = [
        (title, found)
        for title, items in _sections()
        if (found := [item for item in items if item.fits(words, title)])
    ]
    context = {"sections": sections, "text": text}
    if is_fragment(request):
        return render(request, "desk/people/overview_list.html", context)
    return render_page(
        request, "desk/people/overview.html", {"tabs": tabs("administration"), **context}
    )


def _sections() -> list[tuple[str, list[Item]]]:
    site = Site.objects.get_or_create(pk=1)[0]
    return [
        (_("Who works here"), _people()),
        *((str(title), _settings(site, names)) for title, names in SECTIONS),
        (_("Messages"), _messages()),
        (_("Look"), _look(site)),
        (_("Kept and proved"), _kept()),
        (_("Set outside, by whoever runs the server"), _outside()),
    ]


def _people() -> list[Item]:
    everybody = Person.objects.active()
    return [
        _link(_("Staff"), "manage_people", str(everybody.staff().count())),
        Item(_("Clients"), str(everybody.clients().count()), reverse("manage_people") + "?who=clients"),
        _link(
            _("Departments"), "manage_departments", str(Department.objects.active().count()),
            _("Order, prefix, hand-over, who gets new tickets, members"),
        ),
        _link(
            _("Topics"), "manage_topics", str(Topic.objects.filter(is_active=True).count()),
            _("What they fill into a new ticket, acceptance, evidence"),
        ),
        _link(
            _("Organisations"), "manage_organisations",
            str(Organisation.objects.filter(is_active=True).count()),
        ),
        _link(_("Positions"), "manage_positions", str(Position.objects.count())),
    ]  # fmt: skip


def _settings(site: Site, names: tuple[str, ...]) -> list[Item]:
    form = SiteForm(instance=site)
    return [
        Item(
            str(form[name].label), _shown(site, name),
            f"{reverse('manage_site')}#{form[name].auto_id}", str(form[name].help_text),
        )
        for name in names
    ]  # fmt: skip


def _shown(site: Site, name: str) -> str:
    if name == "language":
        return dict(settings.LANGUAGES).get(site.language, site.language)
    if name == "refused_file_kinds":
        labels = dict(Kind.choices)
        kinds = [str(labels[kind]) for kind in site.refused_file_kinds.split() if kind in labels]
        return ", ".join(kinds) or "—"
    value = getattr(site, name)
    return "—" if value == "" else str(value)


def _messages() -> list[Item]:
    rows = [
        Item(
            str(one.channel.label), _("on") if one.is_on else _("off"),
            reverse("manage_channel", args=[one.channel.name]), ", ".join(one.missing),
        )
        for one in health.of_all()
    ]  # fmt: skip
    changed = MessageTemplate.objects.count()
    return [
        *rows,
        _link(_("Senders of departments"), "mail_senders", str(MailSender.objects.count())),
        _link(
            _("Words of messages"), "manage_templates", str(changed), _("Subject, text, templates")
        ),
    ]


def _look(site: Site) -> list[Item]:
    return [
        _link(
            pgettext("thing", "Name"), "manage_look", site.brand_name or site.organisation_name
        ),
        _link(_("Accent colour"), "manage_look", site.accent or _("our own")),
        _link(_("Logo"), "manage_look", _("yes") if site.logo else _("no")),
        _link(
            _("Priorities"), "manage_priorities",
            ", ".join(str(priority.label) for priority in reversed(Priority)),
        ),
    ]  # fmt: skip


def _kept() -> list[Item]:
    return [
        _link(_("Security"), "security", "", _("Sign-ins, rights, people, settings: who did what")),
        _link(
            _("Deleted tickets"), "deleted_tickets", "", _("Restore them, or purge them for good")
        ),
        _link(_("Seals"), "seals", "", _("One line a day over all journals")),
    ]


def _outside() -> list[Item]:
    found = []
    for name, field in type(settings.CONFIGURATION).model_fields.items():
        value: Any = getattr(settings.CONFIGURATION, name)
        shown = _hidden(value) if name.endswith(SECRET) else _value(value)
        found.append(Item(name, shown, "", _(field.description or name)))
    return found


def _hidden(value: Any) -> str:
    return _("set, not shown") if value else "—"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text[:LONGEST] or "—"


def _link(label: str, name: str, value: str, hint: str = "") -> Item:
    return Item(label, value, reverse(name), hint)
