"""The glossary as readers see it, and its terms as things to be found."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from search.glossary_page import by_letter
from search.models import GlossaryTerm, IndexedRecord
from tests.factories.search import make_term


def test_terms_stand_under_their_letters_the_other_script_at_the_end() -> None:
    terms = [GlossaryTerm(term_bg=name) for name in ("SWOT анализ", "яснота", "Петиция", "подписка", "анкета")]

    letters = [(letter, [term.term_bg for term in group]) for letter, group in by_letter(terms, "bg")]

    assert letters == [
        ("А", ["анкета"]), ("П", ["Петиция", "подписка"]), ("Я", ["яснота"]), ("S", ["SWOT анализ"]),
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "name", "other"), [("bg", "петиция", "petition"), ("en", "petition", "петиция")])
def test_a_term_is_explained_in_the_readers_language(
    client: Client, home: Page, language: str, name: str, other: str
) -> None:
    make_term("петиция", term_en="petition", slug="petition", definition_bg="Искане.", definition_en="A request.")

    html = client.get(f"/{language}/glossary/").content.decode()

    assert f"<h3>{name}" in html
    assert ("Искане." in html, "A request." in html) == (language == "bg", language == "en")
    assert f">{other}</span>" in html
    assert 'id="petition"' in html


def test_a_proposal_is_marked_as_such(client: Client, home: Page) -> None:
    term = make_term("петиция", slug="petition")
    proposed = client.get("/en/glossary/").content.decode()
    term.is_proposed = False
    term.save()

    confirmed = client.get("/en/glossary/").content.decode()

    assert "proposal</span>" in proposed
    assert "proposal</span>" not in confirmed


def test_the_page_costs_the_same_queries_for_any_number_of_terms(
    client: Client, home: Page, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make_term(f"термин {number}")
    client.get("/bg/glossary/")  # the site's settings are made on the first visit

    with django_assert_num_queries(4):
        client.get("/bg/glossary/")


def test_a_term_is_found_in_both_languages_and_opens_at_its_place(client: Client, home: Page) -> None:
    GlossaryTerm.objects.create(slug="petition", term_bg="петиция", term_en="petition", definition_en="A request.")

    hits = client.get("/en/search/", {"q": "request petitions"}).context["results"].hits

    assert [(hit.title, hit.url) for hit in hits] == [("petition", "/en/glossary/#petition")]
    assert client.get("/bg/search/", {"q": "петиции"}).context["results"].hits[0].url == "/bg/glossary/#petition"


def test_a_deleted_term_is_found_no_more(home: Page) -> None:
    term = GlossaryTerm.objects.create(slug="petition", term_bg="петиция", term_en="petition")
    assert IndexedRecord.objects.filter(kind="term").count() == 2

    term.delete()

    assert not IndexedRecord.objects.filter(kind="term").exists()


def test_every_planted_term_is_explained_in_both_languages_as_a_proposal(seeded: None) -> None:
    terms = list(GlossaryTerm.objects.all())

    assert len(terms) == 258
    assert all(term.definition_bg and term.definition_en and term.is_proposed for term in terms)


def test_everyday_words_find_the_planted_terms(client: Client, seeded: None) -> None:
    terms = {
        ("bg", "гласуване през интернет"): "електронно гласуване",
        ("bg", "волонтьори"): "доброволец",
        ("bg", "еврофондове"): "европейски фондове",
        ("en", "charities"): "non-governmental organisation",
        ("en", "copyright"): "open licence",
    }

    missed = []
    for (language, typed), term in terms.items():
        hits = client.get(f"/{language}/search/", {"q": typed}).context["results"].hits
        if term not in [hit.title for hit in hits]:
            missed.append(typed)

    assert not missed


def test_machines_are_told_of_the_glossary_while_it_has_terms(client: Client, home: Page) -> None:
    address, other = "http://testserver/bg/glossary/", "http://testserver/en/glossary/"
    told = ("/sitemap-bg-1.xml", "/llms.txt")
    assert [address in client.get(one).content.decode() for one in told] == [False, False]

    GlossaryTerm.objects.create(slug="lot", term_bg="жребий", term_en="sortition")

    sitemap, texts = (client.get(one).content.decode() for one in told)
    assert f"<loc>{address}</loc>" in sitemap
    assert f'hreflang="en" href="{other}"' in sitemap
    assert f"- [Речник]({address})" in texts
    assert f"- [Glossary]({other})" in texts
