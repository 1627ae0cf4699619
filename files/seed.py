"""The first publications with their files, from `files/seed/`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File

from files.extracting import read_text
from files.models import Document, PublicationIndexPage, PublicationKind, PublicationPage, Version
from files.storage import checksum
from hub.models import Municipality, Theme
from hub.seeding import PageSeed, Planter, body, read, translation_key

FOLDER = Path(__file__).parent / "seed"
_TERMS = settings.PROJECT_DIR / "hub" / "seed" / "taxonomies.toml"


class Original(File[bytes]):
    """A file of the first content, named by its checksum where a seed's data are compared."""

    def __str__(self) -> str:
        return checksum(self)


def plant(planter: Planter) -> None:
    """Plant the kinds, the list of publications, and every publication with its files; read their text at once."""
    for number, term in enumerate(read(_TERMS)["publication_kinds"]):
        values = {
            "name_bg": term["bg"],
            "name_en": term["en"],
            "order": number,
            "is_proposed": term.get("proposed", False),
        }
        planter.row(f"publication_kinds/{term['slug']}", PublicationKind, {"slug": term["slug"]}, values)
    index = read(FOLDER / "index.toml")
    planter.page(
        PageSeed(
            key="files", model=PublicationIndexPage, parent="home", slug=index["slug"], bulgarian=index["bg"],
            english=index["en"], shared={"show_in_menus": True},
        )
    )  # fmt: skip
    for path in sorted((FOLDER / "publications").glob("*.toml")):
        data = read(path)
        planter.page(publication_seed(data))
        for entry in data["files"]:
            _plant_file(planter, f"files/{data['slug']}", entry)
    _read_waiting(Version.objects.filter(extraction_state="waiting").select_related("blob", "document"))


def publication_seed(data: dict[str, Any]) -> PageSeed:
    """Return the seed of a publication from its file's data."""
    key = f"files/{data['slug']}"
    code = data.get("municipality")
    return PageSeed(
        key=key,
        model=PublicationPage,
        parent="files",
        slug=data["slug"],
        bulgarian=_texts(key, data["bg"]),
        english=_texts(key, data["en"]),
        shared={
            "kind": PublicationKind.objects.get(slug=data["kind"]),
            "date": data["date"],
            "licence": data["licence"],
            "municipality": Municipality.objects.get(code=code) if code else None,
        },
        many={"themes": Theme.objects.named(data["themes"])},
    )


def _texts(key: str, own: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the translated fields in one language."""
    names = ("title", "summary", "authors", "publisher")
    return {**{name: own.get(name, "") for name in names}, "body": body(f"{key}/body", own.get("body", ""))}


def _plant_file(planter: Planter, publication: str, entry: dict[str, Any]) -> None:
    """Plant a document; a changed original becomes its next version."""
    key, path = f"{publication}/{entry['key']}", settings.PROJECT_DIR / entry["path"]
    with path.open("rb") as content:
        values = {
            "title": entry[f"title_{entry['language']}"],
            "title_bg": entry["title_bg"],
            "title_en": entry["title_en"],
            "language": entry["language"],
            "publication_key": translation_key(publication),
            "file": Original(content, name=path.name),
        }
        planter.row(key, Document, {"key": translation_key(key)}, values)


def _read_waiting(versions: Iterable[Version]) -> None:
    """Read the text of new versions now, so that the first search finds it; the worker then has nothing left to do."""
    for version in versions:
        read_text(version)
