"""The form with which staff upload an image."""

import struct
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

_BROKEN = (OSError, ValueError, SyntaxError, OverflowError, struct.error, DecompressionBombError)
"""What Pillow raises, besides what Wagtail expects, for a file that begins like an image."""


class ImageFileField(WagtailImageField):
    """Wagtail's, which a truncated file would end in a fault."""

    def to_python(self, data: Any) -> Any:
        """The image, read once."""
        try:
            return super().to_python(data)
        except _BROKEN as fault:
            raise ValidationError(
                _("This image is damaged or incomplete. Save it again from the program that made it.")
            ) from fault


class ImageForm(BaseImageForm):
    """Wagtail's form with our field."""

    file = ImageFileField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])
