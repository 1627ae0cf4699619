"""Publications as readers see them, and what makes them translations of each other."""

from typing import Any

from django.template import Context, Template
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from files.models import PagePicture, PublicationPage
from hub.blocks import DocumentListBlock
from hub.models import Theme
from search import indexing
from tests.factories.files import make_document, make_index, make_publication, replace, translate, version_of
from tests.factories.hub import make_picture
from tests.files.extraction.samples import pdf_bytes


def test_a_publication_tells_of_each_file_what_one_wants_to_know_before_opening_it(client: Client, home: Page) -> None:
    publication = make_publication(home, authors="Сдружението", title="Анализ")
    document = make_document(publication=publication)
    version = version_of(document)

    page = client.get(publication.url).content.decode()

    for told in (document.url, f"{document.url}?download", version.blob.sha256, "PDF", "CC BY 4.0", "Сдружението"):
        assert told in page


def test_the_history_names_every_version_and_what_is_new_in_it(client: Client, home: Page) -> None:
    publication = make_publication(home)
    document = make_document(publication=publication)
    old = version_of(document)
    replace(document, note="Поправена таблица 2")

    page = client.get(publication.url).content.decode()

    assert old.url in page
    assert "Поправена таблица 2" in page


def test_a_file_of_which_every_version_was_withdrawn_is_not_listed(client: Client, home: Page) -> None:
    publication = make_publication(home)
    document = make_document(publication=publication)

    version_of(document).withdraw("Грешка")

    assert document.url not in client.get(publication.url).content.decode()


def test_both_language_versions_share_the_files_each_with_its_own_first(home: Page) -> None:
    publication = make_publication(home)
    english = translate(publication)
    files = {language: make_document(publication=publication, language=language) for language in ("en", "bg")}

    assert PublicationPage.objects.get(pk=publication.pk).documents == [files["bg"], files["en"]]
    assert PublicationPage.objects.get(pk=english.pk).documents == [files["en"], files["bg"]]


def test_the_list_shows_the_newest_first_and_no_drafts(client: Client, home: Page) -> None:
    titles = {"2020-01-01": "Стар", "2024-01-01": "Нов"}
    for date, title in titles.items():
        make_publication(home, title=title, date=date)
    make_publication(home, title="Чернова", live=False)
    indexing.mend()

    page = client.get(make_index(home).url).content.decode()

    assert page.index("Нов") < page.index("Стар")
    assert "Чернова" not in page


def test_an_overlong_list_is_divided(client: Client, home: Page) -> None:
    for number in range(12):
        make_publication(home, title=f"Публикация номер {number}")
    indexing.mend()

    pages = [client.get(make_index(home).url, {"page": number}) for number in ("1", "2", "ш", "99")]

    assert [page.status_code for page in pages] == [200, 200, 200, 404]
    assert [page.content.decode().count("Публикация номер") for page in pages] == [10, 2, 10, 0]


def test_the_list_can_be_searched_and_narrowed(client: Client, home: Page) -> None:
    make_publication(home, title="Доклад за жребия", date="2020-01-01")
    make_publication(home, title="Наръчник за жребия", date="2024-01-01")
    make_publication(home, title="Друго", date="2024-01-01")
    indexing.mend()
    address = make_index(home).url

    found: Any = client.get(address, {"q": "жребият"}).context["results"]
    narrowed: Any = client.get(address, {"q": "жребият", "year": "2024"}).context["results"]

    assert {hit.title for hit in found.hits} == {"Доклад за жребия", "Наръчник за жребия"}
    assert [hit.title for hit in narrowed.hits] == ["Наръчник за жребия"]
    assert "kind" not in {facet.name for facet in found.facets}
    assert "publication_kind" in {facet.name for facet in found.facets}


def test_a_publication_asks_the_database_for_little_however_many_files_it_has(
    client: Client, home: Page, django_assert_max_num_queries: Any
) -> None:
    publication = make_publication(home)
    for _ in range(6):
        replace(make_document(publication=publication))

    client.get(publication.url)  # what is asked once for the whole site
    with django_assert_max_num_queries(16):
        client.get(publication.url)


