"""Planting of the first content: once, in both languages, and never over an editor's work.

Each object has a fixed key. A `SeedMark` keeps the fingerprint of the data as planted and the state of the object after
planting; an object whose state is another has been edited since, and is left alone and reported.
"""

import hashlib
import json
import logging
import re
import tomllib
import unicodedata
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from markdown_it import MarkdownIt
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from hub.transliteration import slug_from

logger = logging.getLogger(__name__)

NAMESPACE = uuid.UUID("6f2c1b0e-4a53-5d0a-9a51-0d6b8f6f3c11")  # any fixed value: it makes the keys our own
_markdown = MarkdownIt("zero").enable(["heading", "list"])

Values = Mapping[str, Any]


class SeedStructureError(ValueError):
    """The English text of a seed has not the same parts as the Bulgarian one."""


@dataclass(frozen=True)
class PageSeed:
    """A page of the first content."""

    key: str
    model: type[Page]
    parent: str  # the key of the parent page; empty for a home page
    slug: str  # the English address; the Bulgarian one is made from the title
    bulgarian: Values
    english: Values  # the fields that are translated, with parts like the Bulgarian ones
    shared: Values = field(default_factory=dict)  # what is the same in both languages
    many: Mapping[str, Iterable[models.Model]] = field(default_factory=dict)


class Planter:
    """Plants seeds and counts what became of each: planted, updated, unchanged, or left to its editors."""

    def __init__(self) -> None:
        self.report: Counter[str] = Counter()
        self.left: list[str] = []

    def page(self, seed: PageSeed) -> None:
        """Plant a page with its translation, or update it while no editor has touched it."""
        fingerprint = _fingerprint([seed.slug, seed.bulgarian, seed.english, seed.shared, _keys(seed.many)])
        with transaction.atomic():
            mark, page = _mark(seed.key), find_page(seed.key)
            if mark is None and _was_deleted(seed.parent):
                self._leave(seed.key)
                return
            if mark and not self._may_update(seed.key, mark, fingerprint, _page_state(seed.key)):
                return
            page = _write_page(seed, page)
        _write_translation(seed, page)
        self._keep(seed.key, fingerprint, _page_state(seed.key), is_new=mark is None)

    def row(
        self, key: str, model: type[models.Model], lookup: Values, values: Values, many: Values | None = None
    ) -> None:
        """Plant a row of a table, or update it while no editor has touched it."""
        fingerprint = _fingerprint([lookup, values, _keys(many or {})])
        with transaction.atomic():
            mark, row = _mark(key), model._default_manager.filter(**lookup).first()
            if mark and not self._may_update(key, mark, fingerprint, _row_state(row, values, many)):
                return
            if mark is None and row is not None:  # an editor was here first
                self._keep(key, fingerprint, "", is_new=False)
                return
            row = row or model(**lookup)
            for name, value in values.items():
                setattr(row, name, value)
            row.full_clean()
            row.save()
            for name, related in (many or {}).items():
                getattr(row, name).set(related)
            if many:
                row.save()
            row.refresh_from_db()
            self._keep(key, fingerprint, _row_state(row, values, many), is_new=mark is None)

    def _may_update(self, key: str, mark: Any, fingerprint: str, state: str) -> bool:
        """Return whether the object is to be written again; count it where it is not."""
        if mark.state != state:
            self.report["left to its editors"] += 1
            self.left.append(key)
            return False
        if mark.fingerprint == fingerprint:
            self.report["unchanged"] += 1
            return False
        return True

    def _leave(self, key: str) -> None:
        """Count an object that its editors have taken over."""
        self.report["left to its editors"] += 1
        self.left.append(key)

    def _keep(self, key: str, fingerprint: str, state: str, *, is_new: bool) -> None:
        """Remember how the object was left."""
        from hub.models import SeedMark  # noqa: PLC0415 - this module is loaded before the models

        SeedMark.objects.update_or_create(key=key, defaults={"fingerprint": fingerprint, "state": state})
        self.report["planted" if is_new else "updated"] += 1


Plant = Callable[[Planter], None]
_plants: dict[str, tuple[int, Plant]] = {}
_planting: ContextVar[bool] = ContextVar("planting", default=False)


def register(name: str, plant: Plant, *, order: int) -> None:
    """Make a room's first content known; rooms are planted by their order."""
    _plants[name] = (order, plant)


def plant_everything() -> Planter:
    """Plant the first content of all rooms and return the planter with its report."""
    planter = Planter()
    token = _planting.set(True)
    try:
        for name, (_, plant) in sorted(_plants.items(), key=lambda item: item[1][0]):
            logger.info("Planting the first content of %s", name)
            plant(planter)
    finally:
        _planting.reset(token)
    return planter


def is_planting() -> bool:
    """Return whether what is being published is the first content."""
    return _planting.get()


def translation_key(key: str) -> uuid.UUID:
    """Return the fixed translation key of a seed."""
    return uuid.uuid5(NAMESPACE, key)


def find_page(key: str, language: str = "bg") -> Page | None:
    """Return the page of a seed in one language, of its own class, or None."""
    page = Page.objects.filter(translation_key=translation_key(key), locale__language_code=language).first()
    return page.specific if page else None


def read(path: Path) -> dict[str, Any]:
    """Return the data of a TOML file, with all text in NFC."""
    return tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))


def rich_text(markdown: str) -> str:
    """Return the HTML of a small Markdown text; its headings are of the third level, under the field's own."""
    html: str = _markdown.render(markdown.strip())
    return html.replace("<h2>", "<h3>").replace("</h2>", "</h3>").strip()


