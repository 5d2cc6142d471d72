"""The named cast of every test: two departments, their people, clients, and those who must see nothing."""

from __future__ import annotations

from dataclasses import dataclass

from estafeta.accounts.models import Department, Membership, Organisation, Person, Site

PASSWORD = "relay-race-2026"


def person(login: str, name: str, **fields: object) -> Person:
    """A person who can sign in with `PASSWORD`; hashing is fast in tests (see conftest)."""
    made = Person(login=login, name=name, email=f"{login}@example.org", language="en", **fields)
    made.set_password(PASSWORD)
    made.save()
    return made


def member(who: Person, department: Department, *, head: bool = False) -> Person:
    """Put the person into the department; forgets the standing asked before."""
    Membership.objects.create(person=who, department=department, is_head=head)
    who.__dict__.pop("standing", None)
    return who


@dataclass
class Cast:
    """Dora directs. Hugo heads IT (with Network below it), Anna and Boris work there; Vera works in
    Accounting. Clara is a client of Alpha, Leo its lead; Carl is a stranger; Ada administers."""

    it: Department
    network: Department
    accounting: Department
    alpha: Organisation
    beta: Organisation
    director: Person
    head: Person
    agent: Person
    agent_b: Person
    network_agent: Person
    agent2: Person
    client: Person
    lead: Person
    stranger: Person
    admin: Person

    def everybody(self) -> dict[str, Person]:
        """Role -> person."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Person)}


def make_cast() -> Cast:
    """Build the cast in the current database."""
    Site.objects.update_or_create(pk=1, defaults={"is_set_up": True})
    it = Department.objects.create(name="IT")
    network = Department.objects.create(name="Network", parent=it)
    accounting = Department.objects.create(name="Accounting")
    alpha = Organisation.objects.create(name="Alpha")
    beta = Organisation.objects.create(name="Beta")
    return Cast(
        it=it,
        network=network,
        accounting=accounting,
        alpha=alpha,
        beta=beta,
        director=person("dora", "Dora Director", is_director=True),
        head=member(person("hugo", "Hugo Head"), it, head=True),
        agent=member(person("anna", "Anna Agent"), it),
        agent_b=member(person("boris", "Boris Agent"), it),
        network_agent=member(person("nina", "Nina Network"), network),
        agent2=member(person("vera", "Vera Accounting"), accounting),
        client=person("clara", "Clara Client", organisation=alpha, phone="+7 312 214", room="214"),
        lead=person("leo", "Leo Lead", organisation=alpha, is_lead=True),
        stranger=person("carl", "Carl Stranger", organisation=beta),
        admin=person("ada", "Ada Admin", is_administrator=True),
    )
