"""SQLite's INSERT OR REPLACE goes round the trigger for deleting: it is refused too."""

from django.db import migrations

from lianfang.foundation.journal.append_only import allow_replacing, forbid_replacing


class Migration(migrations.Migration):
    """Install the trigger."""

    dependencies = [("journal", "0003_by_actor")]
    operations = [migrations.RunPython(forbid_replacing, allow_replacing)]
