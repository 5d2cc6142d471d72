"""From what happened to whom it concerns: the journal first, then the chat."""

from __future__ import annotations

from estafeta.notifications import fan_out
from estafeta.notifications.talks import fan_out as of_talks


def run_once() -> int:
    """Tell of what comes next in both; how much it was."""
    return fan_out.run_once() + of_talks.run_once()
