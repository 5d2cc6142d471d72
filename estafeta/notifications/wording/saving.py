"""Administrators change the words of messages and take their changes back."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib.text import clean, one_line
from estafeta.notifications.models import MessageTemplate
from estafeta.notifications.models.template import LONGEST_BODY, LONGEST_SUBJECT
from estafeta.notifications.wording import applying
from estafeta.notifications.wording.events import EVENTS
from estafeta.notifications.wording.liquid import Fault, checked
from estafeta.notifications.wording.places import PLACES, events_of
from estafeta.notifications.wording.preview import content_for


def save(
    event: str, language: str, channel: str, *, by: Person, subject: str, body: str
) -> MessageTemplate:
    """Use these words from now on. Raises Invalid where they cannot be understood."""
    permissions.require(permissions.administers(by))
    draft = drafted(event, language, channel, subject=subject, body=body)
    _try(draft, by)
    words = {"subject": draft.subject, "body": draft.body}
    with transaction.atomic():
        row, _is_new = MessageTemplate.objects.update_or_create(
            event=event, language=language, channel=channel,
            defaults={
                **words, "changed_at": timezone.now(), "changed_by": by,
                "failed_at": None, "failure": "",
            },
        )  # fmt: skip
        security.record(Kind.SETTINGS_CHANGED, by=by, template=str(row), fields=list(words))
    applying.forget()
    return row


def reset(event: str, language: str, channel: str, *, by: Person) -> bool:
    """Go back to the shipped words; False where nothing was changed."""
    permissions.require(permissions.administers(by))
    with transaction.atomic():
        rows = MessageTemplate.objects.filter(event=event, language=language, channel=channel)
        row = rows.first()
        if row is None:
            return False
        row.delete()
        name = f"{event} {language} {channel}"
        security.record(Kind.SETTINGS_CHANGED, by=by, template=name, is_reset=True)
    applying.forget()
    return True


def drafted(event: str, language: str, channel: str, *, subject: str, body: str) -> MessageTemplate:
    """An unsaved row with these words. Raises Invalid where they cannot be understood."""
    is_known = channel in PLACES and event in events_of(channel)
    if not is_known or language not in dict(settings.LANGUAGES):
        raise Invalid.at("", _("There is no such message."))
    subject, body = one_line(subject), clean(body)
    errors: dict[str, list[str]] = {}
    for name, text, longest in (
        ("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY),
    ):  # fmt: skip
        if len(text) > longest:
            errors[name] = [_("At most %(count)s letters.") % {"count": longest}]
            continue
        try:
            checked(text, {})
        except Fault as fault:
            errors[name] = [str(fault)]
    if not body:
        errors["body"] = [_("Write what the message says.")]
    if errors:
        raise Invalid(errors)
    return MessageTemplate(
        event=event, language=language, channel=channel, subject=subject, body=body
    )


def _try(draft: MessageTemplate, by: Person) -> None:
    """What fails on an invented ticket would fail on all. Raises Invalid."""
    with translation.override(draft.language):
        content = content_for(draft.event, None, reader=by)
    try:
        applying.in_words_of(draft, content, ticket=None, recipient=by.name)
    except Fault as fault:
        raise Invalid.at("body", str(fault)) from None


def unknown_in(template: MessageTemplate) -> list[str]:
    """Variables it names that its event does not have: they stay empty."""
    known = EVENTS[template.event].variables_of()
    found = {name for text in (template.subject, template.body)
             for name in checked(text, known).unknown}  # fmt: skip
    return sorted(found)
