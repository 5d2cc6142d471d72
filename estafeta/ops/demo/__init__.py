"""The demo: a believable organisation and its month, made through the real verbs.

It is loaded into an empty installation in the language of the machine.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from estafeta.accounts.models import Person, Site
from estafeta.lib import clock
from estafeta.ops.demo import access
from estafeta.ops.demo.access import password
from estafeta.ops.demo.texts import LANGUAGES, Texts, texts_of

__all__ = ["is_possible", "language_of_machine", "load", "logins", "password", "tokens"]

SEED = 2417
LOGINS = ("director", "head", "agent", "agent2", "lead", "client", "admin")
FRESH = timedelta(hours=2)
READ_HOURS = 3.0


def language_of_machine() -> str:
    """The language of the user's locale; Russian where the locale says none we speak."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := os.environ.get(name):
            return locale[:2].lower() if locale[:2].lower() in LANGUAGES else "ru"
    return "ru"


def is_possible() -> bool:
    """Demo data goes only where there is nobody yet."""
    return not Person.objects.exclude(login="system").exists()


def logins() -> dict[str, str]:
    """Login -> what this person is, for the greeting; empty without demo data."""
    site = Site.current()
    if not site.is_demo:
        return {}
    return {login: texts_of(site.language).roles[login] for login in LOGINS}


def tokens() -> dict[str, str]:
    """Login -> API token."""
    return access.tokens(list(logins()))


def load(*, say: Callable[[str], object] = print, language: str = "") -> None:
    """Load people and their month, whole or not at all."""
    language = language or language_of_machine()
    texts = texts_of(language)
    say(f"Loading demo data: {texts.organisation}")
    encoded = make_password(password())
    with transaction.atomic():
        _site(texts, language)
        _play(texts, encoded, say)
    say("Demo data is loaded.")


def _site(texts: Texts, language: str) -> None:
    site = Site.objects.get(pk=1)
    site.organisation_name, site.language = texts.organisation, language
    site.time_zone, site.is_demo, site.is_set_up = texts.time_zone, True, True
    site.save()


def _play(texts: Texts, encoded: str, say: Callable[[str], object]) -> None:
    from estafeta.ops.demo import aftermath, present, questions, talks, together
    from estafeta.ops.demo.archive import archiving
    from estafeta.ops.demo.month import Month
    from estafeta.ops.demo.people import settle
    from estafeta.ops.demo.play import Player
    from estafeta.ops.demo.plots import PLOTS
    from estafeta.ops.demo.worktime import WorkTime

    site, now = Site.current(), clock.now()
    worktime = WorkTime(now, site.zone)
    month = Month(texts, worktime, random.Random(SEED))
    place = settle(texts, password=encoded)
    past = list(month.steps())
    first = sum(plot.times for plot in PLOTS)
    today = [*present.steps(month, first), *together.steps(month, first)]
    after = timedelta(days=site.archive_after_days)
    Player(place).play([*past, *today, *archiving(past, after=after, now=now)], say=say)
    readers = [person for key, person in place.people.items() if key != "system"]
    aftermath.everything_read(readers, until=worktime.ago(READ_HOURS))
    aftermath.signs(random.Random(SEED))
    aftermath.templates(place, texts)
    talks.hold(place, texts, worktime)
    questions.put(place, texts, worktime)
    aftermath.nobody_is_told_of(until=now - FRESH)
