"""Pages of one row beside those that Wagtail has: named, in reach, and with the way back."""

from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin


class RowPage(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page of one row, below the row's own."""

    model: type[Model]
    object: Any
    index_url_name = ""
    inspect_url_name = ""
    heading: Any = ""

    def get_page_title(self) -> str:
        """What the page is for."""
        return str(self.heading)

    def get_page_subtitle(self) -> str:
        """The row's name."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """List, row, page."""
        plural = capfirst(str(self.model_opts.verbose_name_plural))
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": plural},
            {"url": self.row_url, "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]

    @cached_property
    def row_url(self) -> str:
        """The row's own page, or the list."""
        if self.inspect_url_name:
            return reverse(self.inspect_url_name, args=(quote(self.object.pk),))
        return reverse(self.index_url_name)

    def address(self, name: str, *arguments: Any) -> str:
        """Another page of the same row."""
        return reverse(
            f"{self.index_url_name.split(':')[0]}:{name}", args=(quote(self.object.pk), *arguments)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The row and the way back."""
        return super().get_context_data(object=self.object, row_url=self.row_url, **kwargs)

    def back(self) -> HttpResponseRedirect:
        """To the row's own page."""
        return HttpResponseRedirect(self.row_url)
