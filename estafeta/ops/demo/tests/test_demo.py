"""The demo in each language, at whatever hour it is loaded."""

import json
import stat
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from estafeta.accounts.models import ApiToken, Person, Site
from estafeta.accounts.models.api_token import digest
from estafeta.lib import clock
from estafeta.notifications.models import Progress
from estafeta.ops import demo
from estafeta.ops.demo.plots import PLOTS
from estafeta.ops.demo.present import PRESENT
from estafeta.ops.demo.texts import LANGUAGES, texts_of
from estafeta.ops.demo.worktime import WorkTime
from estafeta.tickets.models import (
    Attachment,
    Entry,
    Link,
    PendingDeadline,
    PendingHandOver,
    ReadMark,
    Tagging,
    Ticket,
)
from estafeta.tickets.proof.verify_quickly import verify_all
from estafeta.tickets.statuses import Status

WORKDAY = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 3, 1, 1, 10, tzinfo=UTC)


def quietly(line: str) -> None:
    """Progress is for people."""


@pytest.fixture(autouse=True)
def _data_of_its_own(tmp_path, settings) -> None:
    settings.DATA = tmp_path


def _everything_a_ticket_can_do_is_there() -> None:
    separately = Ticket.objects.get(is_separate=True)
    assert separately.participants.filter(finished_at__isnull=False).count() == 1
    assert separately.participants.filter(is_addressee=True, finished_at=None).count() == 2
    offered = PendingHandOver.objects.get().ticket
    assert offered.department_id in Person.objects.get(login="agent2").standing.member_of
    assert PendingDeadline.objects.count() == 2
    assert Ticket.objects.filter(evidence=["photo"], status=Status.REVIEW).exists()
    assert Tagging.objects.count() == 3
    assert Link.objects.filter(kind="blocks").exists()
    parent = Ticket.objects.filter(subtasks__isnull=False).distinct().get()
    assert sorted(parent.subtasks.values_list("status", flat=True)) == [Status.DONE, Status.NEW]
    note = Entry.objects.get(facts__has_key="mentions")
    assert [row["id"] for row in note.facts["mentions"]] == [Person.objects.get(login="agent").pk]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "now"), [("ru", WORKDAY), ("uk", SUNDAY_NIGHT), ("en", WORKDAY)]
)
def test_every_desk_is_alive_and_the_journal_is_whole(language: str, now: datetime) -> None:
    with clock.standing_at(now):
        demo.load(language=language, say=quietly)
        assert not list(verify_all())
        assert 150 <= Ticket.objects.count() <= 190
        assert not Entry.objects.filter(at__gt=now).exists()
        assert Entry.objects.order_by("pk").first().at < now.replace(day=1)
        agent = Person.objects.get(login="agent")
        assert 3 <= Ticket.objects.performed_by(agent).filter(status="in_progress").count() <= 6
        assert Ticket.objects.performed_by(agent).late().count() == 1
        free = Ticket.objects.visible_to(agent).free()
        assert free.filter(department__in=agent.standing.member_of).count() == 2
        assert Ticket.objects.filter(author=agent, status=Status.REVIEW).exists()
        _everything_a_ticket_can_do_is_there()
        for login in ("agent", "agent2", "head", "lead", "client"):
            person = Person.objects.get(login=login)
            tickets = Ticket.objects.visible_to(person)
            read = {mark.ticket_id: mark.seq for mark in ReadMark.objects.filter(person=person)}
            unread = [t for t in tickets if read.get(t.pk, 0) < t.journal_length]
            assert 0 < len(unread) < len(tickets) / 2, login
    fresh = Entry.objects.filter(pk__gt=Progress.objects.get().entry)
    assert 0 < len(fresh) < 30
    site = Site.objects.get()
    assert (site.is_demo, site.is_set_up, site.language) == (True, True, language)
    kinds = Attachment.objects.sent().values_list("kind", "width", "pages")
    drawn = {(kind, width > 0, pages) for kind, width, pages in kinds}
    assert drawn == {("picture", True, 0), ("document", True, 1)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_plot_has_its_texts(language: str) -> None:
    texts = texts_of(language)
    wanted = {plot.key for plot in PLOTS} | {live.key for live in PRESENT}
    assert set(texts.stories) == wanted
    assert set(texts.people) == set(texts_of("ru").people)
    assert set(texts.roles) == set(demo.LOGINS)
    assert {who.login for who in texts.people.values()} >= set(demo.LOGINS)


@pytest.mark.django_db
def test_tokens_are_made_once_and_kept_private(tmp_path) -> None:
    Site.objects.update(is_demo=True, language="en")
    Site.forget()
    for login in demo.LOGINS:
        Person.objects.create(login=login, name=login)
    first, second = demo.tokens(), demo.tokens()
    assert first == second
    assert set(first) == set(demo.LOGINS)
    assert ApiToken.objects.count() == len(demo.LOGINS)
    assert ApiToken.objects.get(digest=digest(first["agent"])).scope == "write"
    assert stat.S_IMODE((tmp_path / "demo_tokens.json").stat().st_mode) == 0o600
    ApiToken.objects.filter(person__login="agent").update(revoked_at=clock.now())
    assert demo.tokens()["agent"] != first["agent"]
    assert json.loads((tmp_path / "demo_tokens.json").read_text()) == demo.tokens()


def test_the_password_is_random_and_stays(tmp_path, settings) -> None:
    first = demo.password()
    assert demo.password() == first
    assert stat.S_IMODE((tmp_path / "demo_password").stat().st_mode) == 0o600
    settings.DATA = tmp_path / "another"
    settings.DATA.mkdir()
    assert demo.password() != first


@pytest.mark.parametrize(
    ("locale", "language"),
    [("uk_UA.UTF-8", "uk"), ("en_GB", "en"), ("ru_RU.UTF-8", "ru"), ("C.UTF-8", "ru"), ("", "ru")],
)
def test_the_machine_says_the_language(monkeypatch, locale: str, language: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert demo.language_of_machine() == language


def test_work_is_done_in_working_hours() -> None:
    moscow = ZoneInfo("Europe/Moscow")
    worktime = WorkTime(SUNDAY_NIGHT, moscow)
    friday_afternoon = datetime(2026, 2, 27, 16, tzinfo=moscow)
    assert worktime.later(friday_afternoon, 2) == datetime(2026, 3, 2, 9, tzinfo=moscow)
    assert worktime.ago(4) == datetime(2026, 2, 27, 15, tzinfo=moscow)
    assert worktime.ago(1.5) == SUNDAY_NIGHT.replace(hour=23, minute=40, day=28, month=2)
