"""The one button of the dashboard."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from events.access.policy import policy_of
from events.catalogue.models import Event

from . import services


@require_POST
def make_page(request: HttpRequest, event_id: int) -> HttpResponse:
    """Make the event's page and open it."""
    reach = policy_of(Event).instances_user_has_permission_for(request.user, "view")
    event = get_object_or_404(reach, pk=event_id)
    if not policy_of(Event).user_has_permission_for_instance(request.user, "change", event):
        raise PermissionDenied
    try:
        page = services.make_event_page(event=event, user=request.user)
    except services.NoFamilyPageError:
        messages.error(
            request,
            _("The family “%(family)s” has no page yet. An administrator has to add it first.")
            % {"family": event.family},
        )
        return redirect("wagtailadmin_home")
    messages.success(
        request, _("This is the draft of the event’s page. Visitors see it once it is published.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)
