"""What editors do with translations: put two pages side by side, send one to review."""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation

from ..editing.policies import User
from . import services
from .selectors import english_of


@require_POST
def submit(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Send the translation to review, and tell what is still in the source's language."""
    translation = get_object_or_404(Translation, pk=translation_id, enabled=True)
    page = _target(translation)
    _require_editor(request.user, page)
    try:
        services.submit_translation(translation=translation, user=request.user)
    except services.InReviewError:
        messages.error(request, _("This page is being reviewed already."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.success(request, _("The translation waits for a colleague’s review."))
    if missing := services.untranslated(translation):
        messages.warning(
            request,
            ngettext(
                "%(count)d text has no translation yet and would appear in the language of the source.",
                "%(count)d texts have no translation yet and would appear in the language of the source.",
                missing,
            )
            % {"count": missing},
        )
    return redirect("wagtailadmin_pages:edit", page.pk)


def _target(translation: Translation) -> Page:
    """The page in the other language. Raises Http404 where it is none, or not made yet."""
    try:
        page = translation.get_target_instance()
    except ObjectDoesNotExist:
        raise Http404 from None
    if not isinstance(page, Page):
        raise Http404
    return page


def side_by_side(request: HttpRequest, page: Page) -> HttpResponse:
    """Bring a page that was written by itself beside its English source. Who may edit it was asked before."""
    source = english_of(page)
    if source is None or page.alias_of_id:
        raise Http404
    try:
        services.put_side_by_side(source=source, page=page, user=request.user)
    except services.NotAlikeError:
        messages.error(
            request,
            _("The two pages have different blocks. Give them the same blocks in the same order first."),
        )
    else:
        messages.success(request, _("This page is now translated beside its English source."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _require_editor(user: User, page: Page) -> None:
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
