"""Who may change what about people. A table of rules, asked by every action of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estafeta.accounts.errors import NotAllowed

if TYPE_CHECKING:
    from estafeta.accounts.models import Announcement, Person


def administers(by: Person) -> bool:
    """Administrators change everything here; so does the system (first run, command line)."""
    return by.is_system or (by.is_active and by.is_administrator)


def is_staff(person: Person) -> bool:
    """Belongs to a department, directs or administers: not a client."""
    return person.is_agent or person.is_administrator or person.is_system


def may_add_clients(by: Person) -> bool:
    """Heads always, other agents when it is switched on for them."""
    if administers(by):
        return True
    return by.is_active and by.is_agent and (by.may_edit_clients or by.standing.is_boss)


def may_edit_card(by: Person, person: Person) -> bool:
    """Name and contacts of this person."""
    if administers(by):
        return not person.is_system
    return not is_staff(person) and may_add_clients(by)


def may_change_email(by: Person, person: Person) -> bool:
    """Links to set a password go there, so who signs in is safe from everybody but administrators."""
    return administers(by) or (may_edit_card(by, person) and not person.login)


def may_announce(by: Person) -> bool:
    """Send announcements to other departments, to clients, to everybody."""
    return by.is_active and (by.may_announce or by.is_administrator or by.is_director)


def may_change_announcement(by: Person, announcement: Announcement) -> bool:
    """His own while he may send any; administrators and directors every one."""
    is_own = announcement.author_id == by.pk
    return may_announce(by) and (is_own or by.is_administrator or by.is_director)


def may_change_absence(by: Person, person: Person) -> bool:
    """One's own; heads those of their people, directors and administrators everybody's of the staff."""
    if not by.is_active or person.is_system or not is_staff(person):
        return False
    if by.pk == person.pk or by.is_administrator or by.is_director:
        return True
    return bool(by.standing.headed & person.standing.member_of)


def require(allowed: bool) -> None:
    """Raise NotAllowed unless allowed."""
    if not allowed:
        raise NotAllowed
