"""A row of postings for 256 records instead of one for each, and words as numbers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_empty_index"),
    ]

    operations = [
        migrations.DeleteModel(name="Posting"),
        migrations.RemoveField(model_name="indexedpassage", name="words"),
        migrations.CreateModel(
            name="PostingBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.PositiveIntegerField()),
                ("postings", models.BinaryField()),
                (
                    "term",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="search.term",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("term", "block"), name="search_posting_block")],
            },
        ),
        migrations.CreateModel(
            name="RecordText",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="search.indexedrecord",
                    ),
                ),
                ("terms", models.BinaryField()),
                ("words", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
    ]
