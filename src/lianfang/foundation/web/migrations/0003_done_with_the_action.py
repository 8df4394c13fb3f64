"""That a press was done is written by the action itself: which run may, and what it wrote first."""

from __future__ import annotations

from django.db import migrations, models

from lianfang.foundation.catalogue.fields import CodeField


class Migration(migrations.Migration):
    dependencies = [("web", "0002_writes_of_programs")]

    operations = [
        migrations.AddField(
            model_name="press",
            name="owner",
            field=models.CharField(blank=True, max_length=32, verbose_name="由哪一次办理"),
        ),
        migrations.AddField(
            model_name="press",
            name="kind",
            field=models.CharField(blank=True, max_length=32, verbose_name="所办的清单"),
        ),
        migrations.AddField(
            model_name="press",
            name="number",
            field=CodeField(blank=True, max_length=64, verbose_name="所办的编号"),
        ),
    ]
