"""What the stream tells besides tickets and pop-ups: rows of rooms below, one row here a room."""

from __future__ import annotations

from estafeta.realtime.calls_source import CallsSource
from estafeta.realtime.chat_source import ChatSource
from estafeta.realtime.told import Source, Told

__all__ = ["SOURCES", "Source", "Told"]

SOURCES: tuple[Source, ...] = (ChatSource(), CallsSource())
