"""A waiver and a stored finding remember the text that they speak of; earlier ones know none, and cover none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lint", "0004_parameters_of_a_check"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkfinding",
            name="text",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="内容指纹"),
        ),
        migrations.AddField(
            model_name="waiver",
            name="text",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="内容指纹"),
        ),
    ]
