"""Load before the fork what every process would load for itself: loaded once, it is shared.

It also keeps the children from loading much later, for that fills gaps in shared pages, and a page
that is written to is shared no more.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from importlib import import_module
from tempfile import TemporaryDirectory

from django.conf import settings
from django.template import engines
from django.urls import get_resolver, reverse
from django.utils import translation
from django.utils.module_loading import import_string
from jinja2 import Environment, FileSystemBytecodeCache, TemplateSyntaxError

from estafeta.jinja import Jinja2
from estafeta.ops.worker import STEPS

log = logging.getLogger(__name__)

LOADED_WHEN_FIRST_USED = (
    "django.contrib.messages.storage.fallback",
    "django.contrib.sessions.backends.db",
    "django.contrib.sessions.serializers",
    "django.core.mail.backends.smtp",
    "django.db.models.sql.compiler",
    "estafeta.asgi",
    "estafeta.lib.jobs.runner",
    "granian.server.mp",
    "uvloop",
)


def preload() -> None:
    """Import the application and read addresses and translations."""
    for name in LOADED_WHEN_FIRST_USED:
        import_module(name)
    for path in STEPS:
        import_string(path)
    _ = get_resolver().url_patterns
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Yes")


def preload_pages(language: str) -> None:
    """Load the templates, and addresses by their names, as most readers here will want them."""
    with translation.override(language):
        reverse("dashboard")
        for engine in engines.all():
            if isinstance(engine, Jinja2):
                _compile(engine.spoken_now())


def _compile(environment: Environment) -> None:
    """A child compiles and leaves the code in files, for compiling takes more memory than the code."""
    with TemporaryDirectory(prefix="estafeta-templates-") as folder:
        environment.bytecode_cache = FileSystemBytecodeCache(folder)
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                _load_templates(environment)
            os._exit(0)
        os.waitpid(child, 0)
        _load_templates(environment)
        environment.bytecode_cache = None


def _load_templates(environment: Environment) -> None:
    for name in environment.list_templates(extensions=("html", "txt")):
        try:
            environment.get_template(name)
        except TemplateSyntaxError:
            # The page that needs it says so; the others work.
            log.exception("Template %s is broken", name)
