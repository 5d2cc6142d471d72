"""The settings that administrators change on a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action, check, fill
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person, Site
from estafeta.accounts.models.security_entry import Kind

FIELDS = (
    "organisation_name", "language", "time_zone", "public_url", "archive_after_days",
    "passes_before_notice", "silence_days", "comment_change_minutes", "file_megabytes",
    "files_at_once", "file_removable_minutes", "refused_file_kinds", "seal_address",
)  # fmt: skip

LIMITS = {
    "archive_after_days": (0, 3650), "passes_before_notice": (1, 1000), "silence_days": (0, 365),
    "comment_change_minutes": (0, 1440), "file_megabytes": (1, 2000), "files_at_once": (1, 1000),
    "file_removable_minutes": (0, 525_600),
}  # fmt: skip
"""Numbers that make sense."""


@action
def change_site(*, by: Person, **values: Any) -> list[str]:
    """Change some settings; gives the names of those that changed."""
    permissions.require(permissions.administers(by))
    site = Site.objects.select_for_update().get_or_create(pk=1)[0]
    changes = apply(site, values)
    if changes:
        site.save(update_fields=list(changes))
        security.record(Kind.SETTINGS_CHANGED, by=by, changes=changes)
    return list(changes)


def apply(site: Site, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Set and check the values on the row; gives what changed."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"not a setting: {', '.join(sorted(unknown))}")
    if "public_url" in values:
        values = {**values, "public_url": an_address(values["public_url"])}
    changes = fill(site, values)
    errors: dict[str, list[str]] = {}
    if not site.organisation_name:
        errors["organisation_name"] = [_("Say how your organisation is called.")]
    if site.language not in dict(settings.LANGUAGES):
        errors["language"] = [_("Choose a language.")]
    if site.time_zone not in available_timezones():
        errors["time_zone"] = [_("There is no such time zone.")]
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(site, name) <= most:
            errors[name] = [
                _("Choose from %(least)s to %(most)s.") % {"least": least, "most": most}
            ]
    if errors:
        raise Invalid(errors)
    check(site)
    return changes


def an_address(text: str) -> str:
    """`https://desk.example.org` or nothing; without a path and a slash at the end."""
    text = text.strip().rstrip("/")
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or parts.username or parts.path or parts.query or parts.fragment:
        raise Invalid.at("public_url", _("Write the address like this: https://desk.example.org"))
    return text
