"""How far the journal and the chat have been read; their rows are never changed, so it stands here."""

from django.db import models


class Progress(models.Model):
    """Everything up to this entry has been told to whom it concerns. One row."""

    entry = models.PositiveBigIntegerField(default=0)
    change = models.PositiveBigIntegerField(default=0)
    """The same of the changes of the chat."""
    purge = models.PositiveBigIntegerField(default=0)
    """Up to this protocol other systems know which tickets were removed for good."""
