"""The disclaimer of the United Nations beside every list of countries, report and map."""

from django.utils.translation import gettext_lazy as _

DISCLAIMER = _(
    "The designations employed and the presentation of material do not imply the expression of any "
    "opinion whatsoever on the part of FAO concerning the legal or development status of any country, "
    "territory, city or area or of its authorities, or concerning the delimitation of its frontiers or "
    "boundaries."
)
