from datetime import UTC, datetime, timedelta, timezone

from estafeta.lib import chain


def test_every_part_of_the_content_and_the_hash_before_it_count() -> None:
    content = {"seq": 1, "what": "Шестерня", "facts": {"a": 1}}
    link = chain.link("", content)
    assert len(link) == 64
    assert link != chain.link("0", content)
    assert link != chain.link("", content | {"facts": {"a": 2}})


def test_the_order_of_keys_does_not_count() -> None:
    assert chain.link("", {"a": 1, "b": {"c": 2, "d": 3}}) == chain.link(
        "", {"b": {"d": 3, "c": 2}, "a": 1}
    )


def test_one_moment_reads_the_same_in_every_time_zone() -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert chain.moment(at) == chain.moment(at.astimezone(timezone(timedelta(hours=5))))
