"""Rhythms that follow the department, summaries, and the wish for mail as a part of the matrix."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = (
    "offered", "mentioned", "taken", "replied", "noted", "waiting", "done", "deadline", "changed",
    "reminded", "announced", "escalated",
)


def move_the_wish_for_mail(apps, schema_editor):
    """Who wanted no mail about tickets wants it for no kind of event."""
    people = apps.get_model("accounts", "Person").objects.filter(mail_wanted=False)
    wishes = apps.get_model("notifications", "Wishes")
    kept = {row.person_id: row for row in wishes.objects.filter(person__mail_wanted=False)}
    for pk in people.exclude(login="system").values_list("pk", flat=True):
        row = kept.get(pk) or wishes(person_id=pk)
        for kind in KINDS:
            row.matrix.setdefault(kind, {}).setdefault("mail", False)
        row.save()


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0007_talk_in_chats'),
        ('tickets', '0021_telegram_is_a_door'),
    ]

    operations = [
        migrations.AlterField(
            model_name='defaultwishes',
            name='rhythm',
            field=models.CharField(blank=True, choices=[('at_once', 'At once'), ('hourly', 'Gathered, every hour'), ('daily', 'Gathered, once a day')], default='', max_length=8),
        ),
        migrations.AlterField(
            model_name='wishes',
            name='rhythm',
            field=models.CharField(blank=True, choices=[('at_once', 'At once'), ('hourly', 'Gathered, every hour'), ('daily', 'Gathered, once a day')], default='', max_length=8, verbose_name='Messages leave'),
        ),
        migrations.CreateModel(
            name='IncludedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.entry')),
                ('notification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='included', to='notifications.notification')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('notification', 'entry'), name='included_once_a_notification')],
            },
        ),
        migrations.RunPython(move_the_wish_for_mail, migrations.RunPython.noop),
    ]
