import io

from site_cms.words import extract

KEYWORDS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "_": None}
TEMPLATE = """{% load i18n %}
    <h1 title='7" wide'>{% translate "Programme" %}</h1>
  {# Translators: a greeting on top of the page #}
      {% translate "Welcome" context "greeting" %}
 {% blocktranslate trimmed count n=places %}
   One place left (of many
 {% plural %}
   {{ n }} places left
 {% endblocktranslate %} it's {{ _("Name") }} {# no word #}"""


def test_words_are_found_whatever_the_indentation_around_them() -> None:
    found = list(extract(io.BytesIO(TEMPLATE.encode()), KEYWORDS, ["Translators"], {}))
    assert [(function, words) for _line, function, words, _comments in found] == [
        ("gettext", "Programme"),
        ("pgettext", ("greeting", "Welcome")),
        ("ngettext", ("One place left (of many", "%(n)s places left", None)),
        ("_", "Name"),
    ]
    assert found[1][3] == ["Translators: a greeting on top of the page"]
