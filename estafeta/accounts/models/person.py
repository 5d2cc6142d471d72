"""One entity for everybody: staff, clients, the system itself."""

from __future__ import annotations

import zoneinfo
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from estafeta.accounts.standing import Standing
from estafeta.lib.filesend import address_of
from estafeta.lib.text import fold, short_name

HUES = 12


class Theme(models.TextChoices):
    """How pages look to this person."""

    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class PopupPlace(models.TextChoices):
    """The corner in which live pop-ups appear."""

    BOTTOM_RIGHT = "bottom-right", _("Bottom right")
    BOTTOM_LEFT = "bottom-left", _("Bottom left")
    TOP_RIGHT = "top-right", _("Top right")
    TOP_LEFT = "top-left", _("Top left")


class ShownTo(models.TextChoices):
    """Who inside the organisation is shown whether this person is online; clients never are."""

    EVERYBODY = "everybody", _("Everybody inside the organisation")
    DEPARTMENTS = "departments", _("Only people of my departments")
    NOBODY = "nobody", _("Nobody")


class PersonQuerySet(models.QuerySet["Person"]):
    """Chooses people."""

    def active(self) -> PersonQuerySet:
        """People who take part today; never the system itself."""
        return self.filter(is_active=True).exclude(login="system")

    def find(self, text: str) -> PersonQuerySet:
        """People whose name, login, phone, room or mail contains every word of `text`."""
        found = self
        for word in fold(text).split()[:6]:
            found = found.filter(find_text__contains=word)
        return found

    def agents(self) -> PersonQuerySet:
        """People with a membership in some department."""
        return self.filter(pk__in=_membership().values("person"))

    def staff(self) -> PersonQuerySet:
        """Agents, directors and administrators."""
        return self.filter(_is_staff())

    def clients(self) -> PersonQuerySet:
        """Everybody who is not staff; never the system itself."""
        return self.exclude(login="system").exclude(_is_staff())

    def members_of(self, departments: list[int]) -> PersonQuerySet:
        """Active members and heads of the departments with these ids."""
        return self.active().filter(
            pk__in=_membership().filter(department__in=departments).values("person")
        )


def _is_staff() -> models.Q:
    return (
        models.Q(is_director=True)
        | models.Q(is_administrator=True)
        | models.Q(pk__in=_membership().values("person"))
    )


def _membership() -> models.QuerySet[Any]:
    from estafeta.accounts.models.department import Membership

    return Membership.objects.order_by()


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Fetches by login whatever the case of its letters."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(login__iexact=username)

    def system(self) -> Person:
        """The row as which the product itself acts."""
        found: Person = self.get(login="system")
        return found


class Person(AbstractBaseUser):
    """Somebody who asks, does or leads. A client recorded on the phone has no login yet."""

    login = models.CharField(_("Login"), max_length=150, null=True, blank=True, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Phone"), max_length=60, blank=True)
    room = models.CharField(_("Room"), max_length=60, blank=True)
    position = models.CharField(_("Position"), max_length=120, blank=True)
    contacts = models.CharField(_("Other contacts"), max_length=250, blank=True)
    photo = models.CharField(max_length=120, blank=True, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="people",
        verbose_name=_("Organisation"),
    )  # fmt: skip
    is_lead = models.BooleanField(_("Sees all tickets of the organisation"), default=False)
    is_director = models.BooleanField(_("Director: sees all tickets"), default=False)
    is_administrator = models.BooleanField(_("Administrator"), default=False)
    may_edit_clients = models.BooleanField(_("May add and edit clients"), default=True)
    may_announce = models.BooleanField(_("May send announcements"), default=False)
    may_write_knowledge = models.BooleanField(_("May write knowledge articles"), default=False)
    may_see_reports = models.BooleanField(_("May see reports"), default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(_("Language"), max_length=5, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=60, blank=True)
    theme = models.CharField(_("Theme"), max_length=5, choices=Theme, default=Theme.AUTO)
    popup_sound = models.BooleanField(_("Sound with pop-ups"), default=False)
    popup_place = models.CharField(
        _("Place of pop-ups"),
        max_length=12,
        choices=PopupPlace,
        default=PopupPlace.BOTTOM_RIGHT,
    )
    state_shown_to = models.CharField(
        _("Who sees whether I am online"), max_length=11, choices=ShownTo, default=ShownTo.EVERYBODY
    )
    list_looks = models.JSONField(default=dict, blank=True, editable=False)
    """Name of a list -> the columns and the height of rows that were chosen for it."""
    find_text = models.TextField(default="", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                Lower("login"), name="person_login_once",
                violation_error_message=_("This login is taken."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organisation"], name="person_by_organisation")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.login = self.login or None
        phone_digits = "".join(filter(str.isdigit, self.phone))
        self.find_text = fold(
            " ".join(
                [
                    self.name,
                    self.login or "",
                    self.phone,
                    phone_digits,
                    self.room,
                    self.email,
                ]
            )
        )
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "find_text"}
        super().save(*args, **kwargs)

    @cached_property
    def standing(self) -> Standing:
        """What this person is, as of the first look in this request: two queries at most."""
        return Standing.of(self)

    @property
    def is_agent(self) -> bool:
        """Staff: belongs to a department or directs; sees notes."""
        return self.standing.is_agent

    @property
    def is_system(self) -> bool:
        """The row as which the product itself acts."""
        return self.login == "system"

    @property
    def initials(self) -> str:
        """At most two letters for the avatar."""
        words = [word for word in self.name.split() if word[0].isalnum()]
        return "".join(word[0] for word in words[:2]).upper() or "?"

    @property
    def hue(self) -> int:
        """The person's own colour: a number of the palette, 0 to 11."""
        return (self.pk or 0) % HUES

    @property
    def photo_url(self) -> str:
        """Where the photo is shown; empty without one. The address is signed and stays the same."""
        return address_of(f"photos/{self.photo}") if self.photo else ""

    @property
    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The person's time zone, or None: the site's."""
        return zoneinfo.ZoneInfo(self.time_zone) if self.time_zone else None

    def get_full_name(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name where there is little room; the whole of it belongs into the title beside."""
        return short_name(self.name)

    def get_short_name(self) -> str:
        return self.short_name
