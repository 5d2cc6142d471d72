"""Acts may come in through Telegram; only the names of the doors change, no column does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0020_salts_of_entries"),
    ]

    operations = [
        migrations.AlterField(
            model_name="bulkrun",
            name="via",
            field=models.CharField(
                choices=[
                    ("desk", "on a page"),
                    ("api", "through the API"),
                    ("mail", "by mail"),
                    ("telegram", "in Telegram"),
                    ("schedule", "by schedule"),
                    ("system", "by the system"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="via",
            field=models.CharField(
                choices=[
                    ("desk", "on a page"),
                    ("api", "through the API"),
                    ("mail", "by mail"),
                    ("telegram", "in Telegram"),
                    ("schedule", "by schedule"),
                    ("system", "by the system"),
                ],
                max_length=10,
            ),
        ),
    ]
