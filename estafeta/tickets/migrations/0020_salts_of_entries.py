"""Entries get salts; a nullable column is added in place, so that triggers and rows stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0019_jobs_of_moved_tasks")]

    operations = [
        migrations.AddField("entry", "salt", models.CharField(max_length=32, null=True)),
    ]
