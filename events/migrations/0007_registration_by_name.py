"""Finds people of the same name and country in an event: who may be registered twice."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0006_single_mails_first"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["event", "name_folded", "country"], name="registration_by_name"),
        ),
    ]
