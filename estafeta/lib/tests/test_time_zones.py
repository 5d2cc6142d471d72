from estafeta.lib import time_zones


def test_cities_are_named_in_the_language() -> None:
    assert "Москва" in dict(time_zones.choices("ru"))["Europe/Moscow"]
    assert dict(time_zones.choices("en"))["Europe/Moscow"] == "Moscow · UTC+3:00"


def test_a_city_is_found_under_the_older_name_of_its_zone_too() -> None:
    labels = [label.split(" · ")[0] for _name, label in time_zones.choices("uk")]
    assert {"Київ", "Буенос-Айрес"} <= set(labels)
    assert "Kyiv" not in labels


def test_zones_go_from_west_to_east_with_utc_first() -> None:
    names = [name for name, _label in time_zones.choices("en")]
    assert names[0] == "UTC"
    assert names.index("America/New_York") < names.index("Asia/Tokyo")


def test_each_label_is_there_once() -> None:
    labels = [label for _name, label in time_zones.choices("uk")]
    assert len(labels) == len(set(labels)) > 300


def test_only_zones_are_known() -> None:
    assert time_zones.is_known("Europe/Kiev")
    assert not time_zones.is_known("../../etc/passwd")
    assert not time_zones.is_known("")
