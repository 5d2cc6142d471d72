"""The dictionary of positions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Position(models.Model):
    """A name that is offered for the position of a person; the card itself keeps the words."""

    name = models.CharField(
        pgettext_lazy("thing", "Name"), max_length=120, unique=True,
        error_messages={"unique": _("There is already a position of this name.")},
    )  # fmt: skip

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
