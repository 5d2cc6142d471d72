"""The ladder of urgent tickets that nobody answers, with the rungs it comes with."""

from django.db import migrations, models
import django.db.models.deletion

SHIPPED = ((5, 'meant'), (5, 'deputies'), (5, 'heads'), (15, 'above'))


def put_up(apps, schema_editor):
    """Five minutes, then who was meant once more; their deputies; the head; all heads above."""
    rung = apps.get_model('notifications', 'Rung')
    for place, (minutes, whom) in enumerate(SHIPPED, 1):
        rung.objects.create(place=place, after_minutes=minutes, whom=whom, channels=[])


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0004_webhooks_and_push_keys'),
        ('tickets', '0019_jobs_of_moved_tasks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(unique=True)),
                ('after_minutes', models.PositiveSmallIntegerField()),
                ('whom', models.CharField(choices=[('meant', 'Those to whom it was given, else their department'), ('deputies', 'Their deputies'), ('heads', 'The head of the department'), ('above', 'All heads above'), ('directors', 'The directors')], max_length=10)),
                ('channels', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('place',),
            },
        ),
        migrations.CreateModel(
            name='Climb',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.PositiveSmallIntegerField(default=0)),
                ('started_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(null=True)),
                ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='climb', to='tickets.ticket')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='climb_due')],
            },
        ),
        migrations.RunPython(put_up, migrations.RunPython.noop),
    ]
