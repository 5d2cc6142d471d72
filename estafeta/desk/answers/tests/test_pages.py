"""The pages of answer templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from estafeta.accounts.models import Person
from estafeta.tickets.conversation import answer_templates
from estafeta.tickets.conversation.answer_templates import EVERYBODYS, OWN, Place
from estafeta.tickets.models import AnswerTemplate
from tests.cast import Cast
from tests.naughty import NAUGHTY

At = Callable[[Person], Client]


def html(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_agent_writes_changes_and_deletes_his_own(cast: Cast, at: At) -> None:
    browser = at(cast.agent)
    assert "No templates yet" in html(browser.get("/answers"))
    sent = {"title": "Ждём деталь", "text": "{requester}, деталь едет.", "place": "own"}
    assert browser.post("/answers/new", sent).status_code == 302
    row = AnswerTemplate.objects.get()
    assert row.owner == cast.agent
    listed = html(browser.get("/answers"))
    assert "Ждём деталь" in listed
    assert "For me alone" in listed
    browser.post(f"/answers/{row.pk}", sent | {"title": "Деталь"})
    assert AnswerTemplate.objects.get().title == "Деталь"
    assert browser.post(f"/answers/{row.pk}/delete").status_code == 302
    assert not AnswerTemplate.objects.exists()


def test_what_is_wrong_stands_beside_its_field_with_what_was_typed(cast: Cast, at: At) -> None:
    browser = at(cast.agent)
    for sent, words in (
        ({"title": "", "text": "Слова", "place": "own"}, "Слова"),
        ({"title": "Имя", "text": "", "place": "own"}, "Write something first."),
        ({"title": "Имя", "text": "{requestr}", "place": "own"}, "{requestr}"),
        ({"title": "Имя", "text": "x", "place": "all"}, "Имя"),
        ({"title": "Имя", "text": "x", "place": str(cast.accounting.pk)}, "Имя"),
        ({}, "Filled in from the ticket"),
    ):
        answer = browser.post("/answers/new", sent)
        assert answer.status_code == 422
        assert words in html(answer)
    assert not AnswerTemplate.objects.exists()


def test_a_head_keeps_those_of_his_department_and_members_only_use_them(cast: Cast, at: At) -> None:
    sent = {"title": "Отдел", "text": "Слова", "place": str(cast.it.pk)}
    at(cast.head).post("/answers/new", sent)
    row = AnswerTemplate.objects.get()
    assert row.department == cast.it
    assert "Отдел" in html(at(cast.agent).get("/answers"))
    for person in (cast.agent, cast.agent2, cast.director):
        assert at(person).get(f"/answers/{row.pk}").status_code == 404
        assert at(person).post(f"/answers/{row.pk}/delete").status_code == 404
    assert "Отдел" not in html(at(cast.agent2).get("/answers"))
    assert at(cast.admin).get(f"/answers/{row.pk}").status_code == 200


def test_clients_find_no_such_pages(cast: Cast, at: At) -> None:
    row = answer_templates.save(by=cast.director, title="x", text="y", place=EVERYBODYS)
    for person in (cast.client, cast.lead, cast.stranger):
        for url in ("/answers", "/answers/new", f"/answers/{row.pk}"):
            assert at(person).get(url).status_code == 404
    assert at(cast.director).get("/answers/99999999999999999999").status_code == 404


def test_any_text_can_be_a_template(cast: Cast, at: At) -> None:
    for text in NAUGHTY.values():
        answer_templates.save(by=cast.agent, title=text[:100], text=f"{text} .", place=OWN)
    answer_templates.save(
        by=cast.head, title="Отдел", text="x", place=Place(department=cast.it)
    )  # fmt: skip
    page = at(cast.agent).get("/answers")
    assert page.status_code == 200
    assert "<script>alert" not in html(page)
