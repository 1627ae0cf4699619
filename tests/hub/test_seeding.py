"""The planter's own parts; tests/house/test_seed.py looks at what is planted."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale, Page

from hub.models import ContentPage, Theme
from hub.seeding import PageSeed, Planter, SeedStructureError, body, find_page, rich_text, stream, translation_key


def seed_of(**values: Any) -> PageSeed:
    """Return the seed of a plain page under the home page."""
    bulgarian = {"title": "За нас", "summary": "Кои сме.", "body": body("about", "Един абзац.")}
    english = {"title": "About us", "summary": "Who we are.", "body": body("about", "One paragraph.")}
    own: dict[str, Any] = {
        "key": "about", "model": ContentPage, "parent": "home", "slug": "about", "bulgarian": bulgarian,
        "english": english, **values,
    }  # fmt: skip
    return PageSeed(**own)


@pytest.fixture
def root(home: Page) -> Page:
    """The home page, as if it had been planted."""
    Page.objects.filter(translation_key=home.translation_key).update(translation_key=translation_key("home"))
    return home


def test_a_page_is_planted_in_both_languages(root: Page) -> None:
    Planter().page(seed_of())

    bulgarian, english = find_page("about"), find_page("about", "en")
    assert bulgarian is not None
    assert english is not None
    assert (bulgarian.url, english.url) == ("/bg/za-nas/", "/en/about/")
    assert (bulgarian.summary, english.summary) == ("Кои сме.", "Who we are.")
    assert "One paragraph." in str(english.body)


def test_both_languages_of_a_planted_page_are_live(root: Page, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Planter().page(seed_of())

    pages = [find_page("about"), find_page("about", "en")]
    assert [page.live for page in pages if page] == [True, True]


def test_an_english_page_is_translated_and_no_alias(root: Page) -> None:
    Planter().page(seed_of())

    english = find_page("about", "en")

    assert english is not None
    assert english.alias_of is None
    assert english.draft_title == "About us"


def test_languages_of_another_shape_are_refused(root: Page) -> None:
    english = {"title": "About us", "summary": "Who we are.", "body": body("about", "One.\n\n## Two\n\nThree.")}

    with pytest.raises(SeedStructureError, match="about"):
        Planter().page(seed_of(english=english))


def test_a_new_wording_replaces_the_old_one_in_both_languages(root: Page) -> None:
    Planter().page(seed_of())
    texts = {"summary": "Друго.", "body": body("about", "Друг абзац.")}
    english = {"summary": "Another.", "body": body("about", "Another paragraph.")}

    planter = Planter()
    planter.page(seed_of(bulgarian={"title": "За нас", **texts}, english={"title": "About us", **english}))

    pages = [find_page("about"), find_page("about", "en")]
    assert [page.summary for page in pages if page] == ["Друго.", "Another."]
    assert planter.report == {"updated": 1}


def test_an_english_page_that_an_editor_changed_is_left_alone(root: Page) -> None:
    Planter().page(seed_of())
    english = find_page("about", "en")
    assert english is not None
    english.title = "Words of an editor"
    english.save_revision().publish()

    planter = Planter()
    planter.page(seed_of(shared={"show_in_menus": True}))

    kept = find_page("about", "en")
    assert kept is not None
    assert kept.title == "Words of an editor"
    assert planter.left == ["about"]


def test_an_editors_change_is_reported_though_the_seed_says_nothing_new(root: Page) -> None:
    Planter().page(seed_of())
    english = find_page("about", "en")
    assert english is not None
    english.title = "Words of an editor"
    english.save_revision().publish()

    planter = Planter()
    planter.page(seed_of())

    assert planter.left == ["about"]
    assert planter.report == {"left to its editors": 1}


def test_a_page_that_an_editor_unpublished_stays_so(root: Page) -> None:
    Planter().page(seed_of())
    page = find_page("about")
    assert page is not None
    page.unpublish()

    planter = Planter()
    planter.page(seed_of(shared={"show_in_menus": True}))

    left = find_page("about")
    assert left is not None
    assert not left.live
    assert planter.left == ["about"]


def test_a_row_that_an_editor_made_first_is_not_touched(db: None) -> None:
    Theme.objects.create(slug="environment", name_bg="Околна среда", name_en="Environment")

    Planter().row("themes/environment", Theme, {"slug": "environment"}, {"name_bg": "Природа", "name_en": "Nature"})

    assert Theme.objects.get(slug="environment").name_bg == "Околна среда"


def test_a_row_that_an_editor_deleted_does_not_come_back(db: None) -> None:
    values = {"name_bg": "Природа", "name_en": "Nature"}
    Planter().row("themes/nature", Theme, {"slug": "nature"}, values)
    Theme.objects.all().delete()

    planter = Planter()
    planter.row("themes/nature", Theme, {"slug": "nature"}, {**values, "name_en": "Environment"})

    assert not Theme.objects.exists()
    assert planter.left == ["themes/nature"]


def test_planting_needs_both_languages_of_the_site(root: Page) -> None:
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"bg", "en"}


def test_headings_of_a_text_are_under_the_fields_own() -> None:
    html = rich_text("Едно.\n\n## Две\n\n- три\n- четири")

    assert html == "<p>Едно.</p>\n<h3>Две</h3>\n<ul>\n<li>три</li>\n<li>четири</li>\n</ul>"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=a>"])
def test_a_text_never_becomes_markup_of_its_own(text: str) -> None:
    html = rich_text(text)

    assert "<script" not in html
    assert "<img" not in html
    assert "<a " not in html


def test_a_body_has_a_block_for_each_heading_and_each_text_between() -> None:
    blocks = body("key", "Начало.\n\n## Първо\n\nЕдно.\n\n## Второ\n\nДве.")

    assert [block["type"] for block in blocks] == ["paragraph", "heading", "paragraph", "heading", "paragraph"]
    assert blocks[1]["value"] == "Първо"


@given(st.lists(st.text(), max_size=6))
def test_blocks_have_the_same_ids_whatever_their_words(words: list[str]) -> None:
    blocks = stream("key", [("text", word) for word in words])
    others = stream("key", [("text", "") for _ in words])

    assert [block["id"] for block in blocks] == [block["id"] for block in others]
    assert len({block["id"] for block in blocks}) == len(words)
