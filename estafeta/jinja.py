"""The Jinja2 environment of every page and mail."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from jinja2 import Environment, StrictUndefined


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a named URL."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def moment(at: datetime) -> str:
    """A time in the reader's zone and language, as it reads without JavaScript."""
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend; autoescape is on, a missing variable is an error."""
    options.setdefault("undefined", StrictUndefined)
    options["auto_reload"] = settings.DEBUG
    env = Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    env.filters["moment"] = moment
    env.globals.update(static=static, url=url, get_locale=translation.get_language)
    return env
