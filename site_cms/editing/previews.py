"""How a page can be looked at before it is published: as it is, and in Arabic, from right to left."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

IN_ARABIC = "ar"


class PreviewInArabic:
    """For page types whose layout must be seen from right to left as well."""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """As it is; and in Arabic unless it is."""
        modes = [*super().preview_modes]  # type: ignore[misc]
        is_arabic = self.locale.language_code == IN_ARABIC  # type: ignore[attr-defined]
        return modes if is_arabic else [*modes, (IN_ARABIC, _("In Arabic"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page; in Arabic with the newest draft of its translation, else with its own text."""
        if mode_name != IN_ARABIC:
            return super().serve_preview(request, mode_name)  # type: ignore[misc]
        shown = _arabic_draft(self) or self
        with translation.override(IN_ARABIC):
            response = Page.serve_preview(shown, request, "")
            # The template must be filled in while the language is Arabic.
            return response.render() if hasattr(response, "render") else response


def _arabic_draft(page: Page) -> Page | None:
    """The newest draft of the page's Arabic translation, if there is one."""
    found = page.get_translations().filter(locale__language_code=IN_ARABIC).first()
    return found.specific.get_latest_revision_as_object() if found else None
