"""The words that the Secretariat keeps for every page, in templates."""

from django import template
from django.template import Context
from django.utils.translation import get_language

from events.catalogue.designations import DISCLAIMER
from events.catalogue.texts import Texts

from .. import site_texts as kept
from ..site_texts import SiteTexts

register = template.Library()


@register.simple_tag(takes_context=True)
def site_texts(context: Context) -> SiteTexts:
    """The texts of the site."""
    return kept.standing(context.get("request")).texts


@register.simple_tag(takes_context=True)
def contact_address(context: Context) -> str:
    """The address of the contact form in the active language, else in English; empty when there is none."""
    contact = kept.standing(context.get("request")).contact
    return contact.get(get_language() or "en") or contact.get("en", "")


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[tuple[str, str]]:
    """Title and address of each page that stands in the menu of the active language."""
    return kept.standing(context.get("request")).menu.get(get_language() or "en", [])


@register.simple_tag(takes_context=True)
def designations(context: Context) -> Texts:
    """The disclaimer on designations, as the Secretariat words it, else in the words of FAO."""
    own = kept.standing(context.get("request")).texts.designations
    return own or Texts({get_language() or "en": str(DISCLAIMER), "en": str(DISCLAIMER)})
