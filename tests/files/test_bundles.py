"""Any list of files as one ZIP: what is in it, under which names, and what it costs."""

import csv
import hashlib
import io
import json
import tracemalloc
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page

from files.circulation.bundles import items_of, zip_of
from files.models import Blob, Bundle, BundleItem, Document, DownloadCount, PublicationPage
from files.storage import blob_name
from tests.factories.files import make_document, make_publication, replace, translate, version_of
from tests.files.conftest import BROWSER
from tests.files.extraction.samples import docx_bytes
from tests.reading import read

CHOSEN = "/bg/files/chosen.zip"


@pytest.fixture
def publication(home: Page) -> PublicationPage:
    return make_publication(home, title="Анализ", authors="Иванова, Мария")


def get(client: Client, address: str, data: Any = None, **headers: str) -> Any:
    return client.get(address, data, headers={"User-Agent": BROWSER, **headers})


def opened(response: Any) -> zipfile.ZipFile:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert int(response["Content-Length"]) == len(response.content_read)
    archive = zipfile.ZipFile(io.BytesIO(response.content_read))
    assert archive.testzip() is None
    return archive


def manifest(archive: zipfile.ZipFile) -> Any:
    return json.loads(archive.read("manifest.json"))


def test_chosen_files_come_as_one_zip_with_their_contents(client: Client, publication: PublicationPage) -> None:
    one = make_document(publication=publication, title="Доклад „Сливен“")
    two = make_document(publication=publication, title="Втори доклад")

    archive = opened(get(client, CHOSEN, {"f": [two.pk, one.pk]}))

    assert archive.namelist() == ["manifest.json", "manifest.csv", "Втори доклад.pdf", "Доклад „Сливен“.pdf"]
    content = archive.read("Доклад „Сливен“.pdf")
    assert hashlib.sha256(content).hexdigest() == version_of(one).blob.sha256


def test_bulgarian_names_bear_the_flag_of_utf_8(client: Client, publication: PublicationPage) -> None:
    archive = opened(get(client, CHOSEN, {"f": make_document(publication=publication).pk}))

    assert all(info.flag_bits & 0x800 for info in archive.infolist() if not info.filename.isascii())


