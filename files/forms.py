"""The form in which editors upload, replace and describe a file."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.permission_policies.pages import PagePermissionPolicy

from files.duplicates import duplicate_of
from files.extraction import ExtractionError
from files.extraction.names import clean_name
from files.intake import examine
from files.models import Document, PublicationPage
from files.refusals import kinds, reason_for, sentence, too_large
from files.storage import BlobStorage

logger = logging.getLogger(__name__)

SEEN = "seen_version"  # which version the editor replaces
INSIST = "keep_duplicate"  # that a file may be there twice


class PublicationField(forms.ModelChoiceField[PublicationPage]):
    """A choice among publications by their titles, shortened so that the list fits into Wagtail's narrow forms."""

    TITLE_LENGTH = 60

    def label_from_instance(self, obj: PublicationPage) -> str:
        """Return the beginning of the title."""
        return Truncator(obj.title).chars(self.TITLE_LENGTH)


class DocumentForm(BaseDocumentForm):
    """A document's form: the file is checked before it is stored, and a replaced one becomes a new version."""

    data: Any  # what was sent; a mistake that sending again mends is noted in it

    publication = PublicationField(
        PublicationPage.objects.none(), label=_("Publication"), required=False, empty_label=_("None"),
        help_text=_("The file is public while this publication is, in whichever language."),
    )  # fmt: skip
    change_note = forms.CharField(
        label=_("What is new"), max_length=300, required=False,
        help_text=_("For readers: what the new version changes. Fill it in when you replace the file."),
    )  # fmt: skip

    field_order = ("title", "file", "change_note", "publication", "language", "title_bg", "title_en", "is_public",
                   "collection", "tags")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("user")
        self.guessed_language = self.guessed_title = ""
        super().__init__(*args, **kwargs)
        self.old_publications = self._versions_of(self.instance.publication_key)
        self.fields["publication"].queryset = self._choices()
        if self.old_publications:
            self.initial.setdefault("publication", self.old_publications[0].pk)
        if "file" in self.fields:
            self._tell_of_limits(self.fields["file"])
        self._tell_of_barriers()
        if "is_public" not in self.fields:  # Wagtail asked for a few fields only
            del self.fields["publication"]
        if "file" not in self.fields or not self.instance.pk:
            del self.fields["change_note"]
        elif latest := self.instance.latest:
            self.fields[SEEN] = forms.CharField(
                required=False, initial=str(latest.number), widget=forms.HiddenInput, max_length=10
            )

    def _tell_of_limits(self, field: Any) -> None:
        """Say what is taken in; the empty form lets Wagtail's script refuse what is too large before it is sent."""
        limit = filesizeformat(settings.FILES_MAX_SIZE)
        field.help_text = _("One of %(kinds)s, at most %(limit)s.") % {"kinds": kinds(), "limit": limit}
        field.error_messages["empty"] = reason_for("empty")
        field.error_messages["file_too_large_unknown_size"] = too_large(limit)
        if not self.is_bound:
            field.max_upload_size = settings.FILES_MAX_SIZE

    def _tell_of_barriers(self) -> None:
        """Say under the title of an uploaded PDF what keeps it from those who have it read out."""
        current = self.instance.current if self.instance.pk else None
        if current and current.barriers and "title" in self.fields:
            self.fields["title"].help_text = " ".join(current.barriers)

    def clean_file(self) -> Any:
        """Return the uploaded file when it is what it says and holds no danger, stored where nobody reaches it."""
        upload = self.cleaned_data.get("file")
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            with _told_of_a_full_disk():
                examined = examine(upload)
            inspection, self.guessed_language = examined.inspection, examined.language
            self.guessed_title = examined.title
            self.instance.accept(inspection)
        except ExtractionError as error:
            raise ValidationError(sentence(error), code=error.code) from error
        current = self.instance.current if self.instance.pk else None
        if current and current.blob.sha256 == inspection.sha256:
            raise ValidationError(reason_for("same_content"), code="same_content")
        self._refuse_replaced_meanwhile()
        self._refuse_duplicate(inspection.sha256)
        with _told_of_a_full_disk():
            BlobStorage().save(upload.name, upload)
        return upload

    def _refuse_replaced_meanwhile(self) -> None:
        """Raise where somebody else has put in a version since this form was opened; sent again, it goes through."""
        latest = self.instance.latest if self.instance.pk else None
        seen = self.data.get(self.add_prefix(SEEN), "")
        if latest is None or not seen or seen == str(latest.number):
            return
        self.data = self.data.copy()
        self.data[self.add_prefix(SEEN)] = str(latest.number)
        raise ValidationError(
            _("%(who)s replaced this file while you were at it: there is a version %(number)s now. Look at it first; "
              "to replace it nevertheless, choose your file again and save."),
            code="replaced_meanwhile",
            params={"who": latest.created_by or _("Somebody"), "number": latest.number},
        )  # fmt: skip

    def _refuse_duplicate(self, sha256: str) -> None:
        """Raise where another document has this very content, with the way to it; the editor may insist."""
        if self.data.get(self.add_prefix(INSIST)):
            return
        there = duplicate_of(sha256, self.instance, self.user)
        if there is None:
            return
        link = format_html('<a href="{}">{}</a>', reverse("wagtaildocs:edit", args=[there.pk]), there.title)
        raise ValidationError(format_html("{} {}", _("This very file is in the hub already:"), link), code="duplicate")

    def clean(self) -> dict[str, Any]:
        """Return the cleaned fields; the files of a public publication are changed by those who may publish it."""
        cleaned: dict[str, Any] = super().clean()
        if self.has_error("file", "duplicate"):
            self.fields[INSIST] = forms.BooleanField(label=_("Upload it once more nevertheless"), required=False)
        if "language" in self.fields and not cleaned.get("language"):
            cleaned["language"] = self.guessed_language or self.instance.language
        self._take_guessed_title(cleaned)
        if {"file", "publication"} & set(self.changed_data) and "publication" in self.fields:
            chosen = cleaned.get("publication")
            touched = [*self.old_publications, *(self._versions_of(chosen.translation_key) if chosen else [])]
            if self.user and any(p.live and not p.permissions_for_user(self.user).can_publish() for p in touched):
                self.add_error(
                    "publication", _("This publication is public: only those who may publish it change its files.")
                )
        if (
            self.user
            and self._concerns_everybody(cleaned)
            and not PagePermissionPolicy().user_has_permission(self.user, "publish")
        ):
            self.add_error("is_public", _("Only those who may publish make a file public or change a public one."))
        return cleaned

    def _take_guessed_title(self, cleaned: dict[str, Any]) -> None:
        """Put the title that the content has in the place of one that is only the name of the file."""
        upload, title = cleaned.get("file"), cleaned.get("title", "")
        if self.guessed_title and isinstance(upload, UploadedFile) and not self.instance.pk:
            names = {clean_name(upload.name or ""), PurePath(upload.name or "").stem}
            if title in names or clean_name(title) in names:
                cleaned["title"] = self.guessed_title

    def _concerns_everybody(self, cleaned: dict[str, Any]) -> bool:
        """Return whether a change makes a file public by its own mark, or touches one that is."""
        if "is_public" not in self.fields:
            return False
        is_public, was_public = bool(cleaned.get("is_public")), bool(self.initial.get("is_public"))
        return is_public != was_public or (is_public and "file" in self.changed_data)

    def save(self, commit: bool = True) -> Document:  # noqa: FBT001, FBT002 - Django's signature
        """Save the document; a new file becomes a version with its note and its author."""
        if "publication" in self.fields:
            chosen = self.cleaned_data.get("publication")
            self.instance.publication_key = chosen.translation_key if chosen else None
        self.instance.change_note = self.cleaned_data.get("change_note", "")
        self.instance.changed_by = self.user
        document: Document = super().save(commit=commit)
        return document

    def _choices(self) -> Any:
        """Return one page of each publication that the person may edit, and the one that is chosen already."""
        pages = PublicationPage.objects.filter(alias_of=None)
        originals = pages.order_by("translation_key", "locale__language_code", "pk")
        wanted: dict[Any, int] = {}
        for pk, key in originals.values_list("pk", "translation_key"):
            wanted.setdefault(key, pk)
        chosen = self.old_publications[0].pk if self.old_publications else None
        allowed = pages.filter(pk__in=wanted.values())
        if self.user and not self.user.is_superuser:
            editable = [p.pk for p in allowed if p.pk == chosen or p.permissions_for_user(self.user).can_edit()]
            allowed = pages.filter(pk__in=editable)
        return allowed.order_by("title")

    @staticmethod
    def _versions_of(key: Any) -> list[PublicationPage]:
        """Return the pages of a publication, the Bulgarian one first."""
        if key is None:
            return []
        return list(
            PublicationPage.objects.filter(translation_key=key, alias_of=None).order_by("locale__language_code", "pk")
        )


@contextmanager
def _told_of_a_full_disk() -> Iterator[None]:
    """Turn a disk that takes no more into the error of a field."""
    try:
        yield
    except OSError as error:
        logger.exception("An uploaded file could not be stored")
        raise ValidationError(reason_for("not_stored"), code="not_stored") from error
