"""Whose turn it is where everybody gets new tickets in turn."""

from django.db import models
from django.db.models import Q


class Turn(models.Model):
    """The last who got a ticket, of a topic with a rule of its own, or of a department."""

    topic = models.OneToOneField("tickets.Topic", models.CASCADE, null=True, related_name="+")
    department = models.OneToOneField(
        "accounts.Department", models.CASCADE, null=True, related_name="+"
    )
    last = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__isnull=True) ^ Q(department__isnull=True),
                name="turn_of_a_topic_or_a_department",
            )
        ]
