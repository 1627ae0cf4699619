"""The way from a hit to the reader: what stood for the typed words in the passage is marked where the link opens."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from wagtail.models import Page

from files.sources import key_of
from search.indexing import index_keys
from tests.factories.files import make_document, make_publication, make_read, put_pages
from tests.factories.search import make_term
from tests.files.extraction.samples import pdf_bytes, xlsx_bytes

PAGES = [
    "Първа страница без нищо особено.",
    "Тук се описва наблюдението на реката и доброволният труд по бреговете ѝ.",
    "Бюджетът за младежите беше обсъден и гласуван.",
    "Това е последната страница, на която има прозрачност.",
]
ROWS = [["Дейност", "Място"], ["Чистене", "Сливен"], ["Проследяване на реката", "Ямбол"], ["Бюджет", "място"]]


@pytest.fixture
def files(home: Page) -> None:
    """A report and a workbook that can be found, and what the glossary has for their words."""
    make_term("мониторинг", synonyms_bg="наблюдение\nпроследяване", term_en="monitoring")
    make_term("доброволчество", synonyms_bg="доброволен труд", term_en="volunteering")
    publication = make_publication(home)
    report = make_document(pdf_bytes("x"), "доклад.pdf", publication)
    put_pages(report, PAGES)
    workbook = make_read(xlsx_bytes({"Дейности": ROWS}), "дейности.xlsx", publication)
    index_keys([key_of(report.pk), key_of(workbook.pk)])


def reader_links(client: Client, address: str) -> list[str]:
    """Return where the hits of a page of results open in the reader, at words that are marked there."""
    html = client.get(address).content.decode()
    hits = re.findall(r'<article class="hit".*?</article>', html, re.DOTALL)
    links = [unescape(link) for hit in hits if "<mark>" in hit for link in re.findall(r'href="([^"]*)"', hit)]
    return list(dict.fromkeys(link for link in links if "/read/" in link))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/bg/search/?q=бюджети", {"бюджети"}),
        ("/bg/search/?q=мониторинг", {"наблюдението", "проследяване"}),
        ("/bg/search/?q=доброволчество", {"доброволният труд"}),
        ("/bg/search/?q=мониторинг+бреговете", {"наблюдението бреговете", "проследяване"}),
        ("/en/search/?q=monitoring", {"наблюдението", "проследяване"}),
        ("/bg/search/?q=прозрачн", {"прозрачност"}),
        ("/bg/search/?q=прозрачнсот", {"прозрачност"}),
        ("/bg/search/?q=prozrachnost", {"прозрачност"}),
        ("/bg/search/?q=гласувам+младеж+видео", {"младеж", "гласуван младеж", "гласувам младеж"}),
        ("/bg/search/?q=„обсъден+и+гласуван“", {"„обсъден и гласуван“"}),
        ("/bg/search/?q=място", {"място"}),
    ],
    ids=[
        "another form", "synonyms", "a synonym of two words", "a synonym beside a typed word", "a translation",
        "a beginning", "a slip", "Latin letters", "a part of the words", "a quotation",
        "the head of a table",
    ],
)  # fmt: skip
def test_a_hit_opens_where_its_words_are_marked(client: Client, files: None, address: str, told: set[str]) -> None:
    links = reader_links(client, address)

    assert links
    assert {parse_qs(urlsplit(link).query)["q"][0] for link in links} <= told
    for link in links:
        html = client.get(link).content.decode()
        assert f'id="{urlsplit(link).fragment}"' in unescape(html)
        place = re.split(r'id="', unescape(html).partition(f'id="{urlsplit(link).fragment}"')[2])[0]
        assert "<mark>" in place, link
