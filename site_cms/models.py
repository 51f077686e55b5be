"""People who work here, images, documents, and the pages (Django's register)."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from events.files.storage import stored_name

from .documents.files import check_upload, document_storage
from .editing.review import ColleagueReview
from .pages.contact import ContactField, ContactPage
from .pages.models import EventPage, FamilyPage, HomePage
from .pages.more import (
    DocumentsPage,
    NewsIndexPage,
    NewsPage,
    ProposalsPage,
    SpeakersPage,
    StandardPage,
)
from .site_texts import SiteTexts

__all__ = [
    "ColleagueReview",
    "ContactField",
    "ContactPage",
    "DocumentsPage",
    "EventPage",
    "FamilyPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "ProposalsPage",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteTexts",
    "SpeakersPage",
    "StandardPage",
    "User",
]


class UserManager(BaseUserManager["User"]):
    """Makes members of staff, who sign in by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A member of staff; without a password none can be used."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Somebody who may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail, whatever the letter case typed."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A member of staff. Delegates have no account."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class SiteImage(AbstractImage):
    """An image of the site."""

    admin_form_fields = Image.admin_form_fields


class SiteRendition(AbstractRendition):
    """An image in one size."""

    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_a_filter"
            ),
        )


class SiteDocument(AbstractDocument):
    """A file for download: of the whole site, or of an event with its agenda number and audience."""

    class Audience(models.TextChoices):
        """Who may open a document; enforced where the file is served."""

        PUBLIC = "public", _("Everybody")
        REGISTERED = "registered", _("Registered participants")
        TEAM = "team", _("The event’s team")

    file = models.FileField(
        _("file"), upload_to=stored_name, storage=document_storage, validators=[check_upload]
    )
    event = models.ForeignKey(
        "events.Event",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("event"),
    )
    agenda_number = models.CharField(_("agenda number"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    audience = models.CharField(
        _("who may open it"), max_length=10, choices=Audience, default=Audience.PUBLIC
    )

    admin_form_fields = (*Document.admin_form_fields, "event", "agenda_number", "language", "audience")
    # Staff screens narrow a search to the events in reach.
    search_fields: ClassVar[list[Any]] = [
        *AbstractDocument.search_fields,
        index.FilterField("event"),
        index.FilterField("audience"),
    ]
