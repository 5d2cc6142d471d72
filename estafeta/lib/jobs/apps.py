"""The Django app of background work."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Owns the table of jobs."""

    name = "estafeta.lib.jobs"
    label = "jobs"
