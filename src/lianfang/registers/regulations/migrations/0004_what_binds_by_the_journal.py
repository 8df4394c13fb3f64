"""Regulations in force learn from the journal which text of them binds, and so which powers they cover."""

import json

from django.db import migrations

EFFECTIVE, ADOPTED, IN_FORCE = "regulation:in-force", "record:adopted", "in-force"


def read_what_binds(apps, _schema_editor):
    """The newest entry that put a regulation into force froze its text; without one, its last approval did."""
    Regulation = apps.get_model("regulations", "Regulation")
    Entry = apps.get_model("journal", "Entry")
    for regulation in Regulation.objects.filter(in_effect=True, approved_entry__isnull=False):
        about = Entry.objects.filter(kind="regulations", number=regulation.number, verb__in=(EFFECTIVE, ADOPTED))
        texts = ((entry.pk, json.loads(entry.after)) for entry in about.order_by("-id"))
        forced = next((found for found in texts if found[1].get("state") == IN_FORCE), None)
        if forced is None:
            last = Entry.objects.filter(pk=regulation.approved_entry).first()
            forced = (last.pk, json.loads(last.after)) if last else None
        if forced is not None:
            regulation.binding_entry = forced[0]
            regulation.save(update_fields=["binding_entry"])
            link(apps, regulation.number, forced[1].get("powers", []))


def link(apps, number, powers):
    """Write which powers the text covers that binds."""
    Link, Power = apps.get_model("regulations", "RegulationPower"), apps.get_model("powers", "Power")
    known = sorted(Power.objects.filter(number__in=powers).values_list("number", flat=True))
    Link.objects.bulk_create([Link(regulation_id=number, power_id=power, binding=True) for power in known])


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0004_no_replacing"),
        ("regulations", "0003_the_text_that_binds"),
    ]

    operations = [migrations.RunPython(read_what_binds, migrations.RunPython.noop)]
