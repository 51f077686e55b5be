"""The one Django app of the domain."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Registers the app; the models are listed in `events.models`."""

    name = "events"
    verbose_name = "Events"

    def ready(self) -> None:
        """Load the system checks."""
        from . import checks  # noqa: F401 - registers itself on import
