"""A confirmed plan has a distribution list, and every unit of it signs once."""

import django.db.models.deletion
from django.db import migrations, models

import lianfang.foundation.catalogue.fields


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0003_the_field_of_a_bureau"),
        ("plans", "0004_submissions_that_came"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="recipients",
            field=models.JSONField(blank=True, default=list, verbose_name="签收单位"),
        ),
        migrations.CreateModel(
            name="PlanReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    lianfang.foundation.catalogue.fields.CodeField(max_length=64, unique=True, verbose_name="编号"),
                ),
                ("unit_path", lianfang.foundation.catalogue.fields.CodeField(max_length=200, verbose_name="单位路径")),
                ("state", models.CharField(max_length=32, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                ("approved_entry", models.BigIntegerField(blank=True, null=True, verbose_name="审定时的日志号")),
                ("approved_version", models.PositiveIntegerField(blank=True, null=True, verbose_name="审定时的版本")),
                ("stale", models.BooleanField(default=False, verbose_name="审定后已变动")),
                ("received_by", models.CharField(blank=True, max_length=120, verbose_name="签收人")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="签收日期")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt_set",
                        to="plans.programme",
                        to_field="number",
                        verbose_name="方案",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        to_field="number",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "方案签收",
                "verbose_name_plural": "方案签收",
                "indexes": [
                    models.Index(fields=["unit_path", "number"], name="receipt_order"),
                    models.Index(fields=["state", "unit_path", "number"], name="receipt_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "unit"), name="receipt_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received_on__isnull", False), ("state", "received")),
                            models.Q(("received_on__isnull", True), ("state", "awaited")),
                            _connector="OR",
                        ),
                        name="receipt_day_is_kept",
                    ),
                ],
            },
        ),
    ]
