"""Blocks to look at: images and videos. Nothing is loaded from another site."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from .safety import validate_video_host, video_host

LOOK = _("Images and videos")


class PictureBlock(blocks.StructBlock):
    """An image with its words for those who do not see it, or marked as decoration."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=240, required=False)
    credit = blocks.CharBlock(
        label=_("Credit"), max_length=120, required=False, help_text=_("Who made the image.")
    )

    class Meta:
        label = _("Image")
        icon = "image"
        group = LOOK
        description = _("A photograph or drawing. Say in words what it shows, or mark it as decoration.")
        template = "site_cms/blocks/image.html"
        preview_value = {"image": None, "caption": "Inspection of seedlings", "credit": "Name"}


class VideoBlock(blocks.StructBlock):
    """A link to a video on its own site: that site learns nothing before the click."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    address = blocks.URLBlock(label=_("Address of the video"), validators=[validate_video_host])
    length = blocks.CharBlock(label=_("Length"), max_length=20, required=False, help_text=_("Such as 3:20."))
    image = ImageChooserBlock(label=_("Image"), required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The site that the link leads to; None where it may not."""
        return {**super().get_context(value, parent_context), "host": video_host(value["address"])}

    class Meta:
        label = _("Video")
        icon = "media"
        group = LOOK
        description = _(
            "A link to YouTube, Vimeo or a site of the United Nations. Nothing is loaded from there before."
        )
        template = "site_cms/blocks/video.html"
        preview_value = {
            "title": "How the ePhyto Hub works",
            "address": "https://www.youtube.com/watch?v=example",
            "length": "3:20",
            "image": None,
        }
