"""Counts the words of what is indexed already: from now on they are kept with each record."""

from collections import Counter

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LONGEST = 64


def count_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Count in how many records each word stands, a record at a time."""
    passages = apps.get_model("search", "IndexedPassage").objects.using(schema_editor.connection.alias)
    counts: Counter[tuple[str, str]] = Counter()
    current, seen = None, set()
    rows = passages.order_by("record_id").values_list("record_id", "record__language", "words")
    for record_id, language, words in rows.iterator():
        if record_id != current:
            current, seen = record_id, set()
        fresh = {word for word in words.split() if len(word) <= LONGEST and not word.isdigit()} - seen
        seen |= fresh
        counts.update((language, word) for word in fresh)
    word = apps.get_model("search", "Word")
    word.objects.using(schema_editor.connection.alias).bulk_create(
        [word(language=language, text=text, records=records) for (language, text), records in sorted(counts.items())],
        batch_size=1_000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_word"),
    ]

    operations = [
        migrations.RunPython(count_words, migrations.RunPython.noop),
    ]
