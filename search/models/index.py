"""The index of the database engine: records, their passages, and which term stands where.

The tables are made for reading: a question reads the postings of its few terms, whole and in one go. They are plain
SQL, alike on SQLite and PostgreSQL. `page_id` is no foreign key on purpose: the index must never stand in the way of a
deletion, and what a visitor may see is asked of the live tables at each question.
"""

import uuid

from django.db import models


class IndexedRecord(models.Model):
    """A findable thing as it was when it was last analysed."""

    key = models.CharField(max_length=100, unique=True)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=50)
    title = models.TextField()
    summary = models.TextField(blank=True)
    url = models.TextField()
    breadcrumbs = models.JSONField(default=list)
    page_id = models.BigIntegerField(null=True, db_index=True)
    translation_key = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    facets = models.JSONField(default=dict)
    stamp = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64)
    text_fingerprint = models.CharField(max_length=64)
    analysis_version = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        verbose_name = "indexed record"
        verbose_name_plural = "indexed records"

    def __str__(self) -> str:
        return self.key


class IndexedPassage(models.Model):
    """A part of a record that a reader can land on; number 0 is the record's title."""

    record = models.ForeignKey(IndexedRecord, on_delete=models.CASCADE, related_name="passages", db_index=False)
    number = models.PositiveIntegerField()
    anchor = models.TextField(blank=True)
    label = models.TextField(blank=True)
    text = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="search_passage_number")]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.number}"


class Term(models.Model):
    """A term that the analysis of one language yielded."""

    language = models.CharField(max_length=10)
    text = models.CharField(max_length=255)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="search_term_text")]

    def __str__(self) -> str:
        return f"{self.language}:{self.text}"


class PostingBlock(models.Model):
    """The records of one block in which a term stands, and what it counts in each; `engines/packing.py` tells how."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="blocks", db_index=False)
    block = models.PositiveIntegerField()
    postings = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["term", "block"], name="search_posting_block")]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.block}"


class RecordText(models.Model):
    """What the text of a record consists of, packed: terms with their weights and places, and words in their order."""

    record = models.OneToOneField(IndexedRecord, on_delete=models.CASCADE, primary_key=True, related_name="text")
    terms = models.BinaryField()
    words = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.record_id)


class Word(models.Model):
    """A word as texts of one language write it, folded, and how many records hold it."""

    language = models.CharField(max_length=10)
    text = models.CharField(max_length=255)
    records = models.IntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="search_word_text")]

    def __str__(self) -> str:
        return f"{self.language}:{self.text}"


class IndexState(models.Model):
    """The one row that says which state the index is in; its token is another after each change."""

    ONLY = 1

    token = models.UUIDField(default=uuid.uuid4)
    checked_at = models.DateTimeField(null=True)
    # How many records the last check could not bring up to date, and the key at which its round goes on.
    unmended = models.PositiveIntegerField(default=0)
    cursor = models.CharField(max_length=100, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def current_token(cls) -> uuid.UUID | None:
        """Return the token of the moment; None before the first change."""
        return cls.objects.filter(pk=cls.ONLY).values_list("token", flat=True).first()

    @classmethod
    def renew_token(cls) -> None:
        """Make whatever was remembered of the index void; belongs into the transaction of the change."""
        cls.objects.update_or_create(pk=cls.ONLY, defaults={"token": uuid.uuid4()})
