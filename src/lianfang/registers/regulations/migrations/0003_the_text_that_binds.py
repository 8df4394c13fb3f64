"""A regulation remembers which of its texts binds, and covers powers as written and as put into force."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("powers", "0002_approved_version"),
        ("regulations", "0002_approved_version"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="regulationpower",
            name="regulation_covers_once",
        ),
        migrations.AddField(
            model_name="regulation",
            name="binding_entry",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="施行时的日志号"),
        ),
        migrations.AddField(
            model_name="regulationpower",
            name="binding",
            field=models.BooleanField(default=False, verbose_name="按施行文本"),
        ),
        migrations.AddConstraint(
            model_name="regulationpower",
            constraint=models.UniqueConstraint(
                fields=("regulation", "power", "binding"), name="regulation_covers_once"
            ),
        ),
    ]
