"""Who hears of what: one row of rules for each verb.

Whom the rules name is only a candidate: the actor never hears of his own act, and nobody hears of
what he does not see or of notes that are not his to read (`hears`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.notifications.scene import Scene
from estafeta.tickets import visibility
from estafeta.tickets.models import Acceptance, Entry
from estafeta.tickets.verbs import Verb

Rule = Callable[[Scene], Iterable[int]]


def the_author(scene: Scene) -> Iterable[int]:
    """Whoever wrote it."""
    return [scene.ticket.author_id]


def the_requester(scene: Scene) -> Iterable[int]:
    """For whom it was written."""
    return [scene.ticket.requester_id]


def the_performers(scene: Scene) -> Iterable[int]:
    """Who works on it now."""
    return [row.person_id for row in scene.participants if row.is_performer]


def the_addressees(scene: Scene) -> Iterable[int]:
    """Whom it is meant for in person."""
    return [row.person_id for row in scene.participants if row.is_addressee]


def whoever_performed(scene: Scene) -> Iterable[int]:
    """Who works on it or has done so."""
    return [row.person_id for row in scene.participants if row.has_performed]


def the_people_named(scene: Scene) -> Iterable[int]:
    """To whom the entry gives the ticket."""
    return [person["id"] for person in scene.entry.facts.get("people", [])]


def the_people_before(scene: Scene) -> Iterable[int]:
    """From whom the entry takes the ticket."""
    before = scene.entry.facts.get("from", {})
    return [person["id"] for person in before.get("people", [])]


def whoever_handed_over(scene: Scene) -> Iterable[int]:
    """Who asked the department to take it."""
    giver = scene.entry.facts.get("giver")
    return [giver["id"]] if giver else []


def the_department(scene: Scene) -> Iterable[int]:
    """Everybody to whom the ticket is offered: it is nobody's in particular now."""
    return () if the_people_named(scene) else scene.staff.members(scene.department)


def the_department_if_free(scene: Scene) -> Iterable[int]:
    """The department, while nobody works on it."""
    return () if scene.ticket.performer_id else scene.staff.members(scene.department)


def the_heads(scene: Scene) -> Iterable[int]:
    """The heads of the department; where it has none, those of the nearest one above."""
    return scene.staff.heads(scene.department)


def the_heads_if_they_are_meant(scene: Scene) -> Iterable[int]:
    """Somebody reminds them, as heads and not by name."""
    return the_heads(scene) if scene.entry.facts.get("heads") else ()


def the_heads_above_if_it_goes_round(scene: Scene) -> Iterable[int]:
    """A loop, ping-pong or very many passes: whoever is above both hands can settle it."""
    return scene.staff.heads_above(scene.department) if scene.entry.facts.get("notice") else ()


def whoever_accepts(scene: Scene) -> Iterable[int]:
    """The heads, where the result is theirs to accept."""
    waits_for_head = scene.ticket.acceptance == Acceptance.HEAD
    return the_heads(scene) if waits_for_head else ()


def whoever_answers_for_it(scene: Scene) -> Iterable[int]:
    """Those who work on it; before that those it is meant for, the heads, the department."""
    return (
        the_performers(scene)
        or the_addressees(scene)
        or the_heads(scene)
        or scene.staff.members(scene.department)
    )


def the_people_who_wrote(scene: Scene) -> Iterable[int]:
    """Who has commented on it."""
    return scene.commenters


def the_followers(scene: Scene) -> Iterable[int]:
    """Who wants to hear of whatever happens to it."""
    return [row.person_id for row in scene.participants if row.is_follower]


def the_people_mentioned(scene: Scene) -> Iterable[int]:
    """Whom the writer called by name."""
    return [person["id"] for person in scene.entry.facts.get("mentions", [])]


_THE_ASKERS = (the_author, the_requester)
_A_CHANGE: tuple[Rule, ...] = (*_THE_ASKERS, the_addressees, whoever_answers_for_it)

