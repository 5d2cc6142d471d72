"""The Jinja2 environments of every page and mail, one a language."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import lru_cache, partial
from typing import Any

import jinja2
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.backends import jinja2 as django_jinja2
from django.templatetags import static as django_static
from django.utils import timezone, translation
from django.utils.formats import date_format
from markupsafe import Markup

from estafeta.lib.addresses import address_of
from estafeta.lib.folding import FoldingEnvironment


@lru_cache(maxsize=500)
def static(path: str) -> str:
    """Where a style, script or picture of ours lies; the folder has one version as long as we run."""
    return django_static.static(path)


def moment(at: datetime) -> str:
    """A time in the reader's zone and language, as it reads without JavaScript."""
    return _written(at, timezone.get_current_timezone(), translation.get_language())


@lru_cache(maxsize=10_000)
def _written(at: datetime, zone: tzinfo, language: str | None) -> str:
    return date_format(at.astimezone(zone), "SHORT_DATETIME_FORMAT")


@lru_cache(maxsize=500)
def icon(name: str, class_: str = "") -> Markup:
    """One symbol of the sprite; the text beside it says what it means."""
    return Markup(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
    ).format(f" {class_}" if class_ else "", static("icons/sprite.svg"), name)


@lru_cache(maxsize=1000)
def _translated(language: str, words: str) -> str:
    with translation.override(language):
        return translation.gettext(words)


def upload_limits() -> tuple[int, int]:
    """Bytes of one file and files at once, told to the browser so that nobody waits for a refusal."""
    from estafeta.files import intake

    return intake.most_bytes(), intake.most_files()


def brand() -> Any:
    """Name, logo and colours of the installation."""
    from estafeta.accounts import brand as branding

    return branding.brand()


def app_icon(size: int, purpose: str) -> str:
    """The picture on a home screen."""
    from estafeta.accounts import brand as branding

    return branding.app_icon(size, purpose)


def tint(priority: int) -> str:
    """The colour of a priority, where administrators chose one."""
    from estafeta.accounts import brand as branding

    return branding.tint_of(priority)


def environment(*, language: str = settings.LANGUAGE_CODE, **options: Any) -> jinja2.Environment:
    """The environment of one language; autoescape is on, a missing variable is an error."""
    options.setdefault("autoescape", True)
    # Django's backend names a forgiving one, which would hide mistakes from tests in one language.
    options["undefined"] = jinja2.StrictUndefined
    options["auto_reload"] = settings.DEBUG
    env = FoldingEnvironment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    env.translate = partial(_translated, language)
    env.pure = {"static": static, "url": address_of, "icon": icon, "get_locale": lambda: language}
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=env.translate,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    env.filters["moment"] = moment
    env.globals.update(
        env.pure, icon_markup=icon, upload_limits=upload_limits, brand=brand, tint=tint,
        app_icon=app_icon,
    )  # fmt: skip
    return env


class Jinja2(django_jinja2.Jinja2):
    """Django's backend, with the environment of the language that is active."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._environments = {settings.LANGUAGE_CODE: self.env}

    def get_template(self, template_name: str) -> Any:
        """The template in the language of whoever reads it."""
        try:
            return django_jinja2.Template(self.spoken_now().get_template(template_name), self)
        except jinja2.TemplateNotFound as missing:
            raise TemplateDoesNotExist(str(missing.name), backend=self) from missing

    def from_string(self, template_code: str) -> Any:
        """The same for a template that lies in no file."""
        return django_jinja2.Template(self.spoken_now().from_string(template_code), self)

    def spoken_now(self) -> jinja2.Environment:
        """The environment of the active language."""
        language = translation.get_language() or settings.LANGUAGE_CODE
        if language not in self._environments:
            self._environments[language] = environment(
                language=language, loader=self.env.loader, autoescape=True
            )
        return self._environments[language]
