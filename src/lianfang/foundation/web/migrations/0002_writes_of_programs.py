"""Writes of the interface that a program may send again are remembered beside the forms."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("web", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="press",
            name="content",
            field=models.CharField(blank=True, max_length=64, verbose_name="内容的指纹"),
        ),
        migrations.AddField(
            model_name="press",
            name="status",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="回答的状态码"),
        ),
        migrations.AddField(
            model_name="press",
            name="answer",
            field=models.TextField(blank=True, verbose_name="回答"),
        ),
    ]
