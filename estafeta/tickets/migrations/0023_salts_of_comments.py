"""Texts of comments are told in the journal by salted digests; older ones keep theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0022_names_of_files_in_the_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="salt",
            field=models.CharField(editable=False, max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="wording",
            name="salt",
            field=models.CharField(editable=False, max_length=32, null=True),
        ),
    ]