def body(key: str, markdown: str) -> list[dict[str, Any]]:
    """Return the blocks of a body from a small Markdown text: a heading each, and the paragraphs between."""
    opening, *sections = re.split(r"^## +(.+)$", markdown.strip(), flags=re.MULTILINE)
    blocks = [("paragraph", opening)]
    for heading, text in zip(sections[::2], sections[1::2], strict=True):
        blocks += [("heading", heading.strip()), ("paragraph", text)]
    return stream(
        key,
        [
            (kind, _markdown.render(text.strip()).strip() if kind == "paragraph" else text)
            for kind, text in blocks
            if text.strip()
        ],
    )


def stream(key: str, blocks: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks in StreamField's raw form, with ids that are the same in both languages."""
    return [
        {"type": name, "value": value, "id": str(uuid.uuid5(NAMESPACE, f"{key}/{number}"))}
        for number, (name, value) in enumerate(blocks)
    ]


def sources(key: str, data: Values, language: str) -> list[dict[str, Any]]:
    """Return the blocks of a seed's sources, with what they support in one language."""
    blocks = [
        {
            "title": source["title"],
            "publisher": source.get("publisher", ""),
            "url": source.get("url", ""),
            "language": source.get("language", ""),
            "supports": source.get(f"supports_{language}", ""),
        }
        for source in data.get("sources", [])
    ]
    return stream(f"{key}/sources", [("source", block) for block in blocks])


def _mark(key: str) -> Any:
    """Return the mark of a seed, or None where it was never planted."""
    from hub.models import SeedMark  # noqa: PLC0415 - this module is loaded before the models

    return SeedMark.objects.filter(key=key).first()


def _was_deleted(key: str) -> bool:
    """Return whether an editor deleted a page that had been planted."""
    return bool(key) and _mark(key) is not None and find_page(key) is None


def _fingerprint(data: Any) -> str:
    """Return the SHA-256 of data in a canonical JSON form."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, cls=DjangoJSONEncoder, default=str).encode()).hexdigest()


def _keys(many: Mapping[str, Iterable[models.Model]]) -> dict[str, list[str]]:
    """Return related rows by what names them, for a fingerprint."""
    return {name: sorted(str(row.pk) for row in rows) for name, rows in many.items()}


def _page_state(key: str) -> str:
    """Return the latest revisions of a page in both languages, and whether they are live; empty where it is gone."""
    pages = Page.objects.filter(translation_key=translation_key(key)).order_by("locale__language_code")
    states = pages.values_list("latest_revision", "live")
    return "/".join(f"{revision}{'' if live else ' unpublished'}" for revision, live in states)


def _row_state(row: models.Model | None, values: Values, many: Values | None) -> str:
    """Return a fingerprint of the planted columns and relations as they are now; empty where the row is gone."""
    if row is None:
        return ""
    names = [row._meta.get_field(name).attname for name in values]  # type: ignore[union-attr]  # columns have one
    related = {name: getattr(row, name).all() for name in many or {}}
    return _fingerprint([{name: getattr(row, name) for name in names}, _keys(related)])


def _short(slug: str) -> str:
    """Return as many whole words of an address as go into 60 characters."""
    return slug if len(slug) <= 60 else slug[:61].rsplit("-", 1)[0]


def _write_page(seed: PageSeed, page: Page | None) -> Page:
    """Create or change the Bulgarian page and publish it."""
    values = {**seed.shared, **seed.bulgarian}
    if page is None:
        slug = _short(slug_from(seed.bulgarian["title"]))
        page = seed.model(translation_key=translation_key(seed.key), slug=slug, live=False, **values)
        parent = find_page(seed.parent) if seed.parent else Page.get_first_root_node()
        if parent is None:
            raise LookupError(f"{seed.key}: its parent {seed.parent} is not planted")
        page.locale = Locale.objects.get(language_code="bg")
        parent.add_child(instance=page)
    else:
        for name, value in values.items():
            setattr(page, name, value)
    for name, related in seed.many.items():
        setattr(page, name, list(related))
    page.save_revision().publish()
    return page


def _write_translation(seed: PageSeed, page: Page) -> None:
    """Create or change the English page through the segments of its translation, and publish it."""
    english = Locale.objects.get(language_code="en")
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=english)
    shadow = seed.model(**{**seed.shared, **seed.english, "slug": seed.slug, "locale": english, "draft_title": ""})
    texts = [segment for segment in extract_segments(shadow) if isinstance(segment, StringSegmentValue)]
    segments = list(source.stringsegment_set.select_related("context", "string").order_by("order"))
    if [segment.context.path for segment in segments] != [text.path for text in texts]:
        here, there = Counter(s.context.path for s in segments), Counter(t.path for t in texts)
        paths = sorted(path for path in here | there if here[path] != there[path])
        raise SeedStructureError(f"{seed.key}: the two languages differ in {', '.join(paths) or 'their order'}")
    rows: dict[tuple[int, int], StringTranslation] = {}
    for segment, text in zip(segments, texts, strict=True):
        rows[segment.string_id, segment.context_id] = StringTranslation(
            translation_of=segment.string, locale=english, context=segment.context, data=text.string.data,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )  # fmt: skip
    StringTranslation.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["locale", "translation_of", "context"],
        update_fields=["data"],
    )  # fmt: skip
    is_new = find_page(seed.key, "en") is None
    translation.save_target(publish=True)
    if is_new:  # the page was born with the Bulgarian address, which nobody has ever seen
        Redirect.objects.filter(
            redirect_page__translation_key=page.translation_key, redirect_page__locale=english
        ).delete()
