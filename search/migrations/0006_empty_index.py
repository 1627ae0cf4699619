"""Empties the index, which the next step gives another shape: it is written anew at the next start or check."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("Posting", "IndexedPassage", "IndexedRecord", "Term", "Word")


def empty(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Delete what was made from the content, and nothing else."""
    for table in TABLES:
        rows = apps.get_model("search", table).objects.using(schema_editor.connection.alias)
        rows._raw_delete(rows.db)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0005_deliveries"),
    ]

    operations = [
        migrations.RunPython(empty, empty),
    ]
