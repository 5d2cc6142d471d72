"""Which resources administration has."""

from __future__ import annotations

from estafeta.api.administration import (
    channels,
    departments,
    leaving,
    look,
    merging,
    organisations,
    people,
    positions,
    priorities,
    records,
    settings,
    topics,
    trail,
    webhooks,
)

ROUTERS = (
    ("/people", people.router),
    ("/people", leaving.router),
    ("/departments", departments.router),
    ("/departments", merging.router),
    ("/topics", topics.router),
    ("/organisations", organisations.router),
    ("/positions", positions.router),
    ("/settings", settings.router),
    ("/look", look.router),
    ("/priorities", priorities.router),
    ("/deleted-tickets", records.router),
    ("/purges", records.purges_router),
    ("/security", trail.router),
    ("/webhooks", webhooks.router),
    ("/channels", channels.router),
)
"""Each with its place below `/administration`."""
