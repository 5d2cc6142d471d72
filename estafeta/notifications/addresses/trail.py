"""What the security trail says of addresses: messages about tickets go there."""

from __future__ import annotations

from estafeta.accounts import security
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.notifications.models import Address


def tell(kind: Kind, address: Address, *, by: Person) -> None:
    """Name the address as people may read it, and whose it is."""
    where = f" ({address.department.name})" if address.department else ""
    name = f"{address.channel}: {address.label}{where}"
    security.record(kind, by=by, about=address.person, name=name)
