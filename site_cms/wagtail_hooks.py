"""Table of contents of what editors find in the staff screens, and who may do what there."""

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import AbstractPage
from wagtail.permissions import register_permission_policy

from .documents import hooks as documents  # noqa: F401 - registers its hooks on import
from .editing import hooks as editing  # noqa: F401
from .editing.policies import TeamDocumentPolicy, TeamImagePolicy, TeamPagePolicy
from .translation import hooks as translation  # noqa: F401

register_permission_policy(AbstractPage, TeamPagePolicy())
# For exactly these classes: Wagtail registers its own policies for them, and may do so later.
register_permission_policy(
    get_image_model(),
    TeamImagePolicy(get_image_model(), auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user"),
    exact_class=True,
)
register_permission_policy(
    get_document_model(),
    TeamDocumentPolicy(
        get_document_model(), auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user"
    ),
    exact_class=True,
)
