"""Channels: how they are doing, and holding them back; what is set for them is set on their pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from estafeta.api.administration import room
from estafeta.api.lookups import the_person
from estafeta.api.schemas.administration.channels import (
    AllFailures,
    CauseBody,
    ChannelStateOut,
    ChannelStates,
    FailuresOut,
    TriedAgain,
)
from estafeta.notifications import overview, steering
from estafeta.notifications.administering import health
from estafeta.notifications.channels import CHANNELS

router = room.router("Administration: messages")


@router.get(
    "", response=ChannelStates, operation_id="channel_states", summary="How channels are doing"
)
def listing(request: HttpRequest) -> ChannelStates:
    """For whoever watches: what waits and how long, what left, what is wrong."""
    return ChannelStates(channels=_states())


@router.get(
    "/failures", response=AllFailures, operation_id="failures", summary="What failed, by cause"
)
def failures(request: HttpRequest) -> AllFailures:
    """Of all channels."""
    return AllFailures(failures=[FailuresOut.of(row) for row in overview.failures()])


@router.post(
    "/{channel}/pause", response=ChannelStateOut, operation_id="pause_channel",
    summary="Let nothing leave by a channel",
)  # fmt: skip
def pause(request: HttpRequest, channel: str) -> ChannelStateOut:
    """Messages wait."""
    steering.pause(_known(channel), by=the_person(request))
    return _state(channel)


@router.post(
    "/{channel}/resume", response=ChannelStateOut, operation_id="resume_channel",
    summary="Let messages leave again",
)  # fmt: skip
def resume(request: HttpRequest, channel: str) -> ChannelStateOut:
    """Also at once, if it rests because it has failed."""
    steering.resume(_known(channel), by=the_person(request))
    return _state(channel)


@router.post(
    "/{channel}/retry", response=TriedAgain, operation_id="retry_failures",
    summary="Try again what failed for one cause",
)  # fmt: skip
def retry(request: HttpRequest, channel: str, body: CauseBody) -> TriedAgain:
    """Not what would go to addresses that are stopped."""
    count = steering.retry_all(_known(channel), body.cause, by=the_person(request))
    return TriedAgain(queued=count)


def _known(channel: str) -> str:
    if channel not in CHANNELS:
        raise Http404
    return channel


def _state(channel: str) -> ChannelStateOut:
    return next(one for one in _states() if one.name == channel)


def _states() -> list[ChannelStateOut]:
    queues, rates, states = overview.queues(), overview.rates(), overview.states()
    return [
        ChannelStateOut.of(one, queues[name], rates[name], states[name])
        for one in health.of_all()
        for name in (one.channel.name,)
    ]
