"""The demo's departments, organisations, people and topics."""

from __future__ import annotations

from dataclasses import dataclass

from estafeta.accounts.models import Department, Membership, Organisation, Person, Position
from estafeta.accounts.models.department import HandOverMode
from estafeta.ops.demo.texts import Texts
from estafeta.tickets.models import Acceptance, Topic

PARENT_OF_DEPARTMENT = {
    "it": "", "network": "it", "shop": "", "garage": "shop", "accounting": "", "payroll": "accounting",
}  # fmt: skip
MEMBERS = {
    "it": ("head", "agent", "it2", "it3"),
    "network": ("net_head", "net2"),
    "shop": ("shop_head", "shop1", "shop2"),
    "garage": ("garage_head", "garage1"),
    "accounting": ("acc_head", "agent2", "acc2"),
    "payroll": ("pay_head", "pay1"),
}
"""The first of each leads it."""
CLIENTS = {
    "alpha": ("lead", "client", "client2"),
    "beta": ("beta_lead", "beta_client", "beta_phone"),
}
"""The first of each sees the organisation's tickets."""
TOPICS = {
    "computers": ("", "it"), "onec": ("computers", "it"), "printers": ("computers", "it"),
    "access": ("computers", "it"), "links": ("", "network"), "internet": ("links", "network"),
    "phones": ("links", "network"), "machines": ("", "shop"), "repair": ("machines", "shop"),
    "cars": ("machines", "garage"), "money": ("", "accounting"), "papers": ("money", "accounting"),
    "wages": ("money", "payroll"),
}  # fmt: skip
"""Topic -> what it stands under, and the department it suggests."""
ASKED_FIRST = ("accounting",)
"""Accepts or declines what other departments hand over to it."""
ACCEPTED_BY_AUTHOR = ("onec", "repair")


@dataclass(frozen=True)
class Place:
    """Everything the steps of the month name, by key."""

    people: dict[str, Person]
    departments: dict[str, Department]
    topics: dict[str, Topic]


def settle(texts: Texts, *, password: str) -> Place:
    """Make everybody; `password` is encoded already and the same for all who sign in."""
    departments: dict[str, Department] = {}
    for key, above in PARENT_OF_DEPARTMENT.items():
        departments[key] = Department.objects.create(
            name=texts.departments[key], parent=departments.get(above),
            hand_over_mode=HandOverMode.ACCEPT if key in ASKED_FIRST else HandOverMode.AT_ONCE,
        )  # fmt: skip
    organisations = {
        key: Organisation.objects.create(name=name) for key, name in texts.organisations.items()
    }
    firm = {key: organisations[name] for name, keys in CLIENTS.items() for key in keys}
    people = {
        key: Person.objects.create(
            login=who.login or None, name=who.name, position=who.position, phone=who.phone,
            room=who.room, password=password if who.login else "!",
            email=f"{who.login}@example.org" if who.login else "",
            organisation=firm.get(key), is_lead=key in ("lead", "beta_lead"),
            is_director=key == "director", is_administrator=key == "admin",
        )
        for key, who in texts.people.items()
    }  # fmt: skip
    for key, members in MEMBERS.items():
        for member in members:
            Membership.objects.create(
                person=people[member], department=departments[key], is_head=member == members[0]
            )
    positions = sorted({who.position for who in texts.people.values() if who.position})
    Position.objects.bulk_create(Position(name=name) for name in positions)
    people["system"] = Person.objects.system()
    return Place(people, departments, _topics(texts, departments))


def _topics(texts: Texts, departments: dict[str, Department]) -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for position, (key, (above, department)) in enumerate(TOPICS.items()):
        accepted = key in ACCEPTED_BY_AUTHOR
        topics[key] = Topic.objects.create(
            name=texts.topics[key], parent=topics.get(above), department=departments[department],
            acceptance=Acceptance.AUTHOR if accepted else Acceptance.NOBODY, position=position,
        )  # fmt: skip
    return topics
