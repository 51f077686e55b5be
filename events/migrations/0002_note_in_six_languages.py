"""The note on an event's facts is shown on its page, so it speaks the page's language."""

from django.db import migrations

import events.catalogue.texts


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        # Removed and added anew: no database turns a plain text into JSON by itself.
        migrations.RemoveField(model_name="event", name="note"),
        migrations.AddField(
            model_name="event",
            name="note",
            field=events.catalogue.texts.TextsField(
                blank=True,
                default=events.catalogue.texts.Texts,
                help_text="For example the source, or that something is illustrative. Shown on the page.",
                max_length=300,
                verbose_name="note on the facts",
            ),
        ),
    ]
