"""Every address for everybody: the table `access_matrix.txt` says who gets which status.

A new address without a row fails, and so does a row without an address. When a change is meant, the
failure prints the rows as they are now: read them as a stranger would before putting them there.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from estafeta.accounts.actions.announcements import announce
from estafeta.accounts.models import ApiToken, Person, Position, Site
from estafeta.api import door
from estafeta.chat.operators import handling
from estafeta.chat.operators.tests.talking import asked
from estafeta.lib import rate
from estafeta.notifications.models import Address
from estafeta.notifications.webhooks import changing
from estafeta.notifications.webhooks.changing import Wanted
from estafeta.tickets import actions
from estafeta.tickets.conversation import answer_templates
from estafeta.tickets.conversation.answer_templates import OWN
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.lists import saved_views
from estafeta.tickets.models import Comment, SavedView, Topic
from estafeta.tickets.proof.storyfile import pdf
from estafeta.tickets.verbs import BY_SYSTEM, Verb
from tests import files
from tests.cast import Cast
from tests.orders import order
from tests.program import Program

TABLE = Path(__file__).with_name("access_matrix.txt")
COLUMNS = (
    "nobody", "director", "head", "agent", "agent_b", "network_agent", "agent2", "client", "lead",
    "stranger", "admin",
)  # fmt: skip
METHODS = ("GET", "POST")
VERB = "<verb:verb>"
NO_PAGE = {Verb.OPEN, Verb.RESTORE, *BY_SYSTEM}
NEEDED: dict[str, dict[str, Any]] = {
    "hand_over": {"reason": "Потому что"},
    "wait": {"wait_for": "part"},
    "return_to_work": {"reason": "Потому что"},
    "reopen": {"reason": "Потому что"},
    "cancel": {"reason": "Потому что"},
    "reply": {"text": "Слово"},
    "note": {"text": "Слово"},
    "edit": {"title": "Иначе"},
    "edit_comment": {"text": "Иначе"},
    "comments/<int:comment>/react": {"sign": "thanks"},
    "comments/<int:comment>/sign": {"sign": "thanks"},
    "draft": {"text": "Слово"},
    "set_priority": {"priority": "urgent"},
    "set_deadline": {"deadline": "2099-01-01T10:00:00Z"},
    "decline_hand_over": {"reason": "Потому что"},
    "propose_deadline": {"deadline": "2099-01-01T10:00:00Z", "reason": "Потому что"},
    "answer_deadline": {"agree": True},
    "add_subtask": {"title": "Часть"},
    "delete": {"reason": "Потому что"},
}


def _addresses(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _addresses(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield from _spelled_out(route)


def _spelled_out(route: str) -> Iterator[str]:
    if VERB in route:
        yield from (route.replace(VERB, verb) for verb in Verb if verb not in NO_PAGE)
    else:
        yield "/" + route


def addresses() -> list[str]:
    """Every address of the product, each verb's written out; development's own left out."""
    found = dict.fromkeys(address if address.startswith("/") else f"/{address}"
                          for address in _addresses(get_resolver().url_patterns))  # fmt: skip
    return [address for address in found if not address.startswith("/styleguide")]


def _table() -> dict[tuple[str, str], list[str]]:
    rows = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            method, address, *statuses = line.split()
            rows[method, address] = statuses
    return rows


class Visit:
    """A cast with one ticket of Clara's that Anna works on, and who comes to see it."""

    def __init__(self, cast: Cast) -> None:
        Site.objects.update_or_create(pk=1, defaults={"is_set_up": True, "language": "en"})
        Site.forget()
        self.cast = cast
        self.ticket = order(cast, by=cast.client)
        actions.take(self.ticket, by=cast.agent)
        entry = actions.reply(self.ticket, by=cast.client, text="Когда?")
        self.comment = entry.comment or Comment()
        self.template = answer_templates.save(by=cast.agent, title="Имя", text="Слова", place=OWN)
        self.position = Position.objects.create(name="Бухгалтер")
        self.other = order(cast, by=cast.client)
        self.deleted = order(cast, by=cast.client)
        actions.delete(self.deleted, by=cast.admin, reason="Потому что")
        self.topic = Topic.objects.create(name="1С", department=cast.it)
        self.announcement = announce(by=cast.admin, text="Слушайте")
        paper = keep_draft(io.BytesIO(files.PDF), "act.pdf", by=cast.agent)
        actions.attach(self.ticket, by=cast.agent, files=[paper.pk])
        self.file = paper.pk
        self.address = Address(channel="mail", label="Anna", created_at=timezone.now())
        self.address.person, self.address.value = cast.agent, "anna@example.org"
        self.address.save()
        hook = Wanted("CRM", "https://crm.example.org/", [], [], with_notes=False)
        self.webhook = changing.make(hook, by=cast.admin)[0].pk
        self.view = saved_views.save(
            SavedView(list="inbox"),
            by=cast.agent,
            name="Мои",
            departments=[cast.it.pk],
            in_menu=True,
        )
        self.draft = keep_draft(io.BytesIO(b"text"), "act.txt", by=cast.agent).pk
        # Clara's talk with IT, which Anna has accepted.
        talk = asked(cast.client, cast.it)
        handling.accept(talk, by=cast.agent)
        self.room, self.message = talk.pk, talk.messages.written()[0].pk
        # What their tokens may do hides nothing of what they themselves may do.
        self.programs = {who: Program.of(one, "admin") for who, one in cast.everybody().items()}
        self.sessions = {who: self._session(one) for who, one in cast.everybody().items()}

    def _session(self, person: Person) -> str:
        browser = Client()
        browser.force_login(person, backend=django_settings.AUTHENTICATION_BACKENDS[0])
        return browser.cookies[django_settings.SESSION_COOKIE_NAME].value

    def path(self, address: str) -> str:
        """The address with the ids of this world."""
        number = self.ticket.pk
        for part, value in (
            ("/clients/", self.cast.client.pk),
            ("/administration/people/", self.cast.agent_b.pk),
            ("/administration/departments/", self.cast.accounting.pk),
            ("/administration/organisations/", self.cast.beta.pk),
            ("/administration/topics/", self.topic.pk),
            ("/administration/deleted/", self.deleted.pk),
            ("/administration/webhooks/", self.webhook),
            ("/administration/positions/", self.position.pk),
            ("/departments/", self.cast.it.pk),
            ("/answers/", self.template.pk),
            ("/views/", self.view.pk),
            ("/api/v1/views/", self.view.pk),
            ("/api/v1/administration/people/", self.cast.agent_b.pk),
            ("/api/v1/administration/departments/", self.cast.accounting.pk),
            ("/api/v1/administration/organisations/", self.cast.beta.pk),
            ("/api/v1/administration/topics/", self.topic.pk),
            ("/api/v1/administration/deleted-tickets/", self.deleted.pk),
            ("/api/v1/administration/positions/", self.position.pk),
            ("/api/v1/administration/webhooks/", self.webhook),
            ("/api/v1/files/", self.file),
            ("/announcements/", self.announcement.pk),
            ("/profile/tokens/", ApiToken.objects.get(person=self.cast.agent2).pk),
        ):
            if address.startswith(part):
                number = value
        return (
            address.replace("<int:number>", str(number))
            .replace("<int:pk>", str(self.cast.it.pk))
            .replace("<int:person>", str(self.cast.client.pk))
            .replace("<int:absence>", "1")
            .replace("<int:announcement>", str(self.announcement.pk))
            .replace("<int:room>", str(self.room))
            .replace("<int:message>", str(self.message))
            .replace("<int:comment>", str(self.comment.pk))
            .replace("<int:template>", str(self.template.pk))
            .replace("<int:address>", str(self.address.pk))
            .replace("<act>", "off")
            .replace("<int:file>", str(self.file))
            .replace("<int:page>", "1")
            .replace("<slug:purpose>", "any")
            .replace("<int:size>", "192")
            .replace("<slug:size>", "small")
            .replace("<str:name>", "act.pdf")
            .replace("<str:key>", "1-x-y")
            .replace("<slug:colour>", "2f5bea")
            .replace("<slug:list_name>", "inbox")
            .replace("<slug:verb_name>", "take")
            .replace("<slug:what>", "deactivate")
            .replace("<slug:channel>", "mail")
            .replace("<str:event>", "offered")
            .replace("<slug:language>", "en")
            .replace("<str:token>", "1-x-y")
        )

    def _form(self, address: str) -> dict[str, Any]:
        """For a verb what it needs, so that the answer is about the person; else nothing."""
        verb = address.rpartition("/tickets/<int:number>/")[2]
        needed = NEEDED.get(verb, {})
        if verb in ("edit_comment", "delete_comment"):
            needed = {**needed, "comment": self.comment.pk}
        if verb in ("link", "unlink", "merge", "make_subtask", "detach_subtask"):
            needed = {"other": self.other.pk}
        if verb in ("link", "unlink"):
            needed["kind" if address.startswith("/api/") else "word"] = "relates"
        if verb == "adopt":
            needed = {"parts": self.other.pk}
        if verb == "tag":
            needed = {"add": ["слово"]} if address.startswith("/api/") else {"tags": ["слово"]}
        if verb == "split":
            needed = {"comment": self.comment.pk, "title": "Отдельно"}
        if verb == "attach":
            needed = {"files": [self.draft]}
        if verb == "remove_file":
            needed = {"file": self.file}
        if address.startswith("/api/v1/answer-templates"):
            needed = {"title": "Имя", "text": "Слова"}
        if verb in ("assign", "hand_over"):
            needed = {**needed, "people": [self.cast.agent_b.pk]}
        if self.path(address) in (*door.FILES, *door.PICTURES):
            return {"data": encode_multipart(BOUNDARY, {}), "content_type": MULTIPART_CONTENT}
        if address.startswith("/api/"):
            return {"data": json.dumps(needed), "content_type": "application/json"}
        if "priority" in needed:
            needed = {"priority": 4}
        if "deadline" in needed:
            needed = {"deadline": "2099-01-01T10:00"}
        form = urlencode({**needed, "seen": self.ticket.journal_length}, doseq=True)
        return {"data": form, "content_type": "application/x-www-form-urlencoded"}

    def status(self, method: str, address: str, who: str) -> int:
        """What this one gets; whatever it changes is undone."""
        browser = Client(raise_request_exception=False)
        headers = {}
        if who != "nobody" and address.startswith("/api/"):
            headers["Authorization"] = f"Bearer {self.programs[who].token}"
        elif who != "nobody":
            browser.cookies[django_settings.SESSION_COOKIE_NAME] = self.sessions[who]
        sent: dict[str, Any] = {"headers": headers}
        if method == "POST":
            sent |= self._form(address)
        with transaction.atomic():
            answer = browser.generic(method, self.path(address), **sent)
            transaction.set_rollback(True)
        Site.forget()
        return int(answer.status_code)

    def row(self, method: str, address: str) -> list[str]:
        """For everybody, in the order of the columns."""
        return [str(self.status(method, address, who)) for who in COLUMNS]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_everybody_gets_what_the_table_says(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who gets a PDF is the question here, and making one takes a second.
    monkeypatch.setattr(pdf, "printed", lambda _story: b"%PDF")
    settings.API_REQUESTS_PER_MINUTE = 0
    rate.forget()
    visit, table = Visit(cast), _table()
    wrong = []
    for address in addresses():
        for method in METHODS:
            found = visit.row(method, address)
            if table.get((method, address)) != found:
                wrong.append(f"{method:4} {address:60} {'  '.join(found)}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_table_has_a_row_for_every_address_and_for_nothing_else() -> None:
    expected = {(method, address) for address in addresses() for method in METHODS}
    written = set(_table())
    assert expected - written == set(), "addresses without a row"
    assert written - expected == set(), "rows without an address"


def test_nobody_meets_a_server_error_and_strangers_meet_nothing_of_others() -> None:
    place = {who: number for number, who in enumerate(COLUMNS)}
    for (method, address), statuses in _table().items():
        assert len(statuses) == len(COLUMNS), address
        assert "500" not in statuses, address
        if address.startswith("/tickets/<int:number>"):
            for who in ("network_agent", "agent2", "stranger", "admin"):
                assert statuses[place[who]] in ("404", "405"), (method, address, who)
        if address.startswith("/administration"):
            for who in COLUMNS[:-1]:
                assert statuses[place[who]] in ("302", "404"), (method, address, who)
        if address.startswith("/api/v1/administration"):
            for who in COLUMNS[:-1]:
                assert statuses[place[who]] in ("401", "403", "405"), (method, address, who)
