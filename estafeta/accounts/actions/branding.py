"""How the installation shows itself: name, logo, colour, and what it calls the priorities."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action, fill
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person, Site
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib import colours
from estafeta.lib.text import one_line

TINTS = ("", "grey", "blue", "green", "amber", "red", "violet")
"""Colours that can be read in both themes; nothing: our own."""
LONGEST_NAME = 40
Looks = dict[str, dict[str, Any]]


@action
def change_brand(*, by: Person, name: str, accent: str) -> list[str]:
    """Another name and colour; empty: the organisation's name, the product's colour."""
    permissions.require(permissions.administers(by))
    accent = accent.strip().lower()
    if accent and not colours.is_colour(accent):
        raise Invalid.at("accent", _("Write a colour like this: #2457c5"))
    if len(one_line(name)) > LONGEST_NAME:
        raise Invalid.at("name", _("At most 40 characters fit."))
    return _change(by, {"brand_name": name, "accent": accent})


@action
def set_logo(*, by: Person, name: str) -> str:
    """Point to another logo, or to none with an empty name; gives the name of the old one."""
    permissions.require(permissions.administers(by))
    before = Site.objects.select_for_update().get_or_create(pk=1)[0].logo
    _change(by, {"logo": name})
    return before


@action
def change_priorities(*, by: Person, looks: Looks) -> list[str]:
    """Names in each language and a colour for each value; empty ones are the product's own."""
    permissions.require(permissions.administers(by))
    site = Site.objects.select_for_update().get_or_create(pk=1)[0]
    wanted = {value: _checked(value, look) for value, look in looks.items()}
    changes = {}
    for value, look in wanted.items():
        before = site.priority_looks.get(value, {})
        for code in ("", *dict(settings.LANGUAGES)):
            pair = [_part(before, code), _part(look, code)]
            if pair[0] != pair[1]:
                changes[f"priority.{value}.{code or 'colour'}"] = pair
    _refuse_same_names(wanted)
    if changes:
        site.priority_looks = {value: look for value, look in wanted.items() if look}
        site.save(update_fields=["priority_looks"])
        security.record(Kind.SETTINGS_CHANGED, by=by, changes=changes)
    return list(changes)


def _part(look: dict[str, Any], code: str) -> str:
    found = look.get("names", {}).get(code, "") if code else look.get("colour", "")
    return str(found)


def _checked(value: str, look: dict[str, Any]) -> dict[str, Any]:
    names = {
        code: one_line(text) for code, text in look.get("names", {}).items()
        if code in dict(settings.LANGUAGES) and one_line(text)
    }  # fmt: skip
    for code, name in names.items():
        if len(name) > LONGEST_NAME:
            raise Invalid.at(f"{value}-{code}", _("At most 40 characters fit."))
    colour = look.get("colour", "")
    if colour not in TINTS:
        raise Invalid.at(f"{value}-colour", _("Choose from the list."))
    return {**({"names": names} if names else {}), **({"colour": colour} if colour else {})}


def _refuse_same_names(looks: Looks) -> None:
    for code in dict(settings.LANGUAGES):
        seen: set[str] = set()
        for value, look in looks.items():
            name = look.get("names", {}).get(code, "").casefold()
            if name and name in seen:
                raise Invalid.at(f"{value}-{code}", _("Two priorities cannot have the same name."))
            seen.add(name)


def _change(by: Person, values: dict[str, Any]) -> list[str]:
    site = Site.objects.select_for_update().get_or_create(pk=1)[0]
    changes = fill(site, values)
    if changes:
        site.save(update_fields=list(changes))
        if "logo" in changes:
            changes["logo"] = [bool(part) for part in changes["logo"]]
        security.record(Kind.SETTINGS_CHANGED, by=by, changes=changes)
    return list(changes)
