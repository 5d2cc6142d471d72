"""The Django app of talks."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Owns rooms and what is said in them."""

    name = "estafeta.chat"
