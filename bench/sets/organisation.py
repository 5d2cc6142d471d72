"""People and departments of a data set, made through the models: there are only thousands."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db import transaction

from bench.sizes import HEADS, Size
from estafeta.accounts.models import Department, Membership, Organisation, Person, Site
from estafeta.tickets.models import Topic

FAMILY = "Иванов Петров Сидоренко Кузнецов Мельник Ткаченко Орлов Белов Шевцов Громов".split()
GIVEN = "Анна Борис Вера Глеб Дарья Егор Жанна Захар Инна Кирилл Лидия Максим".split()
CLIENTS_PER_FIRM = 10
BELOW_THE_HEAD = 3


@dataclass
class Organised:
    """Ids, as the generator of tickets needs them."""

    departments: list[int] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)
    """The first of each is its head."""
    staff_department: dict[int, int] = field(default_factory=dict)
    clients: list[int] = field(default_factory=list)
    firm: dict[int, int] = field(default_factory=dict)
    directors: list[int] = field(default_factory=list)
    topics: list[int] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    department_names: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def organise(size: Size, dice: random.Random) -> Organised:
    """Make everybody; all can sign in with the same password."""
    made = Organised()
    Site.objects.update(
        is_set_up=True, organisation_name=f"Bench {size.name}", language="ru",
        time_zone="Europe/Moscow",
    )  # fmt: skip
    _make_departments(size, dice, made)
    people = _make_people(size, dice)
    _place(people, size, made)
    made.topics = [Topic.objects.create(name=f"Тема {number}").pk for number in range(20)]
    return made


def _make_departments(size: Size, dice: random.Random, made: Organised) -> None:
    rows: list[Department] = []
    for number, _members in enumerate(size.departments):
        parent = None
        if HEADS < number <= HEADS + BELOW_THE_HEAD:
            parent = rows[HEADS]
        elif number > HEADS + BELOW_THE_HEAD and dice.random() < 0.7:
            parent = dice.choice([row for row in rows[BELOW_THE_HEAD:] if row.depth < 3] or rows)
        rows.append(Department.objects.create(name=f"Отдел {number}", parent=parent))
    made.departments = [row.pk for row in rows]
    made.department_names = {row.pk: row.name for row in rows}


def _make_people(size: Size, dice: random.Random) -> list[Person]:
    encoded = make_password("bench-relay-2026")
    rows = []
    for number in range(size.people):
        name = f"{dice.choice(FAMILY)} {dice.choice(GIVEN)} {number}"
        person = Person(
            login=f"p{number}", name=name, email=f"p{number}@example.org", password=encoded,
            phone=f"{1000 + number}", room=str(100 + number % 300),
        )  # fmt: skip
        person.find_text = f"{name} p{number} {person.phone}".lower()
        rows.append(person)
    Person.objects.bulk_create(rows, batch_size=500)
    return list(Person.objects.exclude(login="system").order_by("pk"))


def _place(people: list[Person], size: Size, made: Organised) -> None:
    made.names = {person.pk: person.name for person in people}
    rest = iter(people)
    memberships = []
    for department, amount in zip(made.departments, size.departments, strict=True):
        members = [next(rest).pk for _ in range(amount)]
        made.members[department] = members
        made.staff_department.update(dict.fromkeys(members, department))
        memberships += [
            Membership(person_id=pk, department_id=department, is_head=pk == members[0])
            for pk in members
        ]
    Membership.objects.bulk_create(memberships, batch_size=500)
    others = list(rest)
    made.directors = [person.pk for person in others[:2]]
    Person.objects.filter(pk__in=made.directors).update(is_director=True)
    clients = others[2:]
    for start in range(0, len(clients), CLIENTS_PER_FIRM):
        firm = Organisation.objects.create(name=f"Организация {start // CLIENTS_PER_FIRM}")
        ids = [person.pk for person in clients[start : start + CLIENTS_PER_FIRM]]
        Person.objects.filter(pk__in=ids).update(organisation=firm)
        Person.objects.filter(pk=ids[0]).update(is_lead=True)
        made.clients += ids
        made.firm.update(dict.fromkeys(ids, firm.pk))
