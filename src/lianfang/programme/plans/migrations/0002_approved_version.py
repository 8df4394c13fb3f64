"""Records remember of which version their approval is, so that only changed ones need their frozen copy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="approved_version",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="审定时的版本"),
        ),
        migrations.AddField(
            model_name="submission",
            name="approved_version",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="审定时的版本"),
        ),
    ]
