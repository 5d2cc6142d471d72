"""The room of people and departments."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the room for Django."""

    name = "estafeta.accounts"
