"""The table of the shared cache, so that `migrate` alone makes a database that can serve."""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def create_cache_table(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table of every cache that is kept in the database; a cache elsewhere needs none."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):  # noqa: D101 - Django's name for it
    dependencies = [("site_cms", "0002_pages_images_documents")]

    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
