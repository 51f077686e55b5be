"""How a letter looks in each language, and the base of screens whose rows are letters."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy

from ...access.row_page import RowPage
from ...access.viewsets import ScopedViewSet
from ...catalogue.texts import LANGUAGES, RIGHT_TO_LEFT
from ..letters import language_of, sample
from ..models import Mailing

LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""A letter carries its own styles, as mails must, and nothing else."""


class PreviewPage(RowPage):
    """The letter in one of the six languages, in a frame of its own."""

    permission_required = "view"
    heading = gettext_lazy("Preview")
    template_name = "events/mailing/staff/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The language chosen, and whether English stands in."""
        language = self.request.GET.get("language", "en")
        if language not in LANGUAGES:
            raise Http404
        rendered = sample(self.object, language)
        return super().get_context_data(
            languages=[(code, name, code == language) for code, name in LANGUAGES.items()],
            language=language,
            language_name=LANGUAGES[language],
            direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
            stands_in=isinstance(self.object, Mailing) and language_of(self.object, language) != language,
            subject=rendered.subject,
            text=rendered.text,
            letter_url=self.address("letter", language),
            **kwargs,
        )


class LetterPage(RowPage):
    """The letter itself, as a mail program shows it."""

    permission_required = "view"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The HTML of the mail, which may do nothing but be looked at."""
        language = kwargs["language"]
        if language not in LANGUAGES:
            raise Http404
        return HttpResponse(
            sample(self.object, language).html, headers={"Content-Security-Policy": LETTER_POLICY}
        )


class WithLetters(ScopedViewSet):
    """A screen of rows that are letters: each with its preview."""

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the preview and the letter in each language."""
        return [
            *super().get_urlpatterns(),
            path("preview/<int:pk>/", self.construct_view(PreviewPage), name="preview"),
            path("letter/<int:pk>/<str:language>/", self.construct_view(LetterPage), name="letter"),
        ]
