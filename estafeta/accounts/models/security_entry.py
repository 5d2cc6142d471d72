"""The security trail: append-only, chained by hashes; sign-ins, rights, people, settings, tokens."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What happened; the part before the dot is the group that the page filters by."""

    SIGNED_IN = "sign_in.done", _("Signed in")
    SIGN_IN_FAILED = "sign_in.failed", _("Sign-in failed")
    SIGNED_OUT = "sign_in.ended", _("Signed out")
    SESSIONS_ENDED = "sign_in.revoked", _("Sessions ended")
    LINK_SENT = "password.link_sent", _("Link to set a password sent")
    PASSWORD_RESET = "password.reset", _("Password set by link")
    PASSWORD_CHANGED = "password.changed", _("Password changed")
    PERSON_CREATED = "people.created", _("Person added")
    PERSON_CHANGED = "people.changed", _("Person changed")
    PERSON_DEACTIVATED = "people.deactivated", _("Person switched off")
    PERSON_REACTIVATED = "people.reactivated", _("Person switched on again")
    PERSON_DELETED = "people.deleted", _("Person deleted")
    ABSENCE_SET = "people.absence_set", _("Absence entered")
    ABSENCE_CHANGED = "people.absence_changed", _("Absence changed")
    ABSENCE_REMOVED = "people.absence_removed", _("Absence removed")
    ADDRESS_ADDED = "people.address_added", _("Address for messages added")
    ADDRESS_REMOVED = "people.address_removed", _("Address for messages removed")
    RIGHTS_CHANGED = "rights.changed", _("Rights changed")
    MEMBERSHIPS_CHANGED = "rights.memberships", _("Departments of a person changed")
    DEPARTMENT_CREATED = "structure.department_created", _("Department added")
    DEPARTMENT_CHANGED = "structure.department_changed", _("Department changed")
    DEPARTMENT_MERGED = "structure.department_merged", _("Department merged")
    DEPARTMENT_DELETED = "structure.department_deleted", _("Department deleted")
    ORGANISATION_CREATED = "structure.organisation_created", _("Organisation added")
    ORGANISATION_CHANGED = "structure.organisation_changed", _("Organisation changed")
    ORGANISATION_DELETED = "structure.organisation_deleted", _("Organisation deleted")
    TOPIC_CREATED = "structure.topic_created", _("Topic added")
    TOPIC_CHANGED = "structure.topic_changed", _("Topic changed")
    TOPIC_DELETED = "structure.topic_deleted", _("Topic deleted")
    POSITION_CREATED = "structure.position_created", _("Position added")
    POSITION_CHANGED = "structure.position_changed", _("Position renamed")
    POSITION_DELETED = "structure.position_deleted", _("Position deleted")
    TICKET_PURGED = "structure.ticket_purged", _("Ticket removed for good")
    SET_UP = "settings.set_up", _("Installation set up")
    SETTINGS_CHANGED = "settings.changed", _("Settings changed")
    WEBHOOK_CHANGED = "settings.webhook", _("Webhook changed")
    TOKEN_MADE = "tokens.made", _("API token made")
    TOKEN_REVOKED = "tokens.revoked", _("API token revoked")
    ANNOUNCED = "announcements.sent", _("Announcement sent")
    ANNOUNCEMENT_CHANGED = "announcements.changed", _("Announcement changed")
    ANNOUNCEMENT_WITHDRAWN = "announcements.withdrawn", _("Announcement withdrawn")


class Group(models.TextChoices):
    """What entries are filtered by."""

    SIGN_IN = "sign_in", _("Sign-ins")
    PASSWORD = "password", _("Passwords")
    PEOPLE = "people", _("People")
    RIGHTS = "rights", _("Rights")
    STRUCTURE = "structure", _("Structure")
    SETTINGS = "settings", _("Settings")
    TOKENS = "tokens", _("API tokens")
    ANNOUNCEMENTS = "announcements", _("Announcements")


class SecurityEntryQuerySet(models.QuerySet["SecurityEntry"]):
    """Chooses entries; refuses to change them, as the database does."""

    def of_group(self, group: str) -> SecurityEntryQuerySet:
        """Entries of one group of kinds."""
        return self.filter(kind__startswith=f"{group}.")

    def concerning(self, person: object) -> SecurityEntryQuerySet:
        """What the person did and what was done to him."""
        return self.filter(models.Q(actor=person) | models.Q(about=person))

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("security entries are never changed")

    def delete(self) -> NoReturn:
        raise TypeError("security entries are never deleted")


class SecurityEntry(models.Model):
    """Who did what to whom, from which address; `facts` hold the names of that time.

    People are kept by id without a foreign key: an entry outlives a person who had no history
    and was deleted.
    """

    seq = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=40, choices=Kind)
    actor = models.ForeignKey(
        "accounts.Person", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    about = models.ForeignKey(
        "accounts.Person", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    address = models.CharField(max_length=45)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = SecurityEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-seq",)
        indexes = [
            models.Index(fields=["kind", "-seq"], name="security_by_kind"),
            models.Index(fields=["actor", "-seq"], name="security_by_actor"),
            models.Index(fields=["about", "-seq"], name="security_by_about"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("security entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("security entries are never deleted")

    @property
    def group(self) -> str:
        """The part of the kind before the dot."""
        return self.kind.partition(".")[0]


class SecurityChain(models.Model):
    """Length and head of the trail: one row, locked by whoever appends."""

    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True, default="")
