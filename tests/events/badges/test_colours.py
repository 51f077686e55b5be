import pytest

from events.badges.colours import ink_on


@pytest.mark.parametrize(
    "colour,ink",
    [
        ("#000000", "#FFFFFF"),
        ("#FFFFFF", "#000000"),
        ("#1B6E3C", "#FFFFFF"),
        ("#F2C200", "#000000"),
        ("#f2c200", "#000000"),
        ("#0B5CAD", "#FFFFFF"),
        ("#757575", "#FFFFFF"),  # 4.6 with white, 4.5 with black
        ("#777777", "#000000"),
    ],
)
def test_the_ink_that_stands_out(colour: str, ink: str) -> None:
    assert ink_on(colour) == ink
