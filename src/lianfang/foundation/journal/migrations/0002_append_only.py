"""From here on the database itself refuses to change or delete journal entries."""

from django.db import migrations

from lianfang.foundation.journal.append_only import allow_changes, forbid_changes


class Migration(migrations.Migration):
    """Install the triggers."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(forbid_changes, allow_changes)]
