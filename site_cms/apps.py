"""The Django app of the project."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers the app; the models are listed in `site_cms.models`."""

    name = "site_cms"

    def ready(self) -> None:
        """Let the cache in front of the site follow what is published."""
        from .front_cache import watch_publishing

        watch_publishing()
