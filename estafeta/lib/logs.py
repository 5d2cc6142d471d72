"""Where log lines go: standard error, one line each, for systemd, Docker or a terminal to keep."""

from __future__ import annotations

from typing import Any


def configuration(*, debug: bool) -> dict[str, Any]:
    """Make Django's LOGGING setting."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"}
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO" if debug else "WARNING"},
        "loggers": {
            "estafeta": {"level": "DEBUG" if debug else "INFO"},
            # A 404 or a wrong CSRF token is the visitor's affair, not the administrator's.
            "django.request": {"level": "ERROR"},
            "django.security.csrf": {"level": "ERROR"},
            # Refuses requests for foreign host names; scanners would fill the log.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
