"""One way to do each verb: the ticket, who does it, with what, and how to see that it came true."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from estafeta.accounts.models.department import HandOverMode
from estafeta.tickets import actions
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.models import Acceptance, Attachment, Comment, Participant, Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import done, order, taken


def waiting(cast: Cast) -> Ticket:
    ticket = taken(cast)
    actions.wait(ticket, by=cast.agent, wait_for="part")
    return ticket


def in_review(cast: Cast) -> Ticket:
    return done(cast, acceptance=Acceptance.AUTHOR)


def cancelled(cast: Cast) -> Ticket:
    ticket = order(cast)
    actions.cancel(ticket, by=cast.director, reason="no")
    return ticket


def archived(cast: Cast) -> Ticket:
    ticket = done(cast)
    actions.archive(ticket, by=cast.head)
    return ticket


def for_anna(cast: Cast) -> Ticket:
    return order(cast, people=[cast.agent])


def offered(cast: Cast) -> Ticket:
    cast.accounting.hand_over_mode = HandOverMode.ACCEPT
    cast.accounting.save()
    ticket = taken(cast)
    actions.hand_over(ticket, by=cast.agent, department=cast.accounting, reason="theirs")
    return ticket


def proposed(cast: Cast) -> Ticket:
    ticket = taken(cast)
    moment = datetime(2031, 5, 6, 10, 30, tzinfo=UTC)
    actions.propose_deadline(ticket, by=cast.agent, deadline=moment, reason="so much")
    return ticket


def spoken(cast: Cast) -> Ticket:
    """Anna has said when she comes."""
    ticket = taken(cast)
    actions.reply(ticket, by=cast.agent, text="At noon")
    return ticket


def followed(cast: Cast) -> Ticket:
    ticket = order(cast)
    actions.follow(ticket, by=cast.agent)
    return ticket


def with_another(cast: Cast) -> Ticket:
    order(cast, title="The oldest one")
    return order(cast)


def linked(cast: Cast) -> Ticket:
    ticket = with_another(cast)
    actions.link(ticket, by=cast.agent, other=oldest(), kind="blocks")
    return ticket


def a_part(cast: Cast) -> Ticket:
    ticket = with_another(cast)
    actions.make_subtask(ticket, by=cast.agent, other=oldest())
    return ticket


def merged(cast: Cast) -> Ticket:
    ticket = with_another(cast)
    actions.merge(ticket, by=cast.agent, other=oldest())
    return ticket


def oldest() -> Ticket:
    return Ticket.objects.earliest("pk")


def a_draft(cast: Cast) -> int:
    return keep_draft(io.BytesIO(b"text"), "act.txt", by=cast.agent).pk


def with_a_file(cast: Cast) -> Ticket:
    ticket = taken(cast)
    actions.attach(ticket, by=cast.agent, files=[a_draft(cast)])
    return ticket


Make = Callable[[Cast], Ticket]
WAYS: dict[Verb, tuple[Make, str, dict[str, Any], Callable[[Ticket, Cast], bool]]] = {
    Verb.TAKE: (order, "agent", {}, lambda t, c: t.performer == c.agent),
    Verb.RELEASE: (taken, "agent", {"reason": "ill"}, lambda t, _: t.status == Status.NEW),
    Verb.ASSIGN: (order, "head", {"people": ["agent", "agent_b"]},
                  lambda t, _: len(t.current_performers()) == 2),
    Verb.HAND_OVER: (taken, "agent", {"department": "accounting", "reason": "theirs"},
                     lambda t, c: t.department == c.accounting and t.performer is None),
    Verb.ACCEPT_HAND_OVER: (offered, "agent2", {}, lambda t, _: t.offered_until is None),
    Verb.DECLINE_HAND_OVER: (offered, "director", {"reason": "not ours"},
                             lambda t, c: (t.department, t.performer) == (c.it, c.agent)),
    Verb.PROPOSE_DEADLINE: (taken, "agent", {"deadline": "2031-05-06T10:30", "reason": "so much"},
                            lambda t, _: t.proposed_due.year == 2031),
    Verb.ANSWER_DEADLINE: (proposed, "director", {"agree": "yes"},
                           lambda t, _: (t.deadline.year, t.proposed_due) == (2031, None)),
    Verb.NUDGE: (taken, "director", {"reason": "and?"}, lambda t, c: Participant.objects.get(
        ticket=t, person=c.agent).nudged_at is not None),
    Verb.ACKNOWLEDGE: (for_anna, "agent", {}, lambda t, c: Participant.objects.get(
        ticket=t, person=c.agent).acknowledged_at is not None),
    Verb.WAIT: (taken, "agent", {"wait_for": "date", "until": "2031-05-06T10:30", "reason": "so"},
                lambda t, _: t.wait_until.isoformat() == "2031-05-06T10:30:00+00:00"),
    Verb.RESUME: (waiting, "agent", {}, lambda t, _: t.status == Status.IN_PROGRESS),
    Verb.COMPLETE: (taken, "agent", {"reason": "new disk"}, lambda t, _: t.status == Status.DONE),
    Verb.ACCEPT: (in_review, "director", {"reason": ""}, lambda t, _: t.status == Status.DONE),
    Verb.RETURN_TO_WORK: (in_review, "director", {"reason": "hums"},
                          lambda t, _: t.status == Status.IN_PROGRESS),
    Verb.REOPEN: (cancelled, "director", {"reason": "after all"},
                  lambda t, _: t.status == Status.NEW),
    Verb.CANCEL: (order, "director", {"reason": "no need"},
                  lambda t, _: t.status == Status.CANCELLED),
    Verb.ARCHIVE: (done, "head", {}, lambda t, _: t.status == Status.ARCHIVED),
    Verb.UNARCHIVE: (archived, "head", {}, lambda t, _: t.status == Status.DONE),
    Verb.REPLY: (taken, "agent", {"text": "Coming"}, lambda t, _: Comment.objects.filter(
        ticket=t, kind="reply", text="Coming").exists()),
    Verb.NOTE: (taken, "agent", {"text": "Hm"}, lambda t, _: Comment.objects.filter(
        ticket=t, kind="note", text="Hm").exists()),
    Verb.EDIT_COMMENT: (spoken, "agent", {"comment": "newest", "text": "At one"},
                        lambda t, _: t.comments.get().text == "At one"),
    Verb.DELETE_COMMENT: (spoken, "agent", {"comment": "newest"},
                          lambda t, _: t.comments.get().deleted_at is not None),
    Verb.ATTACH: (taken, "agent", {"files": ["draft"]}, lambda t, _: t.attachments.count() == 1),
    Verb.REMOVE_FILE: (with_a_file, "agent", {"file": "newest"},
                       lambda t, _: t.attachments.get().removed_at is not None),
    Verb.EDIT: (order, "director", {"title": "Better", "text": "More", "topic": "",
                                    "acceptance": "head"},
                lambda t, _: (t.title, t.text, t.acceptance) == ("Better", "More", "head")),
    Verb.SET_PRIORITY: (order, "director", {"priority": "4"}, lambda t, _: t.priority == 4),
    Verb.SET_DEADLINE: (order, "director", {"deadline": "2031-05-06T10:30"},
                        lambda t, _: t.deadline.year == 2031),
    Verb.FOLLOW: (order, "agent", {"people": ["agent2"]}, lambda t, c: Participant.objects.get(
        ticket=t, person=c.agent2).is_follower),
    Verb.UNFOLLOW: (followed, "agent", {}, lambda t, c: not Participant.objects.filter(
        ticket=t, person=c.agent).exists()),
    Verb.TAG: (order, "agent", {"tags": ["printer"], "tags_new": ["room 5"]},
               lambda t, _: t.taggings.count() == 2),
    Verb.LINK: (with_another, "agent", {"other": "oldest", "word": "blocked_by"},
                lambda t, _: t.links_to_it.get().kind == "blocks"),
    Verb.UNLINK: (linked, "agent", {"other": "oldest", "word": "blocks"},
                  lambda t, _: not t.links.exists()),
    Verb.MERGE: (with_another, "agent", {"other": "oldest"}, lambda t, _: t.status == "merged"),
    Verb.UNMERGE: (merged, "agent", {}, lambda t, _: t.status == Status.NEW),
    Verb.SPLIT: (spoken, "agent", {"comment": "newest", "title": "Noon"},
                 lambda t, _: t.links.get().other.text == "At noon"),
    Verb.ADD_SUBTASK: (taken, "agent", {"title": "A part", "department": "accounting"},
                       lambda t, c: t.subtasks.get().department == c.accounting),
    Verb.MAKE_SUBTASK: (with_another, "agent", {"other": "oldest"},
                        lambda t, _: t.parent == oldest()),
    Verb.DETACH_SUBTASK: (a_part, "agent", {"other": "oldest"}, lambda t, _: t.parent is None),
}  # fmt: skip


def fields(cast: Cast, given: dict[str, Any]) -> dict[str, Any]:
    """Names of the cast as ids."""
    found = dict(given)
    if found.get("comment") == "newest":
        found["comment"] = Comment.objects.latest("pk").pk
    if found.get("other") == "oldest":
        found["other"] = oldest().pk
    if found.get("file") == "newest":
        found["file"] = Attachment.objects.latest("pk").pk
    if "files" in found:
        found["files"] = [a_draft(cast)]
    if "people" in found:
        found["people"] = [getattr(cast, name).pk for name in found["people"]]
    if "department" in found:
        found["department"] = getattr(cast, found["department"]).pk
    return found
