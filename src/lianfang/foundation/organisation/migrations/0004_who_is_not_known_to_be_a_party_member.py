"""中共党员 may be unknown: a person of whom no list said it was stored as no."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget_what_nobody_said(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Until now no and not said were the same word; taking it for a no would be the worse mistake of the two."""
    apps.get_model("organisation", "Person").objects.filter(party_member=False).update(party_member=None)


def say_no_again(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The earlier table knows only yes and no."""
    apps.get_model("organisation", "Person").objects.filter(party_member=None).update(party_member=False)


class Migration(migrations.Migration):
    """One column of a small table."""

    dependencies = [("organisation", "0003_the_field_of_a_bureau")]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="party_member",
            field=models.BooleanField(blank=True, null=True, verbose_name="中共党员"),
        ),
        migrations.RunPython(forget_what_nobody_said, say_no_again),
    ]
