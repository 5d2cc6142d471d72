"""Requests that made something: the same one sent again makes nothing more."""

from django.db import models


class Receipt(models.Model):
    """A key chosen by the sender, what was sent with it (as a digest), and the id of what it made."""

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    made = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="receipt_once_a_key")]
