"""The pages' bodies no longer record their blocks. The columns stay as they are."""

from django.db import migrations

from site_cms.pages.body import BodyField

PAGES = (
    "contactpage",
    "documentspage",
    "eventpage",
    "familypage",
    "homepage",
    "newspage",
    "proposalspage",
    "speakerspage",
    "standardpage",
)


class Migration(migrations.Migration):
    dependencies = [("site_cms", "0006_review_by_a_colleague")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(page, "body", BodyField([], blank=True, verbose_name="text"))
                for page in PAGES
            ]
        )
    ]
