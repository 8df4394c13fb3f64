"""The word index beside the cards (vendor SQL lives in ``word_index``)."""

from django.db import migrations

from lianfang.foundation.catalogue.word_index import create_table, drop_table


class Migration(migrations.Migration):
    """Make the index table."""

    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(create_table, drop_table)]
