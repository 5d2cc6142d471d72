"""What is made anew in the background after an upgrade, and how far it is."""

from django.db import models

FILE_NAMES = "file names"
"""Rows of the search index learn which of their words are names of files."""


class Renewal(models.Model):
    """Everything up to ticket `up_to` is done; there is no row where there was nothing to do."""

    name = models.CharField(max_length=40, unique=True)
    up_to = models.BigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
