"""The people who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An editor, publisher or administrator; visitors have no account."""
