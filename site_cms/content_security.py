"""Two content security policies: the public pages' strict one, and the staff screens' own."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ContentSecurity(CSPMiddleware):
    """Wagtail's page editor and lists need inline scripts and a preview frame; nobody else gets them."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Choose the policy by the address."""
        if request.path_info.startswith("/admin/"):
            # What django-csp's own decorators set on a response.
            vars(response)["_csp_update"] = self._of_staff(request.path_info)
        return super().process_response(request, response)

    @staticmethod
    def _of_staff(address: str) -> dict[str, list[str]]:
        """The page editor's policy, or that of all other staff screens."""
        if address.startswith("/admin/pages/"):
            return settings.PAGE_EDITOR_CONTENT_SECURITY
        return settings.STAFF_CONTENT_SECURITY
