"""Organisations whose people are clients."""

from django.db import models


class Organisation(models.Model):
    """A firm or branch; its lead sees the tickets of all its clients."""

    name = models.CharField(max_length=200, unique=True)
    note = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
