"""Ticket and ticket: what one has to do with the other."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LinkKind(models.TextChoices):
    """What the first ticket of a link is to the second."""

    RELATES = "relates", pgettext_lazy("link", "Relates to")
    BLOCKS = "blocks", pgettext_lazy("link", "Blocks")
    DUPLICATES = "duplicates", pgettext_lazy("link", "Duplicates")


class LinkWord(models.TextChoices):
    """The same seen from either end: what stands before the other ticket's number."""

    RELATES = "relates", pgettext_lazy("link", "Relates to")
    BLOCKS = "blocks", pgettext_lazy("link", "Blocks")
    BLOCKED_BY = "blocked_by", pgettext_lazy("link", "Is blocked by")
    DUPLICATES = "duplicates", pgettext_lazy("link", "Duplicates")
    DUPLICATED_BY = "duplicated_by", _("Is duplicated by")

    @property
    def inverse(self) -> "LinkWord":
        """The word at the other end."""
        return _INVERSE.get(self, self)

    @property
    def is_forward(self) -> bool:
        """Whether the ticket that says it is the first of the link."""
        return self not in (LinkWord.BLOCKED_BY, LinkWord.DUPLICATED_BY)

    @property
    def kind(self) -> LinkKind:
        """The kind of link that is kept."""
        return LinkKind(self if self.is_forward else self.inverse)


_INVERSE = {
    LinkWord.BLOCKS: LinkWord.BLOCKED_BY, LinkWord.BLOCKED_BY: LinkWord.BLOCKS,
    LinkWord.DUPLICATES: LinkWord.DUPLICATED_BY, LinkWord.DUPLICATED_BY: LinkWord.DUPLICATES,
}  # fmt: skip


class Link(models.Model):
    """`ticket` blocks, duplicates or relates to `other`; what relates is kept with the older first."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="links")
    other = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="links_to_it")
    kind = models.CharField(max_length=10, choices=LinkKind)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["ticket", "other", "kind"], name="link_once"),
            models.CheckConstraint(
                condition=~models.Q(ticket=models.F("other")), name="link_to_another"
            ),
        ]

    def word_at(self, number: int) -> LinkWord:
        """How it reads on the page of the ticket with this number."""
        word = LinkWord(self.kind)
        return word if self.ticket_id == number else word.inverse
