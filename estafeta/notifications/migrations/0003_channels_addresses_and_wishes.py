"""Every channel: settings, addresses, wishes; a delivery tells more than one kind of thing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def say_who_gets_it(apps, schema_editor):
    """Deliveries of before went to whom their notification went."""
    notification = apps.get_model('notifications', 'Notification')
    person = notification.objects.filter(pk=models.OuterRef('notification')).values('person')[:1]
    apps.get_model('notifications', 'Delivery').objects.update(person=models.Subquery(person))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_ticket_purged'),
        ('notifications', '0002_purged_with_their_tickets'),
        ('tickets', '0019_jobs_of_moved_tasks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=20)),
                ('sealed_value', models.TextField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('label', models.CharField(max_length=200)),
                ('is_on', models.BooleanField(default=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('stopped_reason', models.CharField(blank=True, max_length=500)),
                ('details', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ChannelSettings',
            fields=[
                ('channel', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('is_on', models.BooleanField(default=False)),
                ('sealed_values', models.TextField(blank=True)),
                ('messages_a_minute', models.PositiveIntegerField(null=True)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ChannelState',
            fields=[
                ('channel', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('paused_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('broken_until', models.DateTimeField(null=True)),
                ('last_error', models.TextField(blank=True)),
                ('tokens', models.FloatField(default=0)),
                ('filled_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DefaultWishes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('matrix', models.JSONField(default=dict)),
                ('rhythm', models.CharField(choices=[('at_once', 'At once'), ('hourly', 'Gathered, every hour'), ('daily', 'Gathered, once a day')], default='at_once', max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Wishes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('matrix', models.JSONField(default=dict)),
                ('quiet_from', models.TimeField(blank=True, null=True, verbose_name='Quiet from')),
                ('quiet_until', models.TimeField(blank=True, null=True, verbose_name='Quiet until')),
                ('is_quiet_at_weekends', models.BooleanField(default=False, verbose_name='Quiet on Saturdays and Sundays')),
                ('urgent_breaks_quiet', models.BooleanField(default=True, verbose_name='Urgent tickets may break the quiet')),
                ('rhythm', models.CharField(choices=[('at_once', 'At once'), ('hourly', 'Gathered, every hour'), ('daily', 'Gathered, once a day')], default='at_once', max_length=8, verbose_name='Messages leave')),
                ('daily_at', models.TimeField(default='08:00', verbose_name='At')),
            ],
        ),
        migrations.RemoveIndex(
            model_name='delivery',
            name='delivery_due',
        ),
        migrations.AddField(
            model_name='delivery',
            name='announcement',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.announcement'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='bundle',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='entry',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.entry'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='is_gathered',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='delivery',
            name='notice',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delivery',
            name='settled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='notification',
            name='amount',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='notification',
            name='is_quiet',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='notification',
            name='stands_in_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='notification',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notifications.notification'),
        ),
        migrations.AddField(
            model_name='address',
            name='department',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='accounts.department'),
        ),
        migrations.AddField(
            model_name='address',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delivery',
            name='target',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='notifications.address'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['channel', 'next_attempt_at'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('is_gathered', True), ('state', 'queued')), fields=['channel', 'address'], name='delivery_gathered'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'failed')), fields=['channel', 'settled_at'], name='delivery_failed'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('announcement', 'channel', 'address'), name='delivery_once_an_announcement'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('entry', 'channel', 'target'), name='delivery_once_an_entry'),
        ),
        migrations.AddField(
            model_name='channelstate',
            name='paused_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='defaultwishes',
            name='department',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='default_wishes', to='accounts.department'),
        ),
        migrations.AddField(
            model_name='mute',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mute',
            name='ticket',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket'),
        ),
        migrations.AddField(
            model_name='wishes',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(fields=['channel', 'fingerprint'], name='address_found'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.UniqueConstraint(fields=('person', 'channel', 'fingerprint'), name='address_once_a_person'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.UniqueConstraint(fields=('department', 'channel', 'fingerprint'), name='address_once_a_department'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.CheckConstraint(condition=models.Q(('person', None), ('department', None), _connector='OR'), name='address_of_one_owner'),
        ),
        migrations.AddConstraint(
            model_name='mute',
            constraint=models.UniqueConstraint(fields=('ticket', 'person'), name='mute_once_a_person'),
        ),
        migrations.RunPython(say_who_gets_it, migrations.RunPython.noop),
    ]
