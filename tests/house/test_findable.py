"""Whatever is published can be found, unless it is only a way to others."""

import pytest
from django.utils.functional import Promise
from wagtail.documents import get_document_model
from wagtail.models import Page, get_page_models

from hub.models import HubPage
from hub.searchable import Searchable, kinds, sources
from search.models import IndexedRecord

# Lists and doors: what lies behind them is found, they are not.
WAYS = {
    "hub.HomePage",
    "hub.NewsIndexPage",
    "hub.EventIndexPage",
    "hub.OrganisationIndexPage",
    "practices.PracticeIndexPage",
    "strategies.CaseStudyIndexPage",
    "files.PublicationIndexPage",
}
PAGE_TYPES = [model for model in get_page_models() if model is not Page]


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model._meta.label)
def test_a_page_type_has_a_kind_or_is_a_way_to_others(model: type[HubPage]) -> None:
    assert issubclass(model, Searchable)
    assert (model.search_kind in kinds) != (model._meta.label in WAYS)


def test_documents_can_be_found() -> None:
    model = get_document_model()

    assert issubclass(model, Searchable) or "document" in sources


@pytest.mark.parametrize("kind", sorted(kinds))
def test_a_kind_is_named_in_both_languages(kind: str) -> None:
    assert isinstance(kinds[kind].label, Promise)
    assert isinstance(kinds[kind].plural, Promise)


def test_everything_that_was_planted_is_in_the_index(seeded: None) -> None:
    pages = Page.objects.live().public().filter(alias_of=None, depth__gt=1).specific()
    expected = {record.key for page in pages if (record := page.search_record())}
    for source in sources.values():
        expected |= {record.key for record in source.records(source.keys())}

    indexed = set(IndexedRecord.objects.values_list("key", flat=True))

    assert len(expected) > 100
    assert indexed == expected


@pytest.mark.parametrize("kind", sorted(kinds))
def test_the_first_content_has_something_of_each_kind(kind: str, seeded: None) -> None:
    assert IndexedRecord.objects.filter(kind=kind, language="bg").exists()


def test_every_indexed_thing_says_something_on_which_it_can_be_found(seeded: None) -> None:
    silent = IndexedRecord.objects.filter(passages=None).values_list("key", "title")

    assert not list(silent)
