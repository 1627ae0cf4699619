"""What the first content planted, so that it is planted once and never over an editor's work."""

from django.db import models


class SeedMark(models.Model):
    """A fixed key of the first content, and the state in which the seed left its object."""

    key = models.CharField(max_length=200, unique=True)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the data as planted.")
    state = models.CharField(max_length=64, blank=True, help_text="The object's own state after planting.")

    def __str__(self) -> str:
        return self.key
