"""Pictures: what they say of themselves, and how they are served."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from PIL import Image as Pillow

from hub.models import Picture
from hub.tasks import RENDITIONS, make_renditions


def picture_file(width: int = 1600, height: int = 900) -> SimpleUploadedFile:
    """Return an uploaded picture of one colour."""
    out = BytesIO()
    Pillow.new("RGB", (width, height), "#8a6").save(out, "JPEG")
    return SimpleUploadedFile("снимка.jpg", out.getvalue(), "image/jpeg")


def make_picture(**values: Any) -> Picture:
    """Store a picture."""
    texts = {"alt_bg": "Среща", "alt_en": "A meeting", "credit": "Община", "licence": "CC-BY-4.0", **values}
    return Picture.objects.create(title="Среща", file=picture_file(), **texts)


@pytest.mark.parametrize("name", ["alt_bg", "alt_en", "credit", "licence"])
def test_a_picture_without_its_texts_is_refused(name: str, db: None) -> None:
    picture = Picture(title="Среща", file=picture_file(), **{name: ""})

    with pytest.raises(ValidationError) as refusal:
        picture.full_clean()

    assert name in refusal.value.message_dict


def test_the_alternative_text_follows_the_language(db: None) -> None:
    picture = make_picture()

    with translation.override("en"):
        english = picture.default_alt_text

    assert (picture.default_alt_text, english) == ("Среща", "A meeting")


def test_renditions_are_made_before_anybody_asks(db: None, run_tasks: Callable[[], list[Any]]) -> None:
    picture = make_picture()

    run_tasks()

    made = set(picture.renditions.values_list("filter_spec", flat=True))
    assert made == set(RENDITIONS)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_page_asks_for_no_rendition_that_is_not_there(
    *, is_first: bool, db: None, run_tasks: Callable[[], list[Any]]
) -> None:
    picture = make_picture()
    run_tasks()
    made = set(picture.renditions.values_list("filter_spec", flat=True))

    html = render_to_string("components/picture.html", {"image": picture, "alt": "", "is_first": is_first})

    assert "<picture" in html
    assert set(picture.renditions.values_list("filter_spec", flat=True)) == made


def test_the_task_of_a_deleted_picture_does_nothing(db: None) -> None:
    picture = make_picture()
    number = picture.pk
    picture.delete()

    made = make_renditions.call(number)

    assert made == 0


def test_a_picture_is_kept_by_browsers_and_runs_nothing(
    db: None, run_tasks: Callable[[], list[Any]], client: Client
) -> None:
    make_picture()
    run_tasks()
    rendition = Picture.objects.get().renditions.get(filter_spec="format-avif|width-480")

    response = client.get(rendition.url)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/avif"
    assert "immutable" in response.headers["Cache-Control"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    response.close()


def test_a_missing_picture_is_not_found(db: None, client: Client) -> None:
    response = client.get("/media/images/none.webp")

    assert response.status_code == 404


def test_what_lies_beside_the_pictures_is_not_served(db: None, client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    waiting = tmp_path / "wagtail_uploads" / "draft.pdf"
    waiting.parent.mkdir()
    waiting.write_bytes(b"%PDF-1.7")

    assert client.get("/media/wagtail_uploads/draft.pdf").status_code == 404
