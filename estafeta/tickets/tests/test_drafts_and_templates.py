"""What is begun and not sent; answers written once and given often."""

from datetime import timedelta

import pytest

from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.actions import values
from estafeta.tickets.conversation import answer_templates, drafts
from estafeta.tickets.conversation.answer_templates import EVERYBODYS, OWN, NotYours, Place
from estafeta.tickets.conversation.placeholders import PLACEHOLDERS, Filling, unknown_in
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import AnswerTemplate, Draft
from tests.cast import Cast
from tests.naughty import MEGABYTE, NAUGHTY
from tests.orders import order, taken


def test_a_draft_is_kept_for_its_writer_alone_and_the_last_one_counts(cast: Cast) -> None:
    ticket = order(cast)
    drafts.keep(ticket, by=cast.agent, text="Нача", kind="note")
    drafts.keep(ticket, by=cast.agent, text="Начал писать", kind="note")
    drafts.keep(ticket, by=cast.agent_b, text="И я")
    kept = drafts.kept(ticket, by=cast.agent)
    assert kept is not None
    assert (kept.text, kept.kind) == ("Начал писать", "note")
    drafts.keep(ticket, by=cast.agent, text=" \n ")
    assert drafts.kept(ticket, by=cast.agent) is None
    assert Draft.objects.get().person == cast.agent_b


def test_a_client_drafts_replies_and_answers_nothing_he_does_not_read(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    secret = actions.note(ticket, by=cast.agent, text="Secret").comment
    assert secret is not None
    kept = drafts.keep(ticket, by=cast.client, text="Слово", kind="note", answers=secret.pk)
    assert kept is not None
    assert (kept.kind, kept.answers) == ("reply", None)


@pytest.mark.parametrize("text", NAUGHTY.values(), ids=NAUGHTY)
def test_any_text_can_be_kept(cast: Cast, text: str) -> None:
    ticket = order(cast)
    drafts.keep(ticket, by=cast.agent, text=text)
    kept = drafts.kept(ticket, by=cast.agent)
    assert kept is not None
    assert kept.text == values.a_text(text)


def test_a_draft_of_a_megabyte_is_refused_and_the_one_before_stays(cast: Cast) -> None:
    ticket = order(cast)
    drafts.keep(ticket, by=cast.agent, text="Короче")
    with pytest.raises(Invalid):
        drafts.keep(ticket, by=cast.agent, text=MEGABYTE)
    assert Draft.objects.get().text == "Короче"


def test_old_drafts_are_forgotten(cast: Cast) -> None:
    drafts.keep(order(cast), by=cast.agent, text="Забытое")
    with clock.standing_at(clock.now() + drafts.KEPT - timedelta(hours=1)):
        drafts.keep(order(cast), by=cast.agent, text="Новое")
        drafts.forget_old()
    assert Draft.objects.count() == 2
    with clock.standing_at(clock.now() + drafts.KEPT + timedelta(hours=1)):
        drafts.forget_old()
    assert Draft.objects.get().text == "Новое"


def save(cast: Cast, who: str, place: Place, title: str = "Ждите") -> AnswerTemplate:
    return answer_templates.save(by=getattr(cast, who), title=title, text="Скоро", place=place)


def test_everybody_keeps_his_own_heads_their_departments_administrators_all(cast: Cast) -> None:
    it, network = Place(department=cast.it), Place(department=cast.network)
    accounting = Place(department=cast.accounting)
    allowed = {
        (who, name)
        for who in ("director", "head", "agent", "client", "lead", "admin")
        for name, place in {"own": OWN, "it": it, "network": network, "accounting": accounting,
                            "all": EVERYBODYS}.items()
        if answer_templates.may_keep(getattr(cast, who), place)
    }  # fmt: skip
    assert allowed == {
        ("director", "own"), ("director", "all"),
        ("head", "own"), ("head", "it"), ("head", "network"),
        ("agent", "own"),
        ("admin", "it"), ("admin", "network"), ("admin", "accounting"), ("admin", "all"),
    }  # fmt: skip
    for who, place in (("agent", it), ("head", accounting), ("client", OWN), ("head", EVERYBODYS)):
        with pytest.raises(NotYours):
            save(cast, who, place)


def test_one_is_offered_ones_own_those_of_ones_departments_and_everybodys(cast: Cast) -> None:
    save(cast, "agent", OWN, "Моё")
    save(cast, "agent_b", OWN, "Чужое")
    save(cast, "head", Place(department=cast.it), "Отдела")
    save(cast, "admin", Place(department=cast.accounting), "Бухгалтерии")
    save(cast, "admin", EVERYBODYS, "Общее")
    assert [row.title for row in answer_templates.offered(cast.agent)] == [
        "Моё", "Отдела", "Общее",
    ]  # fmt: skip
    assert answer_templates.offered(cast.client) == []
    assert [row.title for row in answer_templates.offered(cast.agent, "ОБЩ")] == ["Общее"]
    assert {row.title for row in answer_templates.known(cast.admin)} == {
        "Отдела", "Бухгалтерии", "Общее",
    }  # fmt: skip


def test_nobody_changes_or_moves_the_template_of_others(cast: Cast) -> None:
    mine, ours = save(cast, "agent", OWN), save(cast, "head", Place(department=cast.it))
    for who, row in (("head", mine), ("admin", mine), ("agent", ours), ("agent2", ours)):
        with pytest.raises(NotYours):
            answer_templates.save(
                row, by=getattr(cast, who), title="x", text="y", place=OWN
            )  # fmt: skip
        with pytest.raises(NotYours):
            answer_templates.delete(row, by=getattr(cast, who))
    with pytest.raises(NotYours):
        answer_templates.save(mine, by=cast.agent, title="x", text="y", place=EVERYBODYS)
    answer_templates.delete(mine, by=cast.agent)
    assert AnswerTemplate.objects.get() == ours


def test_a_ticket_fills_every_place_and_leaves_other_braces(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client, title="Принтер {number}")
    filled = Filling(ticket, by=cast.agent)
    assert filled("{requester}, №{number}, {department}, {performer}: {title} {deadline}") == (
        f"Clara Client, №{ticket.number}, IT, Anna Agent: Принтер {{number}} —"
    )
    assert filled("{ number } {} {NUMBER} {{me}} {nonsense}") == (
        "{ number } {} {NUMBER} {Anna Agent} {nonsense}"
    )
    for name in PLACEHOLDERS:
        assert filled(f"{{{name}}}") not in ("", f"{{{name}}}")


def test_a_slip_of_the_pen_in_a_placeholder_is_told(cast: Cast) -> None:
    assert unknown_in("{requestr} {number} {a b}") == ["requestr"]
    with pytest.raises(Invalid, match="requestr") as refused:
        answer_templates.save(by=cast.agent, title="x", text="Hello {requestr}", place=OWN)
    assert refused.value.field == "text"
