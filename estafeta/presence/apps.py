"""The Django app of presence."""

from django.apps import AppConfig


class PresenceConfig(AppConfig):
    """Owns who is signed in now, and which place each open page shows."""

    name = "estafeta.presence"
