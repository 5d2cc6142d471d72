"""Whatever colour is chosen, letters can be read."""

from hypothesis import given
from hypothesis import strategies as st

from estafeta.lib import colours

any_colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(any_colour)
def test_every_colour_gives_shades_that_can_be_read(colour: str) -> None:
    for shades, ground in (
        (colours.light(colour), colours.LIGHT_GROUND), (colours.dark(colour), colours.DARK_GROUND),
    ):  # fmt: skip
        assert colours.contrast(shades.accent, shades.on_accent) >= 4.5
        assert colours.contrast(shades.accent, ground) >= 4.5
        assert colours.contrast(shades.text, shades.soft) >= 4.5
        assert all(colours.is_colour(shade) for shade in vars(shades).values())


def test_a_colour_that_can_be_read_stays() -> None:
    assert colours.light("#2457c5").accent == "#2457c5"


def test_black_and_white_are_twenty_one_to_one() -> None:
    assert round(colours.contrast("#000000", "#ffffff"), 3) == 21
    assert colours.contrast("#2457c5", "#2457c5") == 1


def test_only_six_small_digits_are_a_colour() -> None:
    assert colours.is_colour("#2457c5")
    for text in ("#2457C5", "2457c5", "#fff", "#2457c5 ", "#2457c5\n", "red", ""):
        assert not colours.is_colour(text)