def test_the_manifest_says_what_each_file_is(client: Client, publication: PublicationPage) -> None:
    document = make_document(publication=publication, title="Доклад", title_en="Report")
    version = version_of(document)

    archive = opened(get(client, CHOSEN, {"f": document.pk}))

    about = manifest(archive)
    (row,) = about["files"]
    (line,) = csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig")))
    assert about["address"].endswith(f"{CHOSEN}?f={document.pk}")
    assert (row["name"], row["sha256"], row["size"]) == ("Доклад.pdf", version.blob.sha256, version.blob.size)
    assert (row["licence"], row["licence_address"]) == (
        "CC-BY-4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    )
    assert row["citation"].startswith("ИВАНОВА, Мария. Доклад [онлайн]")
    assert row["address"] == f"http://testserver{version.url}"
    assert row["publication_address"] == f"http://testserver{publication.url}"
    assert list(line.values()) == [str(value) for value in row.values()]


def test_the_manifest_is_in_the_language_of_its_address(client: Client, publication: PublicationPage) -> None:
    document = make_document(publication=publication)

    archive = opened(get(client, "/en/files/chosen.zip", {"f": document.pk}))

    assert "[online]" in manifest(archive)["files"][0]["citation"]


def test_a_practice_gives_the_files_of_its_publications(
    client: Client, publication: PublicationPage, home: Page
) -> None:
    other = make_publication(home)
    files = [make_document(publication=own) for own in (other, publication)]
    english = make_document(publication=publication, language="en", title="Report")

    archive = opened(get(client, CHOSEN, {"p": [publication.pk, other.pk], "f": files[0].pk}))

    sums = [row["sha256"] for row in manifest(archive)["files"]]
    assert sums == [version_of(document).blob.sha256 for document in (files[0], files[1], english)]


def test_only_what_an_anonymous_visitor_may_open_is_in_it(
    client: Client, publication: PublicationPage, home: Page, administrator: Any
) -> None:
    open_file = make_document(publication=publication)
    draft = make_publication(home, live=False)
    hidden = make_document(publication=draft)
    withdrawn = make_document(publication=publication)
    version_of(withdrawn).withdraw("Грешка")
    client.force_login(administrator)

    archive = opened(
        get(client, CHOSEN, {"f": [open_file.pk, hidden.pk, withdrawn.pk, 999999], "p": [draft.pk, 999999]})
    )

    assert len(manifest(archive)["files"]) == 1


def test_names_are_safe_and_each_is_another(client: Client, publication: PublicationPage) -> None:
    titles = ["../../etc/passwd", "A/B:C?", "manifest", "con", "доклад", "Доклад", "\u202eexe", "я" * 250, "..."]
    documents = [make_document(publication=publication, title=title) for title in titles]

    names = opened(get(client, CHOSEN, {"f": [own.pk for own in documents]})).namelist()[2:]

    assert len({name.casefold() for name in names}) == len(titles)
    assert names[:6] == ["etc-passwd.pdf", "A-B C.pdf", "manifest_.pdf", "con_.pdf", "доклад.pdf", "Доклад (2).pdf"]
    assert all(not set(name) & set('/\\:*?"<>|\u202e') and len(name.encode()) < 255 for name in names)


def test_a_download_of_a_bundle_is_counted_for_each_of_its_files(client: Client, publication: PublicationPage) -> None:
    documents = [make_document(publication=publication) for _ in range(2)]
    chosen = {"f": [document.pk for document in documents]}

    get(client, CHOSEN, chosen)
    client.head(CHOSEN, chosen, headers={"User-Agent": BROWSER})
    client.get(CHOSEN, chosen, headers={"User-Agent": "Googlebot/2.1"})

    assert list(DownloadCount.objects.values_list("single", "bundled")) == [(0, 1), (0, 1)]


@pytest.mark.parametrize("query", ["", "?f=999999", "?f=x&f=-1&f=²", f"?f={10**30}", "?p=999999"])
def test_an_empty_bundle_is_said_to_be_empty(client: Client, home: Page, query: str) -> None:
    response = client.get(CHOSEN + query)

    assert response.status_code == 404
    assert "Няма" in response.content.decode() or "nothing" in response.content.decode()


@pytest.mark.parametrize(("name", "limit"), [("FILES_BUNDLE_MAX_FILES", 1), ("FILES_BUNDLE_MAX_SIZE", 100)])
def test_too_much_is_refused_with_the_limit(
    client: Client, publication: PublicationPage, settings: Any, name: str, limit: int
) -> None:
    documents = [make_document(publication=publication) for _ in range(2)]
    setattr(settings, name, limit)

    response = client.get(CHOSEN, {"f": [document.pk for document in documents]})

    assert response.status_code == 413
    assert str(limit) in response.content.decode()
    assert all(f"f={document.pk}" in response.context["back"][0] for document in documents)  # to choose fewer


def test_a_collection_of_an_editor_has_a_page_and_a_zip(client: Client, publication: PublicationPage) -> None:
    documents = [make_document(publication=publication, title=title) for title in ("Първи", "Втори")]
    bundle = make_bundle(documents[::-1])

    html = read(client, bundle.url)
    archive = opened(get(client, reverse("documents:collection_zip", args=[bundle.slug])))

    assert html.index("Втори") < html.index("Първи")
    assert archive.namelist()[2:] == ["Втори.pdf", "Първи.pdf"]
    assert bundle.url in read(client, reverse("documents:collections"))


def test_a_collection_that_is_not_public_is_not_there(client: Client, publication: PublicationPage) -> None:
    bundle = make_bundle([make_document(publication=publication)], is_public=False)

    assert client.get(bundle.url).status_code == 404
    assert client.get(reverse("documents:collection_zip", args=[bundle.slug])).status_code == 404
    assert bundle.title not in read(client, reverse("documents:collections"))


def make_bundle(documents: list[Document], **values: Any) -> Bundle:
    bundle = Bundle(**{"title_bg": "Образци", "title_en": "Templates", "slug": "obraztsi", "is_public": True, **values})
    bundle.items = [BundleItem(document=own, sort_order=number) for number, own in enumerate(documents)]
    bundle.save()
    return bundle


def test_editors_make_collections_in_the_admin(client: Client, publication: PublicationPage, publisher: Any) -> None:
    document = make_document(publication=publication)
    client.force_login(publisher)
    sent = {
        "title_bg": "Образци", "title_en": "Templates", "slug": "obraztsi", "is_public": "on",
        "introduction_bg": "", "introduction_en": "",
        "items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0", "items-MIN_NUM_FORMS": "0", "items-MAX_NUM_FORMS": "1000",
        "items-0-document": str(document.pk), "items-0-ORDER": "1",
    }  # fmt: skip

    assert client.get(reverse("file_collections:index")).status_code == 200
    client.post(reverse("file_collections:add"), sent)

    assert Bundle.objects.get().document_ids == [document.pk]


def test_a_selection_stands_in_its_address_alone(client: Client, publication: PublicationPage) -> None:
    documents = [make_document(publication=publication, title=title) for title in ("Първи", "Втори")]
    numbers = [document.pk for document in documents]

    response = client.get("/bg/files/selection/", {"f": numbers})

    html = response.content.decode()
    assert not response.cookies
    assert html.index("Първи") < html.index("Втори")
    assert f"{CHOSEN}?f={numbers[0]}&amp;f={numbers[1]}" in html
    assert f'href="/bg/files/selection/?f={numbers[1]}"' in html  # without the first


def test_a_file_is_added_to_a_selection_by_its_address(client: Client, publication: PublicationPage) -> None:
    one, two = make_document(publication=publication), make_document(publication=publication)

    added = client.get("/bg/files/selection/", {"f": one.pk, "add": f"https://example.org{two.url}?download"})
    nonsense = client.get("/bg/files/selection/", {"f": one.pk, "add": "доклад"})

    assert added["Location"] == f"/bg/files/selection/?f={one.pk}&f={two.pk}"
    assert "aria-invalid" in nonsense.content.decode()
    assert one.title in nonsense.content.decode()


def test_a_selection_says_what_is_no_longer_there(client: Client, publication: PublicationPage) -> None:
    document = make_document(publication=publication)

    assert "notice" in read(client, f"/bg/files/selection/?f={document.pk}&f=999999")
    assert "notice" not in read(client, f"/bg/files/selection/?f={document.pk}")


def test_a_publication_offers_its_files_together(client: Client, publication: PublicationPage) -> None:
    make_document(publication=publication)
    assert "chosen.zip" not in read(client, publication.url)

    make_document(publication=publication)
    assert f"{CHOSEN}?p={publication.pk}" in read(client, publication.url)
    english = translate(publication)
    assert f"/en/files/chosen.zip?p={english.pk}" in read(client, english.url)


def test_the_files_of_a_search_come_as_one_zip(client: Client, seeded: None) -> None:
    query = "?q=участие&file_type=pdf&page=7"

    archive = opened(get(client, f"/bg/files/search.zip{query}"))
    empty = client.get("/bg/files/search.zip?q=участие&kind=practice")

    types = {row["media_type"] for row in manifest(archive)["files"]}
    assert "application/pdf" in types
    assert len(archive.namelist()) > 3
    assert empty.status_code == 404


def test_memory_stays_flat_however_large_the_files(home: Page) -> None:
    publication, size = make_publication(home), 48 * 2**20
    documents = [make_document(publication=publication) for _ in range(2)]
    for number, document in enumerate(documents):
        _make_large(version_of(document).blob, size, bytes([65 + number]))
    found = list(Document.objects.with_versions().order_by("pk"))

    zipped = zip_of(RequestFactory().get(CHOSEN), "Големи", items_of(found))
    expected = len(zipped)
    tracemalloc.start()
    received = sum(len(chunk) for chunk in zipped)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert received == expected > 2 * size
    assert peak < 4 * 2**20


def _make_large(blob: Blob, size: int, byte: bytes) -> None:
    """Put a large content in the place of a small one."""
    storage = storages["documents"]
    storage.delete(blob.name)
    with Path(storage.path(storage.save(blob.name, ContentFile(b"")))).open("wb") as file:
        file.writelines(byte * 2**20 for _ in range(size // 2**20))
    Blob.objects.filter(pk=blob.pk).update(size=size)
    assert blob.name == blob_name(blob.sha256)


def test_the_server_of_production_streams_a_bundle(seeded_file: Path, served: str) -> None:
    numbers = [document.pk for document in Document.objects.public()[:5]]
    address = f"{served}{CHOSEN}?" + "&".join(f"f={number}" for number in numbers)

    with urllib.request.urlopen(urllib.request.Request(address, headers={"User-Agent": BROWSER})) as response:
        content = response.read()
        length = int(response.headers["Content-Length"])

    assert length == len(content)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_an_office_file_keeps_its_extension_once(client: Client, publication: PublicationPage) -> None:
    content = docx_bytes(lambda word: word.add_paragraph("Текст"))
    document = make_document(content, "образец.docx", publication, title="образец.docx")
    replace(document, docx_bytes(lambda word: word.add_paragraph("Друг текст")), "образец.docx")

    assert opened(get(client, CHOSEN, {"f": document.pk})).namelist()[2:] == ["образец.docx"]


@pytest.mark.parametrize(
    ("address", "queries"), [("/bg/files/selection/", 12), ("/bg/files/collections/", 9), (CHOSEN, 8)]
)
def test_a_page_asks_the_database_for_little(
    client: Client, publication: PublicationPage, django_assert_max_num_queries: Any, address: str, queries: int
) -> None:
    numbers = [make_document(publication=publication).pk for _ in range(4)]
    get(client, address, {"f": numbers})

    with django_assert_max_num_queries(queries):
        get(client, address, {"f": numbers})


def test_a_page_of_results_leads_to_its_files(client: Client, seeded: None) -> None:
    found = read(client, "/bg/search/?q=доклад&kind=file")
    nothing = read(client, "/bg/search/?q=участие&kind=practice")

    assert "/bg/files/search.zip?" in found
    assert "search.zip" not in nothing


def test_a_list_of_publications_has_one_address_for_all_their_files(home: Page) -> None:
    pages = [make_publication(home) for _ in range(2)]
    tag = Template("{% load circulation_tags %}{% publications_zip_url pages %}")

    assert tag.render(Context({"pages": pages})) == f"{CHOSEN}?p={pages[0].pk}&amp;p={pages[1].pk}"
