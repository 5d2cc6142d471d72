"""How the installation shows itself on every page, the sign-in page among them."""

from __future__ import annotations

from dataclasses import dataclass

from django.templatetags.static import static

from estafeta.accounts.models import Site
from estafeta.lib.filesend import address_of

PRODUCT = "Estafeta"


@dataclass(frozen=True)
class Brand:
    """Name, address of the logo, address of the style sheet with its colour; each may be empty."""

    name: str = PRODUCT
    logo: str = ""
    sheet: str = ""


def brand() -> Brand:
    """From the row that was read last; asks nothing, for a page may tell of a broken database."""
    site = Site.known()
    if site is None:
        return Brand()
    kept: Brand | None = site.__dict__.get("brand")
    if kept is None:
        kept = site.__dict__["brand"] = Brand(
            name=site.brand_name or site.organisation_name or PRODUCT,
            logo=logo_of(site),
            sheet=f"/brand/{site.accent[1:]}.css" if site.accent else "",
        )
    return kept


def logo_of(site: Site) -> str:
    """The address of the logo that this row names; empty: none."""
    return address_of(f"brand/{site.logo}") if site.logo else ""


def app_icon(size: int, purpose: str) -> str:
    """Where the picture for a home screen lies; that of a logo names the logo, and may be kept for ever."""
    site = Site.known()
    if site is None or not site.logo:
        # Ours fills the square with its ground: it may be cut into any shape.
        return static(f"icons/app-{size}.png")
    return f"/app-icon/{purpose}/{size}/{site.logo}"


def tint_of(priority: int) -> str:
    """The colour that administrators gave to a priority, by its name; empty for our own."""
    site = Site.known()
    return str(site.priority_looks.get(str(priority), {}).get("colour", "")) if site else ""
