from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_kinds_of_structure"),
    ]

    operations = [
        migrations.AlterField(
            model_name="securityentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sign_in.done", "Signed in"),
                    ("sign_in.failed", "Sign-in failed"),
                    ("sign_in.ended", "Signed out"),
                    ("sign_in.revoked", "Sessions ended"),
                    ("password.link_sent", "Link to set a password sent"),
                    ("password.reset", "Password set by link"),
                    ("password.changed", "Password changed"),
                    ("people.created", "Person added"),
                    ("people.changed", "Person changed"),
                    ("people.deactivated", "Person switched off"),
                    ("people.reactivated", "Person switched on again"),
                    ("people.deleted", "Person deleted"),
                    ("rights.changed", "Rights changed"),
                    ("rights.memberships", "Departments of a person changed"),
                    ("structure.department_created", "Department added"),
                    ("structure.department_changed", "Department changed"),
                    ("structure.department_merged", "Department merged"),
                    ("structure.department_deleted", "Department deleted"),
                    ("structure.organisation_created", "Organisation added"),
                    ("structure.organisation_changed", "Organisation changed"),
                    ("structure.organisation_deleted", "Organisation deleted"),
                    ("structure.topic_created", "Topic added"),
                    ("structure.topic_changed", "Topic changed"),
                    ("structure.topic_deleted", "Topic deleted"),
                    ("structure.position_created", "Position added"),
                    ("structure.position_changed", "Position renamed"),
                    ("structure.position_deleted", "Position deleted"),
                    ("structure.ticket_purged", "Ticket removed for good"),
                    ("settings.set_up", "Installation set up"),
                    ("settings.changed", "Settings changed"),
                    ("tokens.made", "API token made"),
                    ("tokens.revoked", "API token revoked"),
                    ("announcements.sent", "Announcement sent"),
                    ("announcements.changed", "Announcement changed"),
                    ("announcements.withdrawn", "Announcement withdrawn"),
                ],
                max_length=40,
            ),
        ),
    ]
