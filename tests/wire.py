"""A channel for tests: its addresses are numbers, and what is sent goes nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms

from estafeta.notifications.channels.channel import Channel, Given


class WireForm(forms.Form):
    number = forms.CharField(label="Number")


class Wire(Channel):
    name = "wire"
    label = "Wire"
    icon = "bell"
    is_on_by_itself = True
    address_form = WireForm
    for_departments = True
    shown_as: ClassVar[str] = "wire …"

    def check_address(self, given: Any) -> Given:
        if not given["number"].isdecimal():
            raise forms.ValidationError({"number": "Digits only."})
        return Given(given["number"], f"{self.shown_as}{given['number'][-2:]}")

    def write(self, content: Any, bundle: Any, values: Any) -> bytes:
        return b""

    @contextmanager
    def open(self, values: Any) -> Iterator[Any]:
        yield None
