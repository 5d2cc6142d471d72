"""The notifications room, as Django wants to know it."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notifications, and what is sent to people."""

    name = "estafeta.notifications"
