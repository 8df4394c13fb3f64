"""Grants get a number of their own and a day of revocation; accounts can be told to change their password."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lianfang.foundation.accounts.models import new_grant_number
from lianfang.foundation.catalogue.fields import CodeField


def give_numbers(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each stored grant gets its own number: a default that is called would give all of them the same."""
    for grant in apps.get_model("accounts", "Grant").objects.all():
        grant.number = new_grant_number()
        grant.save(update_fields=["number"])


class Migration(migrations.Migration):
    """Add the columns, number what is there, then demand uniqueness."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="grant", name="grant_once"),
        migrations.AddField("grant", "number", CodeField("授权编号", max_length=20, default="", editable=False)),
        migrations.RunPython(give_numbers, migrations.RunPython.noop),
        migrations.AlterField(
            "grant",
            "number",
            CodeField("授权编号", max_length=20, unique=True, default=new_grant_number, editable=False),
        ),
        migrations.AddField("grant", "revoked_on", models.DateField("收回日期", null=True, blank=True)),
        migrations.AddField("user", "must_change_password", models.BooleanField("须改密码", default=False)),
        migrations.AddConstraint(
            "grant",
            models.UniqueConstraint(
                fields=["user", "role", "scope", "start"],
                condition=models.Q(revoked_on__isnull=True),
                name="grant_once",
            ),
        ),
    ]
