"""How a page can be looked at before it is published: as it is, and in Arabic, from right to left."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import Translation

IN_ARABIC = "ar"


class PreviewInArabic:
    """For page types whose layout must be seen from right to left as well."""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """As it is; an English page, which the others translate, also in Arabic."""
        modes = [*super().preview_modes]  # type: ignore[misc]
        is_english = self.locale.language_code == "en"  # type: ignore[attr-defined]
        return [*modes, (IN_ARABIC, _("In Arabic"))] if is_english else modes

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
    """The page's Arabic translation with every text translated so far, if there is one.

    Texts translated beside the English page stand in no draft until they are submitted.
    """
    found = page.get_translations().filter(locale__language_code=IN_ARABIC).first()
    if found is None:
        return None
    beside = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=found.locale_id, enabled=True
    ).first()
    if beside is None:
        return found.specific.get_latest_revision_as_object()
    return beside.source.get_ephemeral_translated_instance(beside.target_locale, fallback=True)
