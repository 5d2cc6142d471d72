"""Absences; the wish for mail has moved into the matrix of event and channel."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0008_wishes_that_follow_and_summaries'),
        ('accounts', '0014_addresses_in_the_security_trail'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='person',
            name='mail_wanted',
        ),
        migrations.AlterField(
            model_name='securityentry',
            name='kind',
            field=models.CharField(choices=[('sign_in.done', 'Signed in'), ('sign_in.failed', 'Sign-in failed'), ('sign_in.ended', 'Signed out'), ('sign_in.revoked', 'Sessions ended'), ('password.link_sent', 'Link to set a password sent'), ('password.reset', 'Password set by link'), ('password.changed', 'Password changed'), ('people.created', 'Person added'), ('people.changed', 'Person changed'), ('people.deactivated', 'Person switched off'), ('people.reactivated', 'Person switched on again'), ('people.deleted', 'Person deleted'), ('people.absence_set', 'Absence entered'), ('people.absence_changed', 'Absence changed'), ('people.absence_removed', 'Absence removed'), ('people.address_added', 'Address for messages added'), ('people.address_removed', 'Address for messages removed'), ('rights.changed', 'Rights changed'), ('rights.memberships', 'Departments of a person changed'), ('structure.department_created', 'Department added'), ('structure.department_changed', 'Department changed'), ('structure.department_merged', 'Department merged'), ('structure.department_deleted', 'Department deleted'), ('structure.organisation_created', 'Organisation added'), ('structure.organisation_changed', 'Organisation changed'), ('structure.organisation_deleted', 'Organisation deleted'), ('structure.topic_created', 'Topic added'), ('structure.topic_changed', 'Topic changed'), ('structure.topic_deleted', 'Topic deleted'), ('structure.position_created', 'Position added'), ('structure.position_changed', 'Position renamed'), ('structure.position_deleted', 'Position deleted'), ('structure.ticket_purged', 'Ticket removed for good'), ('settings.set_up', 'Installation set up'), ('settings.changed', 'Settings changed'), ('settings.webhook', 'Webhook changed'), ('tokens.made', 'API token made'), ('tokens.revoked', 'API token revoked'), ('announcements.sent', 'Announcement sent'), ('announcements.changed', 'Announcement changed'), ('announcements.withdrawn', 'Announcement withdrawn')], max_length=40),
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='Away from')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='Back on')),
                ('reason', models.CharField(blank=True, max_length=120, verbose_name='Why')),
                ('is_silent', models.BooleanField(default=False, verbose_name='No messages while away')),
                ('made_at', models.DateTimeField()),
                ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who stands in')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('starts_at', 'pk'),
                'indexes': [models.Index(fields=['person', 'ends_at'], name='absence_of_person'), models.Index(fields=['starts_at', 'ends_at'], name='absence_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='absence_ends_after_it_starts')],
            },
        ),
    ]
