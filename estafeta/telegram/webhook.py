"""Telegram calls us: each update becomes a job, so that it is answered at once."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django_tasks import task

from estafeta.lib.jobs.backend import TableTask
from estafeta.notifications import channel_settings
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.telegram.bot import Bot
from estafeta.telegram import receive, registration

LARGEST = 1 << 20


@csrf_exempt
@require_POST
def updates(request: HttpRequest) -> HttpResponse:
    """For whoever does not know the secret there is nothing here."""
    values = channel_settings.values_of(receive.NAME)
    is_on = channel_settings.is_ready(CHANNELS[receive.NAME])
    said = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    expected = registration.secret(values)
    if not (is_on and values.get("receiving") == "webhook") or not constant_time_compare(
        said, expected
    ):
        raise Http404
    try:
        update = json.loads(request.body[:LARGEST])
        number = int(update["update_id"])
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)
    cast(TableTask, handle_update).only_once(f"telegram update {number}").enqueue(update)
    return HttpResponse(status=200)


@task(max_attempts=3)
def handle_update(update: dict[str, Any]) -> None:
    """In the worker."""
    bot = Bot(channel_settings.values_of(receive.NAME))
    try:
        receive.handle(bot, update)
    finally:
        bot.close()
