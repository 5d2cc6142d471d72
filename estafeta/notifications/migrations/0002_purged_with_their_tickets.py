"""Where a ticket is removed for good, what was told of it goes as well; nothing changes in the tables."""

import django.db.models.deletion
from django.db import migrations, models

CASCADE = django.db.models.deletion.CASCADE


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_notifications_and_deliveries"),
        ("tickets", "0014_relations"),
    ]
    operations = [
        migrations.AlterField(
            "delivery",
            "notification",
            models.ForeignKey(
                on_delete=CASCADE, related_name="deliveries", to="notifications.notification"
            ),
        ),
        migrations.AlterField(
            "notification",
            "entry",
            models.ForeignKey(on_delete=CASCADE, related_name="+", to="tickets.entry"),
        ),
        migrations.AlterField(
            "notification",
            "ticket",
            models.ForeignKey(on_delete=CASCADE, related_name="+", to="tickets.ticket"),
        ),
    ]
