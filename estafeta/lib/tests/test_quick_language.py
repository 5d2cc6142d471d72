"""The active language behaves as Django's own."""

import asyncio
import threading

from asgiref.sync import sync_to_async
from django.utils import translation
from django.utils.translation import trans_real

from estafeta.lib.quick_language import _Active


def test_it_is_in_use() -> None:
    assert isinstance(trans_real._active, _Active)


def test_overriding_ends_where_it_began() -> None:
    translation.deactivate()
    before = translation.get_language()
    with translation.override("ru"):
        with translation.override("uk"):
            assert translation.get_language() == "uk"
        assert translation.get_language() == "ru"
        with translation.override(None):
            assert translation.get_language() is None
        assert translation.get_language() == "ru"
    assert translation.get_language() == before
    translation.deactivate()


def test_threads_do_not_see_each_other() -> None:
    found = []
    with translation.override("ru"):
        thread = threading.Thread(target=lambda: found.append(translation.get_language()))
        thread.start()
        thread.join()
    assert found != ["ru"]


def test_it_goes_along_into_the_thread_of_a_task_and_not_into_other_tasks() -> None:
    async def one(language: str) -> tuple[str, str]:
        translation.activate(language)
        await asyncio.sleep(0.01)
        inside = await sync_to_async(translation.get_language)()
        return translation.get_language(), inside

    async def both() -> list[tuple[str, str]]:
        return await asyncio.gather(one("ru"), one("uk"))

    assert asyncio.run(both()) == [("ru", "ru"), ("uk", "uk")]
