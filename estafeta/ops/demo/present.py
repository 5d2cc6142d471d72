"""The tickets that are on their way at the moment of loading, so that every desk is alive.

Hours are hours of work before now (the last two by the clock); `due` is hours from now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from estafeta.ops.demo import papers
from estafeta.ops.demo.month import Month
from estafeta.ops.demo.steps import Step
from estafeta.ops.demo.texts import Story
from estafeta.tickets.models import Acceptance, WaitFor
from estafeta.tickets.models.topic import Evidence

Act = tuple[float, str, str, str]
"""Hours ago, verb, who, and what the verb needs: a person, a department, or a key of the story."""


class Live(NamedTuple):
    """One ticket of today."""

    key: str
    ago: float
    by: str
    to: str
    acts: tuple[Act, ...] = ()
    due: float | None = None
    priority: int = 2
    person: str = ""
    acceptance: str = Acceptance.NOBODY
    topic: str = ""
    n: tuple[int, int] = (1001, 9899)


AUTHOR, HEAD = Acceptance.AUTHOR, Acceptance.HEAD
PRESENT = (
    # IT: the agent's day, and what is free.
    Live("cartridge", 0.6, "acc2", "it", topic="printers"),
    Live("vpn", 1.4, "client", "it", due=20, priority=3, topic="access"),
    Live("scanner", 17, "acc_head", "it", ((15, "take", "agent", ""), (9, "reply", "agent", "working")), -2, topic="printers"),
    Live("bank", 2.6, "agent2", "it", ((2.1, "take", "agent", ""), (1.9, "note", "agent", "note")), 2.5, 4, topic="computers"),
    Live("inventory", 14, "head", "it", ((13, "acknowledge", "agent", ""), (10, "take", "agent", "")), 52, person="agent", acceptance=AUTHOR),
    Live("jam", 6, "pay1", "it", ((5, "take", "it3", ""), (0.4, "hand_over", "it3", "agent")), topic="printers"),
    Live("workplace", 30, "acc_head", "it", ((28, "take", "agent", ""), (6, "note", "agent", "note"), (3, "complete", "agent", "done"), (0.8, "return_to_work", "acc_head", "back")), 7, 3, acceptance=AUTHOR),
    Live("monitor", 20, "acc2", "it", ((18, "take", "agent", ""), (16, "wait", "agent", "part")), topic="computers"),
    Live("signature", 12, "acc_head", "it", ((10, "take", "agent", ""), (9.5, "reply", "agent", "ask"), (9.4, "wait", "agent", "requester")), 30, 3, topic="access"),
    Live("mail_full", 8, "client", "it", ((6, "take", "agent", ""), (1.6, "complete", "agent", "done")), acceptance=AUTHOR, topic="access"),
    Live("report_form", 25, "director", "it", ((22, "assign", "head", "it2"), (4, "reply", "it2", "working")), 5, 3, acceptance=AUTHOR, topic="onec"),
    Live("onec_user", 11, "client", "it", ((9, "take", "it2", ""), (1.3, "complete", "it2", "done")), acceptance=AUTHOR, topic="onec", n=(2, 6)),
    Live("onec_slow", 7, "acc2", "it", ((5, "take", "it2", ""), (4.5, "note", "it2", "note")), priority=3, topic="onec"),
    # The network, with a baton that goes back and forth.
    Live("internet", 0.3, "admin", "network", priority=3, topic="internet"),
    Live("scales", 26, "beta_client", "it", ((24, "take", "it3", ""), (20, "hand_over", "it3", "net2:0"), (14, "hand_over", "net2", "it3:1"), (4, "hand_over", "it3", "net2:2")), -5, 4, topic="links"),
    Live("camera", 15, "director", "network", ((13, "take", "net2", ""), (2.3, "complete", "net2", "done")), acceptance=HEAD, topic="phones"),
    Live("phone_line", 9, "agent2", "network", ((7, "take", "net_head", ""), (6.9, "reply", "net_head", "ask"), (6.8, "wait", "net_head", "requester"), (1.1, "reply", "agent2", "answer")), topic="phones"),
    Live("wifi", 32, "shop_head", "network", ((30, "take", "net2", ""), (27, "wait", "net2", "part")), n=(1, 5), topic="internet"),
    # The workshop and the vehicles.
    Live("injector", 28, "lead", "shop", ((26, "take", "shop1", ""), (25, "note", "shop1", "note"), (22, "wait", "shop1", "part")), 44, 3, topic="repair"),
    Live("combine", 20, "director", "shop", ((19, "take", "shop1", ""),), -3, 4, acceptance=AUTHOR, topic="repair", n=(3, 40)),
    Live("pump", 3, "client2", "shop", ((2.5, "take", "shop2", ""), (1.7, "reply", "shop2", "working")), 4, 4, topic="repair"),
    Live("welding", 1.8, "garage1", "shop", topic="repair"),
    Live("tyres", 5, "garage_head", "garage", ((4.5, "take", "garage1", ""),), 3, 3, topic="cars"),
    Live("oil", 2.2, "shop1", "garage", topic="cars", n=(240, 4900)),
    Live("inspection", 16, "shop_head", "garage", ((14, "take", "garage_head", ""),), 70, topic="cars"),
    Live("trip", 10, "agent", "garage", ((8, "take", "garage1", ""), (1.2, "complete", "garage1", "done")), acceptance=AUTHOR, topic="cars", n=(2, 6)),
    # Accounting and wages.
    Live("act", 13, "client", "accounting", ((11, "take", "agent2", ""), (10, "note", "agent2", "note")), 6, topic="papers", n=(120, 98000)),
    Live("act", 24, "beta_client", "accounting", ((22, "take", "agent2", ""),), -4, 3, topic="papers", n=(120, 98000)),
    Live("stock", 21, "director", "accounting", ((20, "acknowledge", "agent2", ""), (19, "take", "agent2", ""), (1, "complete", "agent2", "done")), 12, person="agent2", acceptance=AUTHOR, topic="money", n=(1, 5)),
    Live("fuel", 18, "garage_head", "accounting", ((16, "take", "agent2", ""), (15, "reply", "agent2", "ask"), (14.9, "wait", "agent2", "requester")), topic="money", n=(15, 380)),
    Live("advance", 9, "net2", "accounting", ((7, "take", "agent2", ""), (4, "complete", "agent2", ""), (0.7, "reply", "net2", "thanks")), acceptance=AUTHOR, topic="money"),
    Live("invoice", 0.7, "lead", "accounting", topic="papers"),
    Live("contract", 2.4, "client", "accounting", topic="papers"),
    Live("onec_error", 4, "agent2", "it", ((2.2, "assign", "head", "it2"),), priority=3, topic="onec"),
    Live("salary", 1.5, "it3", "payroll", topic="wages"),
    Live("vacation", 10, "shop1", "payroll", ((8, "take", "pay_head", ""),), 9, topic="wages", n=(850, 7400)),
)  # fmt: skip
EVIDENCE = {"camera": (Evidence.PHOTO,)}
"""What these are completed with."""
SAID = {"reply": "text", "note": "text", "complete": "reason", "return_to_work": "reason"}
"""Verb -> the keyword that carries the story's words."""