def test_the_list_asks_the_database_for_little(client: Client, home: Page, django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        make_publication(home)
    indexing.mend()

    index = make_index(home).url
    client.get(index)  # what is asked once for the whole site
    with django_assert_max_num_queries(16):
        client.get(index)


def draw(document: Any) -> None:
    """Have the first page of a file drawn."""
    PagePicture.objects.create(blob=version_of(document).blob, number=1, width=900, height=1200, made_by=1)


def test_publications_are_listed_with_their_first_pages(
    client: Client, home: Page, django_assert_max_num_queries: Any
) -> None:
    english, bulgarian, bare = make_publication(home), make_publication(home, title="Друга"), make_publication(home)
    files = [make_document(pdf_bytes(text), publication=page, language=language) for text, page, language in (
        ("One", english, "en"), ("Two", bulgarian, "en"), ("Three", bulgarian, "bg"), ("Four", bare, "bg"),
    )]  # fmt: skip
    for document in files[:3]:
        draw(document)
    indexing.mend()
    index = make_index(home).url
    client.get(index)  # what is asked once for the whole site

    with django_assert_max_num_queries(21):
        page = client.get(index).content.decode()

    shown = [f"/files/{document.pk}/v1/pages/1-small.webp" in page for document in files]
    assert shown == [True, False, True, False]
    assert page.count('width="160" height="213" alt="" loading="lazy"') == 2


def test_a_chosen_picture_is_the_cover_in_the_list_too(client: Client, home: Page) -> None:
    publication = make_publication(home)
    draw(make_document(publication=publication))
    publication.picture = make_picture()
    publication.save_revision().publish()
    indexing.mend()

    page = client.get(make_index(home).url).content.decode()

    assert "width-160" in page
    assert "-small.webp" not in page


def test_the_record_of_a_publication_bears_its_facets(home: Page) -> None:
    publication = make_publication(home)
    make_document(publication=publication)

    record = PublicationPage.objects.get(pk=publication.pk).search_record()

    assert record is not None
    assert (record.kind, record.facets["publication_kind"], record.facets["year"]) == (
        "publication",
        ("report",),
        ("2024",),
    )
    assert record.facets["file_type"] == ("pdf",)


def rendered(*documents: Any) -> str:
    block = DocumentListBlock()
    value = block.to_python({"title": "Материали", "documents": [document and document.pk for document in documents]})
    return block.render(value)


def test_a_list_of_files_in_a_text_shows_only_what_a_visitor_may_open(home: Page) -> None:
    shown = make_document(title="Отворен", publication=make_publication(home))
    hidden = make_document(title="Таен", publication=make_publication(home, live=False))

    html = rendered(hidden, shown)

    assert shown.url in html
    assert "Таен" not in html


def test_a_list_of_files_with_nothing_to_show_is_not_there(home: Page) -> None:
    assert "Материали" not in rendered(make_document())


def test_a_link_in_a_rich_text_leads_to_the_stable_address(home: Page) -> None:
    document = make_document(publication=make_publication(home))
    text = f'<a linktype="document" id="{document.pk}">доклад</a>'

    html = Template("{% load wagtailcore_tags %}{{ text|richtext }}").render(Context({"text": text}))

    assert f'href="{document.url}"' in html


def test_themes_that_are_taken_from_the_original_leave_the_translation(home: Page) -> None:
    theme = Theme.objects.create(slug="planning", name_bg="Планиране", name_en="Planning")
    english = Locale.objects.get(language_code="en")
    make_index(home).copy_for_translation(english)
    publication = make_publication(home)
    publication.themes = [theme]
    publication.save_revision().publish()
    source, _ = TranslationSource.update_or_create_from_instance(publication)
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=True)
    translated = publication.get_translation(english)
    assert list(translated.themes.all()) == [theme]

    publication = PublicationPage.objects.get(pk=publication.pk)
    publication.themes = []
    publication.save_revision().publish()
    source.update_from_db()
    translation.save_target(publish=True)

    assert not PublicationPage.objects.get(pk=translated.pk).themes.exists()
