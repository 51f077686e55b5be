"""Cards of people."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class PersonBlock(blocks.StructBlock):
    """One person. The image stands beside the name, so that it needs no words of its own."""

    name = blocks.CharBlock(label=_("Name"), max_length=160)
    role = blocks.CharBlock(label=_("Role"), max_length=200, required=False)
    organization = blocks.CharBlock(label=_("Organization or country"), max_length=200, required=False)
    image = ImageChooserBlock(label=_("Image"), required=False)

    class Meta:
        label = _("Person")
        icon = "user"


class PeopleBlock(blocks.StructBlock):
    """Speakers, chairs or staff."""

    people = blocks.ListBlock(PersonBlock(), label=_("People"), min_num=1)

    class Meta:
        label = _("People")
        icon = "group"
        group = _("Facts")
        description = _("Names with role, organization and image: chairs, speakers, staff to ask.")
        template = "site_cms/blocks/people.html"
        preview_value = {
            "people": [
                {"name": "Name of a chair", "role": "Chair", "organization": "Kenya", "image": None},
                {"name": "Name of a speaker", "role": "Speaker", "organization": "Malaysia", "image": None},
            ]
        }
