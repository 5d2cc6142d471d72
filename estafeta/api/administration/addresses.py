"""Which resources administration has."""

from __future__ import annotations

from estafeta.api.administration import (
    departments,
    leaving,
    merging,
    organisations,
    people,
    records,
    settings,
    topics,
)

ROUTERS = (
    ("/people", people.router),
    ("/people", leaving.router),
    ("/departments", departments.router),
    ("/departments", merging.router),
    ("/topics", topics.router),
    ("/organisations", organisations.router),
    ("/positions", organisations.positions_router),
    ("/settings", settings.router),
    ("/look", settings.look_router),
    ("/priorities", settings.priorities_router),
    ("/deleted-tickets", records.router),
    ("/purges", records.purges_router),
    ("/security", records.security_router),
)
"""Each with its place below `/administration`."""
