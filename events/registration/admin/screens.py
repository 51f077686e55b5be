"""The screens of registrations, put together."""

from typing import ClassVar

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from ...access.listing import EXPORT
from ...access.roles import Act
from ...access.viewsets import ScopedViewSet
from ..models import Registration
from . import exports, files, importing, junk
from .acts import ACTS
from .correction import PANELS, CorrectionForm
from .detail import RegistrationInspectView
from .dossier_acts import DOSSIER_ACTS
from .filters import RegistrationFilterSet
from .listing import COLUMNS, RegistrationIndexView


class RegistrationViewSet(ScopedViewSet):
    """Registrations. Nobody adds or deletes one here: people register, and states change."""

    model = Registration
    icon = "clipboard-list"
    menu_label = _("Registrations")
    acts: ClassVar = {
        "view": Act.SEE_REGISTRATIONS,
        "change": Act.CHANGE_REGISTRATIONS,
        EXPORT: Act.EXPORT_REGISTRATIONS,
    }
    never = ("add", "delete")
    personal = "registrations"
    related = ("event", "category", "country", "rppo")
    row_acts = (*ACTS, *DOSSIER_ACTS)
    index_view_class = RegistrationIndexView
    inspect_view_class = RegistrationInspectView
    base_form_class = CorrectionForm
    index_template_name = "events/registration/staff/index.html"
    inspect_template_name = "events/registration/staff/inspect.html"
    inspect_view_enabled = True
    search_backend_name = None
    search_fields = ("name_folded",)
    filterset_class = RegistrationFilterSet
    ordering = ("-pk",)
    list_display = COLUMNS
    list_export = ("reference",)
    export_filename = "registrations"
    panels: ClassVar = PANELS

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the files of persons, the list as a file, a list to take in, and the clean-up."""
        return [
            *super().get_urlpatterns(),
            path("file/<uuid:public_id>/", files.download, name="file"),
            path("import/", importing.take_in, name="import"),
            path("import/template.xlsx", importing.template, name="import_template"),
            path("junk/", junk.clear, name="junk"),
            path("export/", exports.ask, name="export"),
            path("export/<uuid:public_id>/", exports.state, name="export_state"),
            path("export/<uuid:public_id>/file/", exports.fetch, name="export_file"),
        ]
