"""Fields of the registration form alone."""

from typing import Any

from django import forms


class CategoryRadios(forms.RadioSelect):
    """Radios of which the full ones cannot be chosen."""

    full: frozenset[str] = frozenset()

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One radio; disabled when its category is full."""
        option = super().create_option(*args, **kwargs)
        if option["value"] in self.full:
            option["attrs"]["disabled"] = True
        return option
