"""A check remembers with which values it was made, where they were no defaults."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lint", "0003_codes_by_bytes"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkrun",
            name="parameters",
            field=models.JSONField(default=dict, verbose_name="所用参数"),
        ),
    ]
