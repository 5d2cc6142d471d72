"""Failures are grouped by cause, claims walk an index without sorting, labels may be alike."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_absences_and_mail_by_the_matrix'),
        ('notifications', '0008_wishes_that_follow_and_summaries'),
        ('tickets', '0021_telegram_is_a_door'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_once_an_address',
        ),
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_once_an_announcement',
        ),
        migrations.RemoveIndex(
            model_name='delivery',
            name='delivery_due',
        ),
        migrations.RemoveIndex(
            model_name='delivery',
            name='delivery_gathered',
        ),
        migrations.RemoveIndex(
            model_name='delivery',
            name='delivery_failed',
        ),
        migrations.AddField(
            model_name='delivery',
            name='cause',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['channel', 'is_gathered', 'next_attempt_at', 'id'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['channel', 'address'], name='delivery_waiting_at'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'failed')), fields=['channel', 'cause', 'settled_at'], name='delivery_failed'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('settled_at__isnull', False)), fields=['settled_at', 'channel', 'state'], name='delivery_settled'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('target', None)), fields=('notification', 'channel', 'address'), name='delivery_once_a_card'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('notification', 'channel', 'target'), name='delivery_once_an_address'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('target', None)), fields=('announcement', 'channel', 'person', 'address'), name='delivery_once_a_reader'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('announcement', 'channel', 'target'), name='delivery_once_an_announcement'),
        ),
    ]
