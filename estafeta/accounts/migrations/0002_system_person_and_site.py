"""The person as which the product itself acts, and the one row of the site."""

from typing import Any

from django.db import migrations


def make(apps: Any, schema_editor: Any) -> None:
    apps.get_model("accounts", "Person").objects.create(
        login="system",
        name="Estafeta",
        password="!",
        is_active=False,
        mail_wanted=False,
    )
    apps.get_model("accounts", "Site").objects.create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_departments_site")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
