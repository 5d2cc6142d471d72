"""Paths are what Django makes, and stay right where the installation lies elsewhere."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from estafeta.lib.addresses import address_of


def test_a_path_is_what_django_makes() -> None:
    for _twice in range(2):
        assert address_of("ticket", 17) == reverse("ticket", args=[17]) == "/tickets/17"
        assert address_of("ticket", number=17) == "/tickets/17"


def test_below_another_prefix_paths_begin_with_it() -> None:
    assert address_of("ticket", 17) == "/tickets/17"
    set_script_prefix("/help/")
    try:
        assert address_of("ticket", 17) == "/help/tickets/17"
    finally:
        set_script_prefix("/")
    assert address_of("ticket", 17) == "/tickets/17"


def test_values_that_are_equal_but_not_the_same_have_paths_of_their_own() -> None:
    assert address_of("ticket", 1) == "/tickets/1"
    with pytest.raises(NoReverseMatch):
        address_of("ticket", True)


def test_a_name_that_is_not_there_is_an_error_each_time() -> None:
    for _twice in range(2):
        with pytest.raises(NoReverseMatch):
            address_of("no_such_place")