AUDIENCE: dict[Verb, tuple[Rule, ...]] = {
    Verb.OPEN: (the_people_named, the_department, the_heads, the_requester),
    Verb.TAKE: (*_THE_ASKERS, the_performers, the_addressees),
    Verb.RELEASE: (
        the_author, the_performers, the_people_before, the_department_if_free, the_heads,
    ),
    Verb.ASSIGN: (*_THE_ASKERS, the_people_named, the_people_before, the_heads),
    Verb.HAND_OVER: (
        *_THE_ASKERS, the_people_named, the_department, the_people_before, the_heads,
        the_heads_above_if_it_goes_round,
    ),
    Verb.ACCEPT_HAND_OVER: (*_THE_ASKERS, the_people_named, whoever_handed_over),
    Verb.DECLINE_HAND_OVER: (
        the_author, the_people_named, whoever_handed_over, the_department, the_heads,
    ),
    Verb.ACKNOWLEDGE: (the_author,),
    Verb.WAIT: (*_THE_ASKERS, the_performers),
    Verb.RESUME: (*_THE_ASKERS, the_performers),
    Verb.COMPLETE: (*_THE_ASKERS, the_performers, whoever_accepts),
    Verb.ACCEPT: (*_THE_ASKERS, whoever_performed),
    Verb.RETURN_TO_WORK: (*_THE_ASKERS, the_performers, the_department_if_free),
    Verb.REOPEN: (*_THE_ASKERS, whoever_performed, the_department_if_free, the_heads),
    Verb.CANCEL: (*_THE_ASKERS, the_performers, the_addressees),
    Verb.ARCHIVE: (),
    Verb.MOVE: (),
    Verb.UNARCHIVE: (),
    Verb.REPLY: (*_A_CHANGE, the_people_who_wrote),
    Verb.NOTE: (the_author, the_addressees, whoever_answers_for_it, the_people_who_wrote),
    Verb.ATTACH: (*_A_CHANGE, the_people_who_wrote),
    Verb.REMOVE_FILE: (),
    Verb.EDIT_COMMENT: (),
    Verb.DELETE_COMMENT: (),
    Verb.EDIT: _A_CHANGE,
    Verb.SET_PRIORITY: _A_CHANGE,
    Verb.SET_DEADLINE: _A_CHANGE,
    Verb.PROPOSE_DEADLINE: (*_THE_ASKERS, the_heads),
    Verb.ANSWER_DEADLINE: (the_people_named, *_A_CHANGE),
    Verb.ESCALATE: (the_people_named,),
    Verb.NUDGE: (the_people_named, the_heads_if_they_are_meant),
    Verb.FOLLOW: (the_people_named,),
    Verb.UNFOLLOW: (the_people_named,),
    Verb.TAG: (),
    Verb.LINK: (the_performers,),
    Verb.UNLINK: (),
    Verb.MERGE: (*_THE_ASKERS, the_performers, the_addressees),
    Verb.UNMERGE: (*_THE_ASKERS, the_performers, the_addressees),
    Verb.SPLIT: (the_performers,),
    Verb.ADD_SUBTASK: (the_performers, the_heads),
    Verb.MAKE_SUBTASK: (the_performers,),
    Verb.DETACH_SUBTASK: (the_performers,),
    Verb.DELETE: (),
    Verb.RESTORE: (the_performers,),
}  # fmt: skip
SILENT = frozenset(
    {
        Verb.ARCHIVE, Verb.UNARCHIVE, Verb.MOVE, Verb.TAG, Verb.FOLLOW, Verb.UNFOLLOW,
        Verb.EDIT_COMMENT, Verb.DELETE_COMMENT,
    }
)  # fmt: skip
"""Of these followers need not hear."""


def candidates(scene: Scene) -> list[int]:
    """Ids of everybody the verb's rules name, each once, the actor never."""
    verb = Verb(scene.entry.verb)
    rules = (*AUDIENCE[verb], the_people_mentioned, *(() if verb in SILENT else (the_followers,)))
    found = dict.fromkeys(person for rule in rules for person in rule(scene))
    found.pop(scene.entry.actor_id, None)
    return list(found)


def hears(person: Person, standing: Standing, entry: Entry, participants: set[int]) -> bool:
    """Whether this person may be told of the entry now; asked again before a message leaves."""
    if not person.is_active or person.pk == entry.actor_id:
        return False
    if entry.is_staff_only and not standing.is_agent:
        return False
    return visibility.sees(standing, entry.ticket, participants)