def steps(month: Month, first: int) -> Iterator[Step]:
    """The steps of today's tickets, which are counted from `first`."""
    for number, live in enumerate(PRESENT, first):
        story = month.filled(month.texts.stories[live.key], live.n)
        ago = month.worktime.ago
        yield Step(ago(live.ago), number, "open_ticket", live.by, _opening(month, live, story))
        for hours, verb, by, what in live.acts:
            words = _words(month, story, verb, what)
            if verb == "complete" and live.key in EVIDENCE:
                words["files"] = _files(month, live.key, story)
            yield Step(ago(hours), number, verb, by, words)


def _opening(month: Month, live: Live, story: Story) -> dict[str, Any]:
    words: dict[str, Any] = {
        "title": story.title, "text": story.text, "department": live.to,
        "priority": live.priority, "acceptance": live.acceptance,
    }  # fmt: skip
    if live.topic:
        words["topic"] = live.topic
    if live.person:
        words["people"] = (live.person,)
    if live.key in EVIDENCE:
        words["evidence"] = EVIDENCE[live.key]
    elif files := _files(month, live.key, story):
        words["files"] = files
    if live.due is not None:
        words["deadline"] = month.worktime.now + timedelta(hours=live.due)
    return words


def _files(month: Month, key: str, story: Story) -> tuple[tuple[str, bytes], ...]:
    if key == "camera":
        return ((f"{story.title}.png", papers.screen(story.title, story.done)),)
    if key == "onec_error":
        program = story.title.partition(":")[0]
        return ((f"{program}.png", papers.screen(program, story.text)),)
    if key in ("invoice", "contract"):
        letter = papers.paper(month.texts.organisation, story.title, story.text)
        return ((f"{story.title}.pdf", letter),)
    return ()


def _words(month: Month, story: Story, verb: str, what: str) -> dict[str, Any]:
    texts = month.texts
    if verb == "wait":
        return {"wait_for": WaitFor(what), "reason": story.wait}
    if verb == "assign":
        return {"people": (what,)}
    if verb == "hand_over":
        person, _, turn = what.partition(":")
        reason = texts.back_and_forth[int(turn)] if turn else texts.returned_free
        return {"people": (person,), "reason": reason}
    if not what:
        return {}
    general = {"working": texts.working_on_it[1], "thanks": texts.thanks[0]}
    return {SAID[verb]: general.get(what) or getattr(story, what)}
