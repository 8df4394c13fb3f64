"""Parts keep what a person settled about names that no unit bears; a duty keeps its day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_approved_version"),
    ]

    operations = [
        migrations.AddField(
            model_name="deliverable",
            name="settled",
            field=models.JSONField(blank=True, default=list, verbose_name="人工认定"),
        ),
        migrations.AddField(
            model_name="periodicduty",
            name="every",
            field=models.TextField(blank=True, verbose_name="每次的时间"),
        ),
        migrations.AddField(
            model_name="periodicduty",
            name="settled",
            field=models.JSONField(blank=True, default=list, verbose_name="人工认定"),
        ),
    ]
