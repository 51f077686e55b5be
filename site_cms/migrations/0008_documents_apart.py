"""Documents lie apart from the images, under names that say nothing."""

import site_cms.documents.files
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("site_cms", "0007_bodies_without_blocks")]

    operations = [
        migrations.AlterField(
            model_name="sitedocument",
            name="file",
            field=models.FileField(
                storage=site_cms.documents.files.document_storage,
                upload_to=site_cms.documents.files.stored_name,
                validators=[site_cms.documents.files.check_upload],
                verbose_name="file",
            ),
        ),
    ]
