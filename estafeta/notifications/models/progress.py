"""How far the journal has been read; entries themselves are never changed, so it stands here."""

from django.db import models


class Progress(models.Model):
    """Everything up to this entry has been told to whom it concerns. One row."""

    entry = models.PositiveBigIntegerField(default=0)
