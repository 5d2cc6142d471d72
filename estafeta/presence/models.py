"""Who is here now. Rows are leases: what nobody renews is over by itself."""

from __future__ import annotations

from django.db import models


class Place(models.Model):
    """One open page shows one place ("ticket:2417") to its reader."""

    # A page is known by its own random word, and only within the session it was opened in.
    session = models.CharField(max_length=32)
    page = models.CharField(max_length=32)
    place = models.CharField(max_length=60)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    writes_until = models.DateTimeField(null=True)
    # The page itself said so last; streams renew the lease only for a while after it.
    said_at = models.DateTimeField()
    until = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "page", "place"], name="place_once_a_page")
        ]
        indexes = [models.Index(fields=["place", "until"], name="place_is_shown")]


class Stay(models.Model):
    """Somebody's pages are open somewhere, at least until the end of the lease."""

    person = models.OneToOneField(
        "accounts.Person", models.CASCADE, primary_key=True, related_name="+"
    )
    until = models.DateTimeField(db_index=True)
    # He did something himself; pages that fetch themselves anew do not count.
    acted_at = models.DateTimeField()
