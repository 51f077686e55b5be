"""What a registration costs. Pure: the price is computed here and frozen on the registration."""

from ..catalogue.models import Category
from ..registration.services import Price


def price_for(category: Category, *, is_funded: bool = False) -> Price:
    """The price of one place in `category`. Every category is free of charge until fees are set up.

    Who is funded pays nothing in any category.
    """
    if is_funded:
        return Price(minor=0, currency="USD", explanation="Funded: no fee")
    return Price(minor=0, currency="USD", explanation="Free of charge")
