"""What is prepared for any reader gives each what he sees, and nothing else."""

from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from estafeta.tickets.sight import SeenBy
from tests.cast import Cast

ALL: SeenBy[Ticket] = SeenBy(lambda reader: Ticket.objects.visible_to(reader).order_by("pk"))
ONE: SeenBy[Ticket] = SeenBy(
    lambda reader, number: Ticket.objects.visible_to(reader).filter(pk=number)
)


def test_everybody_sees_through_it_what_the_rule_says(cast: Cast) -> None:
    for by, department in (
        (cast.director, cast.it), (cast.client, cast.it), (cast.stranger, cast.network),
        (cast.agent2, cast.accounting), (cast.agent, cast.accounting), (cast.lead, cast.network),
    ):  # fmt: skip
        actions.open_ticket(by=by, title="Printer", department=department)
    actions.open_ticket(by=cast.head, title="For Vera", people=[cast.agent2])
    for _twice in range(2):  # the first makes the SQL, the second only puts the values in
        for name, person in cast.everybody().items():
            seen = list(Ticket.objects.visible_to(person).order_by("pk"))
            assert ALL(person) == seen, name
            for ticket in Ticket.objects.all():
                assert (ONE.first(person, number=ticket.pk) is not None) == (ticket in seen), name


def test_who_is_not_active_sees_nothing(cast: Cast) -> None:
    actions.open_ticket(by=cast.agent, title="Printer", department=cast.it)
    for person in (cast.agent, cast.director):
        person.is_active = False
        person.__dict__.pop("standing", None)
        assert ALL(person) == []
