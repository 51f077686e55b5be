"""People who work here, images, documents, and the pages (Django's register)."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from .pages.models import EventPage, FamilyPage, HomePage

__all__ = [
    "EventPage",
    "FamilyPage",
    "HomePage",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
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
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_a_filter"),
        )


class SiteDocument(AbstractDocument):
    """A file for download."""

    admin_form_fields = Document.admin_form_fields
