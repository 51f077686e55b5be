"""What other sites read in the head of a page."""

from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from events.catalogue.models import Event

from ..sharing import structured

register = template.Library()

_LOCALES = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES", "ar": "ar_AR", "zh-hans": "zh_CN", "ru": "ru_RU"}


@register.simple_tag(takes_context=True)
def event_data(context: Context, summary: str) -> SafeString:
    """The page's event as a block of JSON-LD."""
    url = public_address(context, context["page"].get_url(context["request"]))
    data = structured.event_data(
        context["event"], context["window"], former=context.get("former"), url=url, summary=str(summary)
    )
    return structured.as_script(data)


@register.simple_tag
def picture_address(event: Event) -> str:
    """The full address of the event's picture in the active language."""
    return structured.picture_address(event)


@register.simple_tag(takes_context=True)
def public_address(context: Context, path: str = "") -> str:
    """The full public address of `path`, by default of this page."""
    return urljoin(settings.SITE_URL, path or context["request"].path)


@register.simple_tag
def locale_name() -> str:
    """The active language as Open Graph names it, such as en_GB."""
    return _LOCALES.get(get_language() or "en", "en_GB")
