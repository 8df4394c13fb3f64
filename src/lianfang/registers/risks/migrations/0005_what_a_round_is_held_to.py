"""A round keeps what the bureau asked of it when it was opened: how many raters, and from which gap on to talk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("risks", "0004_grade_before_and_search_version"),
    ]

    operations = [
        migrations.AddField(
            model_name="grading",
            name="least_raters",
            field=models.PositiveSmallIntegerField(default=3, verbose_name="最少评分人数"),
        ),
        migrations.AddField(
            model_name="grading",
            name="open_gap",
            field=models.PositiveSmallIntegerField(default=2, verbose_name="须会商的分差"),
        ),
    ]
