"""The dictionary of positions; the cards of people keep the words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action, check
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person, Position
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib.text import one_line


@action
def add_position(*, by: Person, name: str) -> Position:
    """Offer it from now on."""
    permissions.require(permissions.administers(by))
    position = Position(name=one_line(name))
    check(position)
    position.save()
    security.record(Kind.POSITION_CREATED, by=by, name=position.name)
    return position


@action
def rename_position(position: Position, *, by: Person, name: str) -> int:
    """Call it otherwise, on the cards too; a name that exists makes one of the two.

    Gives how many cards have changed.
    """
    permissions.require(permissions.administers(by))
    name, before = one_line(name), position.name
    if not name:
        raise Invalid.at("name", _("Write the name."))
    if name == before:
        return 0
    other = Position.objects.filter(name=name).exclude(pk=position.pk).first()
    if other is not None:
        position.delete()
    else:
        position.name = name
        check(position)
        position.save(update_fields=["name"])
    count = Person.objects.filter(position=before).update(position=name)
    changes = {"name": [before, name]}
    security.record(Kind.POSITION_CHANGED, by=by, name=name, changes=changes, people=count)
    return count


@action
def delete_position(position: Position, *, by: Person) -> None:
    """Offer it no longer; the cards that have it keep it."""
    permissions.require(permissions.administers(by))
    name = position.name
    position.delete()
    security.record(Kind.POSITION_DELETED, by=by, name=name)
