"""The Django app of tickets."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """Owns tickets, their comments and their journal."""

    name = "estafeta.tickets"
