"""The table of adjustments of parameters."""

import django.db.models.deletion
from django.db import migrations, models

import lianfang.foundation.catalogue.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0003_the_field_of_a_bureau"),
    ]

    operations = [
        migrations.CreateModel(
            name="Adjustment",
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
                ("parameter", models.CharField(max_length=40, verbose_name="参数代码")),
                ("name", models.CharField(max_length=60, verbose_name="参数名称")),
                ("before", models.CharField(blank=True, max_length=40, verbose_name="原值")),
                ("value", models.CharField(blank=True, max_length=40, verbose_name="新值")),
                ("start", models.DateField(blank=True, null=True, verbose_name="拟自何日起")),
                ("reason", models.TextField(blank=True, verbose_name="调整理由")),
                ("basis", models.CharField(blank=True, max_length=500, verbose_name="批准依据")),
                ("proposer", models.CharField(blank=True, max_length=120, verbose_name="提出人")),
                ("approver", models.CharField(blank=True, max_length=120, verbose_name="批准人")),
                ("in_force_from", models.DateField(blank=True, null=True, verbose_name="生效日期")),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        to_field="number",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "参数调整",
                "verbose_name_plural": "参数调整",
                "indexes": [
                    models.Index(fields=["unit_path", "number"], name="adjustment_order"),
                    models.Index(fields=["state", "unit_path", "number"], name="adjustment_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("proposed", "returned"))),
                        fields=("unit", "parameter"),
                        name="adjustment_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["returned", "proposed", "approved", "withdrawn"])),
                        name="adjustment_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("in_force_from__isnull", False),
                                models.Q(("approver", ""), _negated=True),
                                models.Q(("basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="adjustment_approved_by_somebody",
                    ),
                ],
            },
        ),
    ]
