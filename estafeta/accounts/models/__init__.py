"""People, departments, organisations, their tokens, the site they work in, the security trail."""

from estafeta.accounts.models.absence import Absence
from estafeta.accounts.models.announcement import Announcement, Dismissal
from estafeta.accounts.models.api_token import ApiToken
from estafeta.accounts.models.department import Department, Membership
from estafeta.accounts.models.organisation import Organisation
from estafeta.accounts.models.person import Person
from estafeta.accounts.models.position import Position
from estafeta.accounts.models.receipt import Receipt
from estafeta.accounts.models.security_entry import SecurityChain, SecurityEntry
from estafeta.accounts.models.site import Site

__all__ = [
    "Absence",
    "Announcement",
    "ApiToken",
    "Department",
    "Dismissal",
    "Membership",
    "Organisation",
    "Person",
    "Position",
    "Receipt",
    "SecurityChain",
    "SecurityEntry",
    "Site",
]
